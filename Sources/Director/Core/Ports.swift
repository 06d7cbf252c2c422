package import Addresses
package import KeepalivedConfig
package import PacketFormats
package import Reactor
package import Routing
package import VRRPProtocol

/// The clock of the daemon and the alarms that it sets.
package protocol Timekeeper: AnyObject {
    /// The instant at which what is handled now happened.
    var now: Instant { get }
    /// Reads the clock anew, in the middle of something that takes long.
    func refresh()
    /// The time of day, for the trailers of `auth_hmac`.
    var wallTime: WallTime { get }
    /// An alarm that is not set; it rings once for each time that it is set.
    func alarm(_ ring: @escaping (Instant) -> Void) -> any Alarm
    /// Has `body` called whenever everything that has happened is handled, before the daemon sleeps.
    func atEndOfTurn(_ body: @escaping () -> Void)
}

/// Something that rings at an instant.
package protocol Alarm: AnyObject {
    /// When it rings; nil for not at all.
    func set(_ deadline: Instant?)
}

/// Where virtual routers of one family reach each other: an interface.
package struct Segment: Hashable, Sendable {
    package var family: AddressFamily
    /// The kernel's number of the interface; 0 for unicast that may come in by any.
    package var interface: Int32

    package init(_ family: AddressFamily, on interface: Int32) {
        self.family = family
        self.interface = interface
    }
}

/// The network, as far as packets go.
package protocol Wire: AnyObject {
    /// Opens the sockets that receive on a segment; what was open there is closed.
    ///
    /// - Parameters:
    ///   - hearsHeaders: whether packets with an Authentication Header are heard.
    ///   - buffer: octets that the kernel is to keep for the daemon; nil for the usual.
    ///   - heard: called for each packet of others, or with why it is none.
    func listen(
        on segment: Segment, hearsHeaders: Bool, buffer: Int?, _ heard: @escaping (Result<Datagram, Rejection>) -> Void
    ) throws(ReactorError)
    /// Closes them, with the memberships.
    func stopListening(on segment: Segment)
    func join(_ group: IPAddress, on segment: Segment) throws(ReactorError)
    func leave(_ group: IPAddress, on segment: Segment)
    /// Queues a whole IP packet, header included, of either family.
    ///
    /// - Parameter interface: where it leaves; 0 for what the routes say.
    func send(_ packet: [UInt8], by interface: Int32)
    /// Queues an Ethernet frame.
    func announce(_ frame: [UInt8], by interface: Int32)
    /// Sends what is queued.
    func flush()
}

/// An interface of this host.
package struct NetworkInterface: Hashable, Sendable {
    /// An address that it has, put there by somebody else.
    package struct Address: Hashable, Sendable {
        package var address: IPAddress
        /// IPv4: another one of the same network came before it.
        package var isSecondary = false

        package init(_ address: IPAddress) { self.address = address }
    }

    package var index: Int32
    package var name: String
    /// Up and with a carrier: packets get out.
    package var isRunning: Bool
    package var hardwareAddress: MACAddress?
    /// What is usable and not this daemon's own, in the order of the kernel.
    package var addresses: [Address] = []

    package init(index: Int32, name: String, isRunning: Bool, hardwareAddress: MACAddress?) {
        self.index = index
        self.name = name
        self.isRunning = isRunning
        self.hardwareAddress = hardwareAddress
    }
}

/// What an owner wants to be in the kernel from now on, in the order of its installation.
package struct NetworkClaim: Hashable, Sendable {
    package var owner: ResourceOwner
    package var resources: [Resource]

    package init(_ owner: ResourceOwner, _ resources: [Resource]) {
        self.owner = owner
        self.resources = resources
    }
}

/// The kernel's network configuration.
package protocol Network: HostAddresses {
    /// What the kernel has now, as far as it has said so.
    func interface(named name: String) -> NetworkInterface?
    func interface(_ index: Int32) -> NetworkInterface?
    /// The interface that has this address from somebody else.
    func interface(with address: IPAddress) -> NetworkInterface?
    /// Whether this host is a router for IPv6 on an interface.
    func forwards(on interface: String) -> Bool
    /// Has `changed` called with the names of interfaces that came, went, or have another state or other addresses, and
    /// `lost` with what is installed and somebody else removed. Both at most once for what arrived together.
    func observe(
        changed: @escaping (Set<String>) -> Void,
        lost: @escaping ([(resource: Resource, owners: [ResourceOwner])]) -> Void)
    /// What the lines of an instance ask of the kernel, with the names resolved as of now.
    func wanted(by instance: VRRPInstance, base: Int32, virtual: Int32?) -> WantedResources
    func wantedStatics(of configuration: Configuration) -> WantedResources
    /// For each owner, in order: installs what is new among its resources, releases what is not among them any more, and
    /// leaves the rest as it is.
    ///
    /// - Returns: what the kernel refused, in words.
    func replace(_ claims: [NetworkClaim]) -> [String]
    /// Installs what was lost again.
    func reinstall(_ resources: [Resource]) -> [String]
    /// Makes an interface on top of another, or takes over one of this name that is just so, and brings it up.
    /// `interface(named:)` knows it then. `releaseInstance` takes it away.
    func make(_ spec: VirtualInterfaceSpec, settings: [SysctlSetting], for owner: ResourceOwner) throws(RoutingError)
    /// Sets numbers of the kernel until the owner releases them.
    func set(_ settings: [SysctlSetting], for owner: ResourceOwner) -> [String]
    /// Removes what this owner wanted and no other does.
    func release(_ owner: ResourceOwner) -> [String]
    /// Removes everything, at a stop.
    func releaseAll() -> [String]
}

/// Who runs notify scripts, writes FIFOs and sends mail.
package protocol StateListener: HealthListener {
    /// Takes up another configuration's FIFOs and users.
    func update(to configuration: Configuration)
    /// Runs what is to run before the virtual routers start.
    func begin(then start: @escaping () -> Void)
    func tell(_ notice: Notice)
    /// Writes a line of what is known already.
    func tellAgain(_ notice: Notice)
    /// Ends: waits up to a second for what was told last, and runs what is to run after that.
    func finish(then done: @escaping () -> Void)
}

/// Where readings of scripts, files and processes come from.
package protocol TrackerSource: AnyObject {
    /// Has `read` called with each new reading, after what was registered before.
    func observe(_ read: @escaping (Tracker.Kind, String, Tracker.Reading) -> Void)
    /// What was read last; unknown for what is not tracked.
    func reading(of kind: Tracker.Kind, name: String) -> Tracker.Reading
    /// Runs what the configuration tracks and goes on with what it ran before.
    func track(by configuration: Configuration)
    func stopTracking()
}
