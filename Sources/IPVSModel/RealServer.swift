public import Addresses

/// A real server: where a virtual service sends connections.
public struct RealServer: Hashable, Sendable {
    public var endpoint: Endpoint
    public var forwarding: ForwardingMethod
    /// The server's share, 0…2³¹−1; 0 takes no new connections.
    public var weight: Int32
    /// Above this many connections the server gets no new ones; 0 for no limit.
    public var upperThreshold: UInt32
    /// Below this many connections an overloaded server gets new ones again; 0 for three quarters of the upper.
    public var lowerThreshold: UInt32
    /// How packets are wrapped; meaningful with `ForwardingMethod.tunnel`.
    public var tunnel: Tunnel

    public init(
        endpoint: Endpoint,
        forwarding: ForwardingMethod = .direct,
        weight: Int32 = 1,
        upperThreshold: UInt32 = 0,
        lowerThreshold: UInt32 = 0,
        tunnel: Tunnel = Tunnel()
    ) {
        self.endpoint = endpoint
        self.forwarding = forwarding
        self.weight = weight
        self.upperThreshold = upperThreshold
        self.lowerThreshold = lowerThreshold
        self.tunnel = tunnel
    }

    /// What makes one real server differ from another within its service.
    public struct Endpoint: Hashable, Comparable, Sendable {
        public var address: IPAddress
        public var port: UInt16

        public init(address: IPAddress, port: UInt16) {
            self.address = address
            self.port = port
        }

        public static func < (left: Endpoint, right: Endpoint) -> Bool {
            left.address == right.address ? left.port < right.port : left.address < right.address
        }
    }
}

/// How packets reach the real server: `IP_VS_CONN_F_FWD_MASK` of linux/ip_vs.h.
public struct ForwardingMethod: RawRepresentable, Hashable, Sendable {
    public var rawValue: UInt32

    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    public static let masquerade = ForwardingMethod(rawValue: 0)
    public static let local = ForwardingMethod(rawValue: 1)
    public static let tunnel = ForwardingMethod(rawValue: 2)
    public static let direct = ForwardingMethod(rawValue: 3)
    public static let bypass = ForwardingMethod(rawValue: 4)

    /// Direct routing and tunnels leave the port as the client wrote it, so the server's is the service's.
    public var keepsPort: Bool { self == .direct || self == .tunnel }
}

/// The encapsulation of a tunnelled real server.
public struct Tunnel: Hashable, Sendable {
    public var type: TunnelType
    /// The UDP port of GUE; 0 otherwise.
    public var port: UInt16
    public var checksum: TunnelChecksum

    public init(type: TunnelType = .ipip, port: UInt16 = 0, checksum: TunnelChecksum = .none) {
        self.type = type
        self.port = port
        self.checksum = checksum
    }
}

/// `IP_VS_CONN_F_TUNNEL_TYPE_*` of linux/ip_vs.h.
public struct TunnelType: RawRepresentable, Hashable, Sendable {
    public var rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    public static let ipip = TunnelType(rawValue: 0)
    public static let gue = TunnelType(rawValue: 1)
    public static let gre = TunnelType(rawValue: 2)

    /// The word that ipvsadm uses; `nil` for a number it has none for.
    public var name: String? {
        switch self {
        case .ipip: "ipip"
        case .gue: "gue"
        case .gre: "gre"
        default: nil
        }
    }
}

/// `IP_VS_TUNNEL_ENCAP_FLAG_*` of linux/ip_vs.h; another netlink client may have set any bits.
public struct TunnelChecksum: RawRepresentable, Hashable, Sendable {
    public var rawValue: UInt16

    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    public static let none = TunnelChecksum(rawValue: 0)
    public static let checksum = TunnelChecksum(rawValue: 1)
    public static let remote = TunnelChecksum(rawValue: 2)
}
