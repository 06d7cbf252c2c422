import PacketFormats

/// From when on somebody wants to see events.
package enum EventPeriod: Hashable, Sendable {
    /// So long before now, in seconds.
    case last(Int)
    case from(Timestamp)

    private static let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]

    /// - Parameter text: A number with `s`, `m`, `h` or `d`, or a time by RFC 3339, such as `2026-11-21T15:03:11+01:00`.
    /// - Returns: Nil for anything else.
    package init?(_ text: String) {
        if let unit = text.last.flatMap({ Self.units[$0] }), let number = Self.number(text.dropLast()) {
            let (seconds, overflow) = number.multipliedReportingOverflow(by: unit)
            // A hundred years are enough.
            guard !overflow, seconds <= 100 * 366 * 86_400 else { return nil }
            self = .last(seconds)
        } else if let time = Self.time(text) {
            self = .from(time)
        } else {
            return nil
        }
    }

    package func since(_ now: Timestamp) -> Timestamp {
        switch self {
        case .last(let seconds): Timestamp(milliseconds: now.milliseconds - Int64(seconds) * 1000)
        case .from(let time): time
        }
    }

    private static func number(_ digits: Substring) -> Int? {
        !digits.isEmpty && digits.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(digits) : nil
    }

    /// RFC 3339, section 5.6, with as many decimals as somebody likes.
    private static func time(_ text: String) -> Timestamp? {
        var rest = text[...]
        guard rest.utf8.count >= 20 else { return nil }
        let begin = rest.prefix(19).uppercased()
        rest = rest.dropFirst(19)
        var thousandths = "000"
        if rest.first == "." {
            let digits = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
            guard !digits.isEmpty else { return nil }
            thousandths = String((digits + "00").prefix(3))
            rest = rest.dropFirst(1 + digits.count)
        }
        guard let local = Timestamp("\(begin).\(thousandths)Z") else { return nil }
        if rest == "Z" || rest == "z" { return local }
        guard rest.utf8.count == 6, let sign = rest.first, sign == "+" || sign == "-",
            let hours = number(rest.dropFirst().prefix(2)), let minutes = number(rest.suffix(2)),
            rest.dropFirst(3).first == ":", hours < 24, minutes < 60
        else { return nil }
        let offset = Int64(hours * 60 + minutes) * 60_000
        return Timestamp(milliseconds: local.milliseconds - (sign == "+" ? offset : -offset))
    }
}
