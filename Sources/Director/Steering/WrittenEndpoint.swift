package import Addresses

/// An endpoint as an operator writes it: `10.0.0.1:80`, `[fd00::1]:80`, `fd00::1`, `[10.0.0.1]:tcp:80` as in
/// notifications, `10.0.0.1:80 TCP` as in the log. What is left out is anything.
package struct WrittenEndpoint: Hashable, Sendable {
    package var address: IPAddress
    package var port: Int?
    /// In lower case.
    package var transport: String?

    /// - Returns: Nil for what is no endpoint.
    package init?(_ text: String) {
        var bytes = Array(text.utf8)[...]
        if let (rest, transport) = Self.splitTransport(bytes) {
            bytes = rest
            self.transport = transport
        }
        let tail: ArraySlice<UInt8>
        if bytes.first == UInt8(ascii: "[") {
            guard let end = bytes.firstIndex(of: UInt8(ascii: "]")),
                let address = Self.address(bytes[bytes.startIndex + 1..<end])
            else { return nil }
            self.address = address
            tail = bytes[(end + 1)...]
        } else if let address = Self.address(bytes) {
            self.address = address
            tail = []
        } else {
            guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), let address = Self.address(bytes[..<colon]),
                address.family == .ipv4
            else { return nil }
            self.address = address
            tail = bytes[colon...]
        }
        var parts = tail.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)[...]
        guard parts.popFirst()?.isEmpty ?? true, parts.count <= 2 else { return nil }
        if parts.count == 2, let name = parts.popFirst() {
            guard transport == nil, let transport = Self.transport(name) else { return nil }
            self.transport = transport
        }
        guard let last = parts.popFirst() else { return }
        guard !last.isEmpty, last.count <= 5, last.allSatisfy({ (0x30...0x39).contains($0) }),
            let port = Int(String(decoding: last, as: UTF8.self)), port <= 65_535
        else { return nil }
        self.port = port
    }

    /// `… TCP` and `…/tcp`
    private static func splitTransport(_ bytes: ArraySlice<UInt8>) -> (ArraySlice<UInt8>, String)? {
        guard let mark = bytes.lastIndex(where: { $0 == 0x20 || $0 == UInt8(ascii: "/") }),
            let transport = transport(bytes[(mark + 1)...])
        else { return nil }
        return (bytes[..<mark], transport)
    }

    private static func transport(_ bytes: ArraySlice<UInt8>) -> String? {
        let name = String(decoding: bytes, as: UTF8.self).lowercased()
        return ["tcp", "udp", "sctp", "none"].contains(name) ? name : nil
    }

    private static func address(_ bytes: ArraySlice<UInt8>) -> IPAddress? {
        if let address = IPv4Address(dottedQuad: bytes) { return .v4(address) }
        return IPv6Address(bytes).map(IPAddress.v6)
    }
}
