package import VRRPProtocol

/// Times as an operator writes them and reads them.
package enum SimulationTime {
    /// Seconds, or a number with the unit ms, s, m or h. Nil for anything else, and for more than a year.
    package static func parse(_ text: Substring) -> Instant? {
        let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let scale: Int64
        switch text.dropFirst(digits.count) {
        case "", "s": scale = 1_000_000_000
        case "ms": scale = 1_000_000
        case "m": scale = 60_000_000_000
        case "h": scale = 3_600_000_000_000
        default: return nil
        }
        guard let nanoseconds = decimal(digits, scale: scale), nanoseconds <= 31_536_000_000_000_000 else { return nil }
        return Instant(nanoseconds: nanoseconds)
    }

    /// A decimal number times a scale; what is smaller than one is cut off.
    static func decimal(_ text: Substring, scale: Int64) -> Int64? {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let whole = Int64(first), whole >= 0 else { return nil }
        let (product, overflow) = whole.multipliedReportingOverflow(by: scale)
        guard !overflow else { return nil }
        guard parts.count == 2 else { return product }
        var value = product
        var place = scale
        guard !parts[1].isEmpty else { return nil }
        for digit in parts[1] {
            guard let digit = digit.wholeNumberValue, digit < 10 else { return nil }
            place /= 10
            value += Int64(digit) * place
        }
        return value
    }
}
