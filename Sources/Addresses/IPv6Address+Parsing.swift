extension IPv6Address {
    /// Parses the text forms of RFC 4291, 2.2, as `inet_pton` does: no zone, no brackets, no prefix length.
    public init?(_ text: ArraySlice<UInt8>) {
        // Most text that is tried is no IPv6 address at all.
        guard text.contains(UInt8(ascii: ":")) else { return nil }
        var groups: [UInt16] = []
        var gap: Int?
        var rest = text

        if rest.first == UInt8(ascii: ":") {
            rest = rest.dropFirst()
            guard rest.first == UInt8(ascii: ":") else { return nil }
        }
        while !rest.isEmpty {
            if rest.first == UInt8(ascii: ":") {
                guard gap == nil else { return nil }
                gap = groups.count
                rest = rest.dropFirst()
                continue
            }
            let word = rest.prefix { $0 != UInt8(ascii: ":") }
            rest = rest[word.endIndex...]
            if word.contains(UInt8(ascii: ".")) {
                guard rest.isEmpty, groups.count <= 6, let quad = IPv4Address(dottedQuad: word) else { return nil }
                groups.append(UInt16(truncatingIfNeeded: quad.value >> 16))
                groups.append(UInt16(truncatingIfNeeded: quad.value))
                break
            }
            guard groups.count < 8, word.count <= 4 else { return nil }
            var group: UInt64 = 0
            for byte in word {
                guard let digit = hexadecimalValue(byte) else { return nil }
                group = group << 4 | digit
            }
            groups.append(UInt16(group))
            if !rest.isEmpty {
                rest = rest.dropFirst()
                if rest.isEmpty { return nil }
            }
        }

        if let gap {
            guard groups.count < 8 else { return nil }
            groups.insert(contentsOf: repeatElement(0, count: 8 - groups.count), at: gap)
        }
        guard groups.count == 8 else { return nil }
        self.init(
            high: groups[..<4].reduce(0) { $0 << 16 | UInt64($1) },
            low: groups[4...].reduce(0) { $0 << 16 | UInt64($1) })
    }
}
