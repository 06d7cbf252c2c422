package import Addresses

/// `http://HOST[:PORT][/PATH]`, or with `https`: where a page is.
package struct PageURL: Hashable, Sendable {
    package enum Host: Hashable, Sendable {
        case address(IPAddress)
        case name(String)
    }

    package let isTLS: Bool
    package let host: Host
    package let port: Int
    /// From the slash on, with the query and without a fragment.
    package let path: String

    /// Nil for what is no such URL, or has characters that do not belong there.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.allSatisfy({ (0x21...0x7e).contains($0) }), let scheme = text.firstRange(of: "://") else {
            return nil
        }
        switch text[..<scheme.lowerBound].lowercased() {
        case "http": isTLS = false
        case "https": isTLS = true
        default: return nil
        }
        let rest = text[scheme.upperBound...].prefix { $0 != "#" }
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        let path = rest[authority.endIndex...]
        self.path = path.first == "/" ? String(path) : "/" + path
        guard let (host, port) = Self.split(authority) else { return nil }
        self.host = host
        self.port = port ?? (isTLS ? 443 : 80)
    }

    private static func split(_ authority: Substring) -> (Host, Int?)? {
        let host: Substring
        let after: Substring
        if authority.first == "[" {
            guard let end = authority.firstIndex(of: "]") else { return nil }
            host = authority[authority.index(after: authority.startIndex)..<end]
            after = authority[authority.index(after: end)...]
            guard IPv6Address(ArraySlice(host.utf8)) != nil else { return nil }
        } else {
            host = authority.prefix { $0 != ":" }
            after = authority[host.endIndex...]
        }
        guard !host.isEmpty, !host.contains("@") else { return nil }
        let port: Int?
        if after.isEmpty {
            port = nil
        } else {
            guard after.first == ":", let number = Int(after.dropFirst()), (1...65535).contains(number) else {
                return nil
            }
            port = number
        }
        return (address(host).map { .address($0) } ?? .name(String(host)), port)
    }

    /// An address as it is written, without brackets.
    package static func address(_ text: some StringProtocol) -> IPAddress? {
        let bytes = ArraySlice(text.utf8)
        return IPv4Address(dottedQuad: bytes).map { .v4($0) } ?? IPv6Address(bytes).map { .v6($0) }
    }
}
