public import Addresses
public import PacketFormats

extension VirtualRouter {
    /// What a virtual router is told to be: the parameters of RFC 9568 section 6.1 and keepalived's additions.
    ///
    /// Values out of range are used as the nearest value within it.
    public struct Configuration: Hashable, Sendable {
        /// The version of VRRP that is spoken; packets of the other one never get here.
        public var version: ProtocolVersion
        /// 1 to 255, unique for an interface and family.
        public var virtualRouterID: UInt8
        /// The family of the packets and of the advertised addresses. Version 2 is IPv4 only.
        public var family: AddressFamily
        /// The source of this router's advertisements, and what decides between equal priorities: the interface's
        /// primary IPv4 or link-local IPv6 address, or the source that was configured. Nil: there is none, and the
        /// router waits in fault.
        public var primaryAddress: IPAddress?
        /// 255: the router owns the addresses. 1 to 254: how fit it is. The default is 100.
        public var priority: UInt8 = 100
        /// `Advertisement_Interval`; one second by default. Version 2: whole seconds up to 255; version 3: whole
        /// centiseconds up to 40.95 seconds.
        public var advertisementInterval: Duration = .seconds(1)
        /// The addresses that are advertised, in order. In version 3 over IPv6 the first is link-local.
        public var virtualAddresses: [IPAddress]
        /// Addresses that move with the virtual router and are not in its advertisements
        /// (`virtual_ipaddress_excluded`); of any family.
        public var excludedAddresses: [IPAddress] = []
        /// `Preempt_Mode`: whether a router of higher priority replaces an active one. An owner always does.
        public var preempts: Bool = true
        /// For how long a lower active router is obeyed before it is replaced (`preempt_delay`).
        public var preemptDelay: Duration = .zero
        /// How long after its startup the router begins to take part (`vrrp_startup_delay`).
        public var startupDelay: Duration = .zero
        /// Where the RFCs and keepalived differ.
        public var policy: Policy

        /// A configuration of priority 100 and one second; what is not named here is a property. The policy is
        /// keepalived's unless another one is given.
        public init(
            version: ProtocolVersion, virtualRouterID: UInt8, family: AddressFamily, primaryAddress: IPAddress?,
            virtualAddresses: [IPAddress], policy: Policy = .keepalived
        ) {
            self.version = version
            self.virtualRouterID = virtualRouterID
            self.family = family
            self.primaryAddress = primaryAddress
            self.virtualAddresses = virtualAddresses
            self.policy = policy
        }

        /// Every address that the active router holds.
        public var heldAddresses: [IPAddress] {
            excludedAddresses.isEmpty ? virtualAddresses : virtualAddresses + excludedAddresses
        }

        /// Whether the router owns the virtual addresses: they are its interface's own.
        public var isOwner: Bool { priority == 255 }

        /// The advertisement that an action asks for, ready to be encoded.
        public func advertisement(_ outgoing: OutgoingAdvertisement) -> Advertisement {
            Advertisement(
                version: version, virtualRouterID: virtualRouterID, priority: outgoing.priority,
                interval: outgoing.interval, addresses: outgoing.addresses)
        }

        /// Whether a running router becomes this one without leaving its state: all but what makes it another
        /// virtual router.
        func isSameRouter(as other: Configuration) -> Bool {
            version == other.version && virtualRouterID == other.virtualRouterID && family == other.family
        }
    }
}
