import Addresses
import IPVSModel

/// `host[:port]`, `address` or `[address]:port` of `-t`, `-u`, `--sctp-service` and `-r`.
/// Without a protocol the port has to be a number.
struct EndpointArgument {
    var address: IPAddress
    /// `nil` where none was given.
    var port: UInt16?

    init?(_ word: [UInt8], transport: TransportProtocol?, lookup: any NameLookup) {
        guard !word.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        let host: ArraySlice<UInt8>
        let portText: ArraySlice<UInt8>?
        if word.first == UInt8(ascii: "[") {
            guard let close = word.firstIndex(of: UInt8(ascii: "]")), close + 1 < word.count,
                word[close + 1] == UInt8(ascii: ":")
            else { return nil }
            host = word[1..<close]
            portText = word[(close + 2)...]
            if let inner = IPv6Address(host) {
                address = .v6(inner)
            } else {
                guard let inner = Self.ipv4(host, lookup) else { return nil }
                address = .v4(inner)
            }
        } else if let whole = IPv6Address(word[...]) {
            // Without brackets the colons leave no room for a port.
            address = .v6(whole)
            portText = nil
        } else {
            let colon = word.lastIndex(of: UInt8(ascii: ":"))
            guard let inner = Self.ipv4(word[..<(colon ?? word.endIndex)], lookup) else { return nil }
            address = .v4(inner)
            portText = colon.map { word[($0 + 1)...] }
        }
        if let portText {
            guard let port = Self.port(portText, transport, lookup) else { return nil }
            self.port = port
        }
    }

    private static func ipv4(_ text: ArraySlice<UInt8>, _ lookup: any NameLookup) -> IPv4Address? {
        IPv4Address(dottedQuad: text) ?? IPv4Address(classic: text) ?? lookup.address(ofHost: Array(text))
    }

    private static func port(
        _ text: ArraySlice<UInt8>, _ transport: TransportProtocol?, _ lookup: any NameLookup
    ) -> UInt16? {
        if let port = parseNumber(text, in: UInt16.min...UInt16.max) { return port }
        return transport.flatMap { lookup.port(ofService: Array(text), $0) }
    }
}
