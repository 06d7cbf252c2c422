import Addresses
import Glibc
import IPVSModel

/// A line of the file of known states. A later one about the same comes in place of an earlier one.
enum StateLine: Equatable {
    case check(CheckKey, KnownCheck)
    case quorum(ServiceKey, Bool)
    /// A service of the kernel's table is ours; or not any more, with all its servers.
    case service(VirtualService.Identity)
    case noService(VirtualService.Identity)
    case server(RealServer.Endpoint, VirtualService.Identity)
    case noServer(RealServer.Endpoint, VirtualService.Identity)
    case daemons(Set<SyncDaemon.Role>)
    case timeouts(ConnectionTimeouts?)

    var text: String {
        switch self {
        case .check(let key, let state): "check \(String(key.value, radix: 16)) \(state.text)"
        case .quorum(let key, let isThere): "quorum \(String(key.value, radix: 16)) \(isThere ? "yes" : "no")"
        case .service(let identity): "+service \(identity.text)"
        case .noService(let identity): "-service \(identity.text)"
        case .server(let endpoint, let identity): "+server \(identity.text) \(endpoint.address) \(endpoint.port)"
        case .noServer(let endpoint, let identity): "-server \(identity.text) \(endpoint.address) \(endpoint.port)"
        case .daemons(let roles):
            "daemons" + roles.sorted().map { $0 == .master ? " master" : " backup" }.joined()
        case .timeouts(let timeouts?): "timeouts \(timeouts.tcp) \(timeouts.tcpFin) \(timeouts.udp)"
        case .timeouts(nil): "timeouts"
        }
    }

    init?(_ text: Substring) {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard let kind = words.first else { return nil }
        let rest = words.dropFirst()
        switch kind {
        case "check":
            guard let key = rest.first.flatMap({ UInt64($0, radix: 16) }),
                let state = KnownCheck(words: rest.dropFirst())
            else { return nil }
            self = .check(CheckKey(value: key), state)
        case "quorum":
            guard rest.count == 2, let key = rest.first.flatMap({ UInt64($0, radix: 16) }), let word = rest.last,
                word == "yes" || word == "no"
            else { return nil }
            self = .quorum(ServiceKey(value: key), word == "yes")
        case "+service", "-service":
            guard let identity = VirtualService.Identity(words: rest) else { return nil }
            self = kind == "+service" ? .service(identity) : .noService(identity)
        case "+server", "-server":
            guard rest.count == 5, let identity = VirtualService.Identity(words: rest.prefix(3)),
                let address = IPAddress(word: rest.dropFirst(3).first), let port = rest.last.flatMap({ UInt16($0) })
            else { return nil }
            let endpoint = RealServer.Endpoint(address: address, port: port)
            self = kind == "+server" ? .server(endpoint, identity) : .noServer(endpoint, identity)
        case "daemons":
            guard rest.allSatisfy({ $0 == "master" || $0 == "backup" }) else { return nil }
            self = .daemons(Set(rest.map { $0 == "master" ? .master : .backup }))
        case "timeouts":
            if rest.isEmpty {
                self = .timeouts(nil)
                return
            }
            let numbers = rest.compactMap { UInt32($0) }
            guard rest.count == 3, numbers.count == 3 else { return nil }
            self = .timeouts(ConnectionTimeouts(tcp: numbers[0], tcpFin: numbers[1], udp: numbers[2]))
        default: return nil
        }
    }
}

extension VirtualService.Identity {
    /// Three words: `6 10.0.0.1 80`, the protocol by its number, or `mark 5 ipv4`.
    fileprivate var text: String {
        switch self {
        case .address(let transport, let address, let port): "\(transport.rawValue) \(address) \(port)"
        case .firewallMark(let mark, let family): "mark \(mark) \(family == .ipv4 ? "ipv4" : "ipv6")"
        }
    }

    fileprivate init?(words: ArraySlice<Substring>) {
        let words = Array(words)
        guard words.count == 3 else { return nil }
        if words[0] == "mark" {
            guard let mark = UInt32(words[1]), words[2] == "ipv4" || words[2] == "ipv6" else { return nil }
            self = .firewallMark(mark, words[2] == "ipv4" ? .ipv4 : .ipv6)
            return
        }
        guard let number = UInt16(words[0]), let address = IPAddress(word: words[1]), let port = UInt16(words[2]) else {
            return nil
        }
        self = .address(TransportProtocol(rawValue: number), address, port: port)
    }
}

extension IPAddress {
    fileprivate init?(word: Substring?) {
        guard let word else { return nil }
        let bytes = Array(word.utf8)[...]
        if let address = IPv4Address(dottedQuad: bytes) {
            self = .v4(address)
        } else if let address = IPv6Address(bytes) {
            self = .v6(address)
        } else {
            return nil
        }
    }
}
