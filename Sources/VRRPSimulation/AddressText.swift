package import Addresses

extension IPAddress {
    /// The address that a text is, in the usual forms of IPv4 and IPv6; nil if it is none.
    package init?(parsing text: String) {
        let bytes = Array(text.utf8)[...]
        if bytes.contains(UInt8(ascii: ":")) {
            guard let address = IPv6Address(bytes) else { return nil }
            self = .v6(address)
        } else {
            guard let address = IPv4Address(dottedQuad: bytes) else { return nil }
            self = .v4(address)
        }
    }
}
