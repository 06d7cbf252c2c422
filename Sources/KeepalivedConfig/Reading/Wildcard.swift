/// A pattern for one component of a path: `*`, `?`, `[a-z]`, `[!a-z]`, and `\` before what is meant literally.
package struct Wildcard {
    private let pattern: [UInt8]

    package init(_ pattern: some StringProtocol) { self.pattern = Array(pattern.utf8) }

    /// Whether it is more than a name.
    package var isPattern: Bool {
        pattern.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "[") }
    }

    package func matches(_ name: String) -> Bool {
        let name = Array(name.utf8)
        // Hidden files must be asked for.
        if name.first == UInt8(ascii: "."), pattern.first != UInt8(ascii: ".") { return false }
        // Where to try again with the last star standing for one byte more.
        var retry: (pattern: Int, name: Int)?
        var at = 0
        var position = 0
        while true {
            if at < pattern.count, pattern[at] == UInt8(ascii: "*") {
                retry = (at + 1, position)
                at += 1
            } else if position == name.count {
                return at == pattern.count
            } else if at < pattern.count, let next = step(at, name[position]) {
                at = next
                position += 1
            } else if let last = retry {
                at = last.pattern
                position = last.name + 1
                retry = (last.pattern, position)
                if position > name.count { return false }
            } else {
                return false
            }
        }
    }

    /// Matches one byte; where the pattern goes on behind that.
    private func step(_ at: Int, _ byte: UInt8) -> Int? {
        switch pattern[at] {
        case UInt8(ascii: "?"): return at + 1
        case UInt8(ascii: "["):
            guard let (matches, end) = set(at, byte) else { return byte == UInt8(ascii: "[") ? at + 1 : nil }
            return matches ? end : nil
        case UInt8(ascii: "\\"):
            guard at + 1 < pattern.count else { return byte == UInt8(ascii: "\\") ? at + 1 : nil }
            return pattern[at + 1] == byte ? at + 2 : nil
        case byte: return at + 1
        default: return nil
        }
    }

    /// Reads a `[…]`; nil if it has no end, for then it is a letter.
    private func set(_ start: Int, _ byte: UInt8) -> (matches: Bool, end: Int)? {
        var at = start + 1
        let isNegated = at < pattern.count && (pattern[at] == UInt8(ascii: "!") || pattern[at] == UInt8(ascii: "^"))
        if isNegated { at += 1 }
        let first = at
        var matches = false
        while at < pattern.count, at == first || pattern[at] != UInt8(ascii: "]") {
            if at + 2 < pattern.count, pattern[at + 1] == UInt8(ascii: "-"), pattern[at + 2] != UInt8(ascii: "]") {
                if pattern[at] <= byte, byte <= pattern[at + 2] { matches = true }
                at += 3
            } else {
                if pattern[at] == byte { matches = true }
                at += 1
            }
        }
        return at < pattern.count ? (matches != isNegated, at + 1) : nil
    }
}
