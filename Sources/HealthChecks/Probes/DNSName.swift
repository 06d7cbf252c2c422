/// A domain name as queries carry it: labels with their lengths, and the root (RFC 1035, 3.1).
package struct DNSName: Hashable, Sendable {
    package let octets: [UInt8]

    package static let root = DNSName(octets: [0])

    private init(octets: [UInt8]) { self.octets = octets }

    /// Reads `www.example.org`, with or without a dot at the end; `.` is the root. Nil for an empty label, one above 63
    /// octets, or more than 255 octets in all.
    package init?(_ text: String) {
        var rest = Substring(text)
        if rest.hasSuffix(".") { rest.removeLast() }
        var octets: [UInt8] = []
        if !rest.isEmpty || text.isEmpty {
            for label in rest.split(separator: ".", omittingEmptySubsequences: false) {
                let count = label.utf8.count
                guard (1...63).contains(count) else { return nil }
                octets.append(UInt8(count))
                octets += label.utf8
            }
        }
        octets.append(0)
        guard octets.count <= 255 else { return nil }
        self.octets = octets
    }
}
