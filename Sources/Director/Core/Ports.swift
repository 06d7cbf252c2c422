package import Addresses
package import KeepalivedConfig
package import PacketFormats
package import Reactor
package import VRRPProtocol

/// The clock of the daemon and the alarms that it sets.
package protocol Timekeeper: AnyObject {
    /// The instant at which what is handled now happened.
    var now: Instant { get }
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
    /// The kernel's number of the interface; 0 for unicast that may come and go by any.
    package var interface: Int32

    package init(_ family: AddressFamily, on interface: Int32) {
        self.family = family
        self.interface = interface
    }
}

/// The network, as far as packets go.
package protocol Wire: AnyObject {
    /// Opens the sockets that receive on a segment: IP protocol 112, and 51 for IPv4.
    ///
    /// - Parameters:
    ///   - buffer: octets that the kernel is to keep for the daemon.
    ///   - received: called for each packet that is not the daemon's own.
    func listen(
        on segment: Segment, buffer: Int, _ received: @escaping (Datagram) -> Void
    ) throws(ReactorError)
    /// Closes them, with the memberships.
    func stopListening(on segment: Segment)
    func join(_ group: IPAddress, on segment: Segment) throws(ReactorError)
    func leave(_ group: IPAddress, on segment: Segment)
    /// The way out by an interface, which may be a virtual MAC's. Equal segments share one; it is closed when nobody
    /// holds it any more.
    func exit(by segment: Segment) throws(ReactorError) -> any Exit
    /// Queues an Ethernet frame.
    func announce(_ frame: [UInt8], on interface: Int32)
    /// Sends what is queued.
    func flush()
}

/// A way out for advertisements.
package protocol Exit: AnyObject {
    /// Queues an advertisement: an IPv4 packet with its header, or an IPv6 message.
    func send(_ octets: [UInt8], from source: IPAddress, to destination: IPAddress, hopLimit: UInt8)
}

/// An interface of this host.
package struct NetworkInterface: Hashable, Sendable {
    /// An address that it has.
    package struct Address: Hashable, Sendable {
        package var address: IPAddress
        /// IPv4: another one of the same network came before it.
        package var isSecondary = false
        /// IPv6: duplicate address detection has not finished, or has failed.
        package var isUnusable = false
        /// Whether this daemon put it there.
        package var isOurs = false

        package init(_ address: IPAddress) { self.address = address }
    }

    package var index: Int32
    package var name: String
    /// Up and with a carrier: packets get out.
    package var isRunning: Bool
    package var hardwareAddress: MACAddress?
    package var mtu: Int
    /// In the order of the kernel.
    package var addresses: [Address] = []

    package init(index: Int32, name: String, isRunning: Bool, hardwareAddress: MACAddress?, mtu: Int = 1500) {
        self.index = index
        self.name = name
        self.isRunning = isRunning
        self.hardwareAddress = hardwareAddress
        self.mtu = mtu
    }
}

/// What virtual routers put into the kernel.
package enum NetworkResource: Hashable, Sendable {
    case address(VirtualAddress, on: Int32)
    case route(Route, by: String?)
    case rule(RoutingRule)
}

/// One of several changes that are made together, in order.
package enum NetworkChange: Hashable, Sendable {
    case install(NetworkResource)
    case release(NetworkResource)
}

/// A macvlan or ipvlan below which a virtual router lives.
package struct VirtualInterface: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// With the MAC address of the virtual router.
        case macvlan(MACAddress)
        case ipvlan(IPVLAN.Mode)
    }

    package var name: String
    package var kind: Kind
    package var parent: Int32
    package var family: AddressFamily
    package var virtualRouterID: UInt8
    package var group: Int?

    package init(name: String, kind: Kind, parent: Int32, family: AddressFamily, virtualRouterID: UInt8) {
        self.name = name
        self.kind = kind
        self.parent = parent
        self.family = family
        self.virtualRouterID = virtualRouterID
    }
}

/// The kernel's network configuration.
package protocol Network: AnyObject {
    /// What the kernel has now, as far as it has said so.
    func interface(named name: String) -> NetworkInterface?
    /// All interfaces that have the address.
    func interface(with address: IPAddress) -> NetworkInterface?
    /// Has `changed` called with the names of interfaces that came, went, or have another state or other addresses, and
    /// `lost` with resources that are installed and that somebody else removed.
    func observe(changed: @escaping (Set<String>) -> Void, lost: @escaping ([NetworkResource]) -> Void)
    /// Makes the changes in one go. What is there already counts as installed and is not taken away at its release;
    /// what is gone already counts as released.
    ///
    /// - Returns: what the kernel refused, by place, in its words.
    func carryOut(_ changes: [NetworkChange]) -> [Int: String]
    /// Makes the interface, or takes over one of this name that is just so, and brings it up. `interface(named:)` knows
    /// it then.
    func create(_ interface: VirtualInterface) throws(DirectorError)
    /// Removes it if it was made here, and restores what was set for it.
    func remove(_ interface: VirtualInterface)
    /// Sets `promote_secondaries` until `keepSecondaries(on:)` or the end.
    func promoteSecondaries(on interface: String)
    /// Takes everything out of the kernel that is left there.
    func releaseEverything()
}

/// The last words of an active virtual router, for whoever notices that the daemon is dead: priority 0.
package struct Will: Hashable, Sendable {
    package struct Packet: Hashable, Sendable {
        /// An IPv4 packet with its header, or an IPv6 message.
        package var octets: [UInt8]
        package var destination: IPAddress
        package var hopLimit: UInt8
    }

    /// The instance's name.
    package var instance: String
    /// The family, and the interface that the packets leave by.
    package var segment: Segment
    package var source: IPAddress
    package var packets: [Packet]
}

/// Who keeps the wills of the active virtual routers.
package protocol WillKeeper: AnyObject {
    /// Replaces the will of the same instance.
    func keep(_ will: Will)
    func forget(_ instance: String)
}

/// A change that scripts and FIFOs are told about.
package struct StateNotice: Hashable, Sendable {
    package enum Subject: Hashable, Sendable {
        case instance
        case group
    }

    /// As keepalived spells them in arguments and FIFO lines.
    package enum State: String, Hashable, Sendable {
        case active = "MASTER"
        case backup = "BACKUP"
        case fault = "FAULT"
        case stopped = "STOP"
        case deleted = "DELETED"
        case activeHeardLowerPriority = "MASTER_RX_LOWER_PRI"
        case activePriority = "MASTER_PRIORITY"
        case backupPriority = "BACKUP_PRIORITY"
    }

    package var subject: Subject
    package var name: String
    package var state: State
    /// The effective priority; 0 for a group.
    package var priority: UInt8
    package var scripts: NotifyScripts

    package init(_ subject: Subject, name: String, state: State, priority: UInt8, scripts: NotifyScripts) {
        self.subject = subject
        self.name = name
        self.state = state
        self.priority = priority
        self.scripts = scripts
    }
}

/// Who runs notify scripts and writes FIFOs.
package protocol StateListener: AnyObject {
    func tell(_ notice: StateNotice)
    /// Takes up another configuration's FIFOs and users.
    func update(to configuration: Configuration)
    /// Ends: waits up to a second for what was told last.
    func finish(then done: @escaping () -> Void)
}

/// Where readings of scripts, files and processes come from.
package protocol TrackerSource: AnyObject {
    /// Runs what the configuration tracks and goes on with what it ran before; each new reading is handed over.
    func update(to configuration: Configuration, _ read: @escaping (Tracker.Kind, String, Tracker.Reading) -> Void)
    func stop()
}
