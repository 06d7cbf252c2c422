import ArgumentParser

/// A time on the command line: `90`, `90s`, `30m`, `1h30m`, `2d`.
struct LastingTime: Hashable, ExpressibleByArgument {
    var seconds: Int

    /// A year is enough for anything that is to end by itself.
    private static let longest = 366 * 86_400

    init?(argument: String) {
        var sum = 0
        var number: Int?
        var lastUnit = Int.max
        for byte in argument.utf8 {
            if (0x30...0x39).contains(byte) {
                let next = (number ?? 0) * 10 + Int(byte - 0x30)
                guard next <= Self.longest else { return nil }
                number = next
                continue
            }
            let unit: Int
            switch byte {
            case UInt8(ascii: "d"): unit = 86_400
            case UInt8(ascii: "h"): unit = 3600
            case UInt8(ascii: "m"): unit = 60
            case UInt8(ascii: "s"): unit = 1
            default: return nil
            }
            guard let count = number, unit < lastUnit else { return nil }
            sum += count * unit
            lastUnit = unit
            number = nil
        }
        // Without a unit they are seconds, but only where there is no unit at all.
        if let number {
            guard lastUnit == .max else { return nil }
            sum = number
        }
        guard (1...Self.longest).contains(sum) else { return nil }
        seconds = sum
    }

    var defaultValueDescription: String { "\(seconds)s" }
}
