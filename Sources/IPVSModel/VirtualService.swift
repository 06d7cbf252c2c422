public import Addresses

/// A virtual service: what clients connect to, and how its connections are spread.
public struct VirtualService: Hashable, Sendable {
    /// What makes one virtual service differ from another in the kernel's table.
    public var identity: Identity
    /// The scheduler's name, at most 15 bytes, such as `wlc`.
    public var scheduler: String
    /// Weighted least connections, which ipvsadm takes where no scheduler is named.
    public static let defaultScheduler = "wlc"

    public var flags: Flags
    /// How long a client stays with its real server, in seconds; meaningful with `Flags.persistent`.
    public var persistenceTimeout: UInt32
    /// Which part of a client's address counts for persistence.
    public var persistenceMask: PersistenceMask
    /// The persistence engine's name, at most 15 bytes; empty for none.
    public var persistenceEngine: String

    public init(
        identity: Identity,
        scheduler: String = VirtualService.defaultScheduler,
        flags: Flags = [],
        persistenceTimeout: UInt32 = 0,
        persistenceMask: PersistenceMask? = nil,
        persistenceEngine: String = ""
    ) {
        self.identity = identity
        self.scheduler = scheduler
        self.flags = flags
        self.persistenceTimeout = persistenceTimeout
        self.persistenceMask = persistenceMask ?? .whole(identity.family)
        self.persistenceEngine = persistenceEngine
    }
}

extension VirtualService {
    /// The key of a virtual service.
    public enum Identity: Hashable, Sendable {
        case address(TransportProtocol, IPAddress, port: UInt16)
        /// Packets that the firewall marked, 1…2³²−1; one service for each family.
        case firewallMark(UInt32, AddressFamily)

        public var family: AddressFamily {
            switch self {
            case .address(_, let address, _): address.family
            case .firewallMark(_, let family): family
            }
        }

        /// The port that a real server without one of its own takes; 0 for a firewall mark.
        public var port: UInt16 {
            switch self {
            case .address(_, _, let port): port
            case .firewallMark: 0
            }
        }

        public var isFirewallMark: Bool {
            if case .firewallMark = self { true } else { false }
        }
    }

    /// `IP_VS_SVC_F_*` of linux/ip_vs.h. A scheduler gives its own meaning to the three scheduler flags.
    public struct Flags: OptionSet, Hashable, Sendable {
        public var rawValue: UInt32

        public init(rawValue: UInt32) {
            self.rawValue = rawValue
        }

        public static let persistent = Flags(rawValue: 0x01)
        /// The kernel's own book-keeping: the service is in its hash table.
        public static let hashed = Flags(rawValue: 0x02)
        public static let onePacket = Flags(rawValue: 0x04)
        public static let scheduler1 = Flags(rawValue: 0x08)
        public static let scheduler2 = Flags(rawValue: 0x10)
        public static let scheduler3 = Flags(rawValue: 0x20)
    }

    /// The netmask of IPv4 persistence or the prefix length of IPv6 persistence, as the kernel stores them.
    public struct PersistenceMask: Hashable, Sendable {
        /// IPv4: the mask as a number, most significant byte first. IPv6: the prefix length, 1…128.
        public var value: UInt32

        public init(_ value: UInt32) {
            self.value = value
        }

        /// The mask under which each client address stands for itself.
        public static func whole(_ family: AddressFamily) -> PersistenceMask {
            PersistenceMask(family == .ipv4 ? 0xffff_ffff : 128)
        }
    }
}

/// The order of every listing: services by address before firewall marks, then family, protocol, address and port.
extension VirtualService.Identity: Comparable {
    public static func < (left: Self, right: Self) -> Bool {
        switch (left, right) {
        case (.address(let p, let a, let m), .address(let q, let b, let n)):
            if a.family != b.family { return a.family < b.family }
            if p != q { return p < q }
            return a == b ? m < n : a < b
        case (.firewallMark(let a, let f), .firewallMark(let b, let g)):
            return a == b ? f < g : a < b
        case (.address, .firewallMark): return true
        case (.firewallMark, .address): return false
        }
    }
}
