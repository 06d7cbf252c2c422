package import PacketFormats
package import Reporting

/// An instant in the proleptic Gregorian calendar, in UTC.
package struct CalendarTime {
    package var year: Int64
    package var month: Int64
    package var day: Int64
    package var secondOfDay: Int64
    var nanoseconds: UInt32

    package init(_ time: WallTime) {
        var days = time.seconds / 86_400
        secondOfDay = time.seconds % 86_400
        if secondOfDay < 0 {
            secondOfDay += 86_400
            days -= 1
        }
        nanoseconds = time.nanoseconds
        let date = CalendarDate(daysSince1970: days)
        year = date.year
        month = date.month
        day = date.day
    }

    /// `2026-11-21 11:43:54.123456`, with another separator if asked for.
    package func write(separator: UInt8, into text: inout Text) {
        text.append(year)
        text.append(byte: UInt8(ascii: "-"))
        Self.write(month, into: &text)
        text.append(byte: UInt8(ascii: "-"))
        Self.write(day, into: &text)
        text.append(byte: separator)
        Self.write(secondOfDay / 3600, into: &text)
        text.append(byte: UInt8(ascii: ":"))
        Self.write(secondOfDay / 60 % 60, into: &text)
        text.append(byte: UInt8(ascii: ":"))
        Self.write(secondOfDay % 60, into: &text)
        text.append(byte: UInt8(ascii: "."))
        var unit: UInt32 = 100_000
        let microseconds = nanoseconds / 1000
        while unit > 0 {
            text.append(byte: 0x30 + UInt8(truncatingIfNeeded: microseconds / unit % 10))
            unit /= 10
        }
    }

    private static func write(_ number: Int64, into text: inout Text) {
        if number < 10 { text.append(byte: 0x30) }
        text.append(number)
    }
}
