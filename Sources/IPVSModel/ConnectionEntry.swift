import Addresses

/// A connection that the kernel remembers, or a persistence template.
public struct ConnectionEntry: Hashable, Sendable {
    /// `TCP`, `UDP`, `SCTP`, or `IP` for the template of a firewall mark.
    public var transport: String
    /// Seconds until it is forgotten.
    public var expires: UInt32
    public var state: String
    public var client: RealServer.Endpoint
    public var virtual: RealServer.Endpoint
    public var destination: RealServer.Endpoint
    /// The persistence engine's name and data, empty for none. The data came in a packet: any bytes.
    public var engine: [UInt8]
    public var engineData: [UInt8]

    /// Reads a line of `/proc/net/ip_vs_conn`, whose addresses and ports are hexadecimal
    /// (`ip_vs_conn_seq_show`).
    ///
    /// - Returns: `nil` for a line of another form, the title among them.
    public init?(procLine line: ArraySlice<UInt8>) {
        var fields = Fields(rest: line)
        guard let transport = fields.next(),
            let client = fields.endpoint(), let virtual = fields.endpoint(), let destination = fields.endpoint(),
            let state = fields.next(), let expires = fields.next().flatMap(Self.decimal)
        else { return nil }
        self.transport = String(decoding: transport, as: UTF8.self)
        self.client = client
        self.virtual = virtual
        self.destination = destination
        self.state = String(decoding: state, as: UTF8.self)
        self.expires = expires
        engine = fields.next().map(Array.init) ?? []
        engineData = Array(fields.remainder())
    }

    /// Whether this is no connection but the memory of which server a client belongs to.
    public var isTemplate: Bool { client.port == 0 }

    /// The protocol; `nil` for a firewall mark's template.
    public var protocolNumber: TransportProtocol? {
        switch transport {
        case "TCP": .tcp
        case "UDP": .udp
        case "SCTP": .sctp
        default: nil
        }
    }

    /// The firewall mark of a template, which the kernel keeps where the virtual address would be.
    public var firewallMark: UInt32? {
        guard transport == "IP" else { return nil }
        switch virtual.address {
        case .v4(let address): return address.value
        case .v6(let address): return UInt32(truncatingIfNeeded: address.high >> 32)
        }
    }

    private static func decimal(_ text: ArraySlice<UInt8>) -> UInt32? {
        var value: UInt32 = 0
        for byte in text {
            guard byte &- 0x30 < 10 else { return nil }
            value = value &* 10 &+ UInt32(byte - 0x30)
        }
        return value
    }

    private struct Fields {
        var rest: ArraySlice<UInt8>

        mutating func next() -> ArraySlice<UInt8>? {
            skipBlanks()
            let word = rest.prefix { $0 != 0x20 }
            rest = rest[word.endIndex...]
            return word.isEmpty ? nil : word
        }

        mutating func endpoint() -> RealServer.Endpoint? {
            guard let address = next().flatMap(Self.address), let port = next(), port.count == 4,
                let number = Self.hexadecimal(port)
            else { return nil }
            return RealServer.Endpoint(address: address, port: UInt16(truncatingIfNeeded: number))
        }

        /// All that is left, without the blank before it.
        mutating func remainder() -> ArraySlice<UInt8> {
            skipBlanks()
            return rest
        }

        private mutating func skipBlanks() {
            while let first = rest.first, first == 0x20 { rest.removeFirst() }
        }

        private static func address(_ text: ArraySlice<UInt8>) -> IPAddress? {
            if text.count == 8, let number = hexadecimal(text) {
                return .v4(IPv4Address(UInt32(truncatingIfNeeded: number)))
            }
            return IPv6Address(text).map(IPAddress.v6)
        }

        private static func hexadecimal(_ text: ArraySlice<UInt8>) -> UInt64? {
            var value: UInt64 = 0
            for byte in text {
                switch byte {
                case 0x30...0x39: value = value << 4 | UInt64(byte - 0x30)
                case 0x41...0x46: value = value << 4 | UInt64(byte - 0x37)
                case 0x61...0x66: value = value << 4 | UInt64(byte - 0x57)
                default: return nil
                }
            }
            return value
        }
    }
}
