import Addresses
import KeepalivedConfig
import PacketAuthentication
import PacketFormats
import Reactor
import Routing
import Testing
import VRRPProtocol

@testable import Director

/// A daemon in a world that is made up: time passes when the test says so, and what the daemon does is written down in
/// the order in which it does it.
final class FakeWorld: Timekeeper, Wire, Network, StateListener, TrackerSource, WillKeeper {
    /// It passes only when a test says so.
    func refresh() {}

    /// What was done: `send`, `announce`, `claim`, `tell` and the like with what matters of it.
    private(set) var effects: [String] = []
    /// Packets as they left, with the interface.
    private(set) var sent: [(packet: [UInt8], interface: Int32)] = []
    private(set) var wills: [String: Will] = [:]

    // MARK: Time

    private(set) var now = Instant(nanoseconds: 1_000_000_000_000)
    private var alarms: [FakeAlarm] = []
    private var ends: [() -> Void] = []

    final class FakeAlarm: Alarm {
        var deadline: Instant?
        let ring: (Instant) -> Void
        init(_ ring: @escaping (Instant) -> Void) { self.ring = ring }
        func set(_ deadline: Instant?) { self.deadline = deadline }
    }

    var wallTime: WallTime {
        WallTime(seconds: 1_700_000_000 + now.nanoseconds / 1_000_000_000, nanoseconds: 0)
    }

    func alarm(_ ring: @escaping (Instant) -> Void) -> any Alarm {
        let alarm = FakeAlarm(ring)
        alarms.append(alarm)
        return alarm
    }

    func atEndOfTurn(_ body: @escaping () -> Void) { ends.append(body) }

    /// Lets time pass; alarms ring when they are due.
    func pass(_ duration: Duration) {
        let end = now + duration
        turn()
        while let next = alarms.filter({ $0.deadline.map { $0 <= end } ?? false })
            .min(by: { ($0.deadline ?? end) < ($1.deadline ?? end) })
        {
            now = max(now, next.deadline ?? now)
            next.deadline = nil
            next.ring(now)
            turn()
        }
        now = end
    }

    /// Ends a turn of the loop.
    func turn() { for body in ends { body() } }

    /// What was done since the last time that this was asked.
    func takeEffects() -> [String] {
        defer { effects = [] }
        return effects
    }

    // MARK: Packets

    private var listeners: [Segment: (Result<Datagram, Rejection>) -> Void] = [:]
    private(set) var groups: [Segment: Set<IPAddress>] = [:]

    func listen(
        on segment: Segment, hearsHeaders: Bool, buffer: Int?,
        _ heard: @escaping (Result<Datagram, Rejection>) -> Void
    ) throws(ReactorError) {
        listeners[segment] = heard
        groups[segment] = []
    }

    func stopListening(on segment: Segment) {
        listeners[segment] = nil
        groups[segment] = nil
    }

    func join(_ group: IPAddress, on segment: Segment) throws(ReactorError) { groups[segment]?.insert(group) }
    func leave(_ group: IPAddress, on segment: Segment) { groups[segment]?.remove(group) }

    func send(_ packet: [UInt8], by interface: Int32) {
        sent.append((packet, interface))
        guard let datagram = try? Datagram(ipPacket: packet[...]) else { return }
        let offset = datagram.protocolNumber == VRRPWire.authenticationHeaderNumber ? 24 : 0
        let message = datagram.payload.dropFirst(offset)
        let (vrid, priority) = (message[message.startIndex + 1], message[message.startIndex + 2])
        effects.append("send \(vrid)/\(priority) to \(datagram.destination) by \(interface)")
    }

    func announce(_ frame: [UInt8], by interface: Int32) {
        let isARP = frame[12] == 0x08 && frame[13] == 0x06
        let address =
            isARP ? "\(IPv4Address(frame[28], frame[29], frame[30], frame[31]))" : "IPv6 of \(frame.count) octets"
        effects.append("announce \(address) by \(interface)")
    }

    func flush() {}

    var segments: Set<Segment> { Set(listeners.keys) }

    /// A packet comes in.
    func receive(_ packet: [UInt8], on segment: Segment) {
        guard let listener = listeners[segment], let datagram = try? Datagram(ipPacket: packet[...]) else { return }
        listener(.success(datagram))
        turn()
    }

    // MARK: Kernel

    private(set) var interfaces: [String: NetworkInterface] = [:]
    private(set) var installed: [Resource: Set<ResourceOwner>] = [:]
    private var changed: (Set<String>) -> Void = { _ in }
    private var lost: ([(resource: Resource, owners: [ResourceOwner])]) -> Void = { _ in }
    private var robbed: [Resource: Set<ResourceOwner>] = [:]
    /// What the kernel says about the next changes.
    var refusals: [String] = []
    private(set) var made: [String: VirtualInterfaceSpec] = [:]
    private(set) var numbers: [SysctlSetting: Set<ResourceOwner>] = [:]
    private var nextIndex: Int32 = 100

    func interface(named name: String) -> NetworkInterface? { interfaces[name] }
    func interface(_ index: Int32) -> NetworkInterface? { interfaces.values.first { $0.index == index } }
    func interface(with address: IPAddress) -> NetworkInterface? {
        interfaces.values.first { $0.addresses.contains { $0.address == address } }
    }

    func forwards(on interface: String) -> Bool { true }

    private var addressesChanged: () -> Void = {}
    /// What the host has besides what the daemon installs.
    var ownAddresses: Set<IPAddress> = [] { didSet { addressesChanged() } }

    func holds(_ address: IPAddress) -> Bool { ownAddresses.contains(address) }
    func holdsAny(from first: IPAddress, through last: IPAddress) -> Bool {
        ownAddresses.contains { first <= $0 && $0 <= last }
    }
    func observeAddresses(_ changed: @escaping () -> Void) { addressesChanged = changed }

    func observe(
        changed: @escaping (Set<String>) -> Void,
        lost: @escaping ([(resource: Resource, owners: [ResourceOwner])]) -> Void
    ) {
        self.changed = changed
        self.lost = lost
    }

    /// An interface comes, or is another one now.
    func set(_ name: String, index: Int32, up: Bool = true, _ addresses: String...) {
        var interface = NetworkInterface(
            index: index, name: name, isRunning: up, hardwareAddress: MACAddress(0x0200_0000_0000 | UInt64(index)))
        interface.addresses = addresses.compactMap(Self.address).map(NetworkInterface.Address.init)
        interfaces[name] = interface
        changed([name])
        turn()
    }

    func remove(_ name: String) {
        interfaces[name] = nil
        changed([name])
        turn()
    }

    /// Somebody takes an address away.
    func steal(_ address: String) {
        let stolen = installed.filter { entry in
            if case .address(let spec) = entry.key { "\(spec.address)" == address } else { false }
        }
        for (resource, owners) in stolen {
            installed[resource] = nil
            robbed[resource] = owners
        }
        lost(stolen.map { ($0.key, Array($0.value)) })
        turn()
    }

    static func address(_ text: String) -> IPAddress? {
        if let address = IPv4Address(dottedQuad: Array(text.utf8)[...]) { return .v4(address) }
        return IPv6Address(Array(text.utf8)[...]).map(IPAddress.v6)
    }

    func wanted(by instance: VRRPInstance, base: Int32, virtual: Int32?) -> WantedResources {
        var wanted = WantedResources()
        for address in instance.addresses + instance.excludedAddresses {
            let index = address.value.interface.flatMap { interfaces[$0]?.index } ?? virtual ?? base
            let spec = AddressSpec(
                interface: index, address: address.value.address, prefixLength: address.value.prefix.length)
            wanted.addresses.append(spec)
            wanted.resources.append(.address(spec))
        }
        return wanted
    }

    func wantedStatics(of configuration: Configuration) -> WantedResources {
        var wanted = WantedResources()
        for address in configuration.staticAddresses {
            guard let index = address.value.interface.flatMap({ interfaces[$0]?.index }) else { continue }
            let spec = AddressSpec(
                interface: index, address: address.value.address, prefixLength: address.value.prefix.length)
            wanted.resources.append(.address(spec))
        }
        return wanted
    }

    func replace(_ claims: [NetworkClaim]) -> [String] {
        for claim in claims {
            for resource in installed.keys where installed[resource]?.contains(claim.owner) == true {
                installed[resource]?.remove(claim.owner)
                if installed[resource]?.isEmpty == true { installed[resource] = nil }
            }
            for resource in claim.resources { installed[resource, default: []].insert(claim.owner) }
            effects.append("claim \(Self.text(claim.owner)): \(claim.resources.map(Self.text).joined(separator: " "))")
        }
        defer { refusals = [] }
        return refusals
    }

    func reinstall(_ resources: [Resource]) -> [String] {
        effects.append("reinstall \(resources.map(Self.text).joined(separator: " "))")
        guard refusals.isEmpty else {
            defer { refusals = [] }
            return refusals
        }
        for resource in resources { installed[resource, default: []] = robbed[resource] ?? [] }
        return []
    }

    func make(
        _ spec: VirtualInterfaceSpec, settings: [SysctlSetting], for owner: ResourceOwner
    ) throws(RoutingError) {
        made[spec.name] = spec
        nextIndex += 1
        var hardware: MACAddress?
        if case .macvlan(_, let address) = spec.kind { hardware = address }
        interfaces[spec.name] = NetworkInterface(
            index: nextIndex, name: spec.name, isRunning: true, hardwareAddress: hardware)
        effects.append("make \(spec.name)")
    }

    func set(_ settings: [SysctlSetting], for owner: ResourceOwner) -> [String] {
        for setting in settings { numbers[setting, default: []].insert(owner) }
        return []
    }

    func release(_ owner: ResourceOwner) -> [String] {
        effects.append("release \(Self.text(owner))")
        return []
    }

    func releaseAll() -> [String] {
        installed = [:]
        effects.append("release everything")
        return []
    }

    private static func text(_ owner: ResourceOwner) -> String {
        switch owner {
        case .active(let name): name
        case .instance(let name): "instance \(name)"
        case .configuration: "configuration"
        }
    }

    private static func text(_ resource: Resource) -> String {
        guard case .address(let spec) = resource else { return "other" }
        return "\(spec.address)/\(spec.prefixLength)@\(spec.interface)"
    }

    /// The addresses that are installed.
    var addresses: Set<String> {
        Set(
            installed.keys.compactMap { resource in
                if case .address(let spec) = resource { "\(spec.address)" } else { nil }
            })
    }

    // MARK: Scripts

    private var readers: [(Tracker.Kind, String, Tracker.Reading) -> Void] = []
    private var readings: [String: Tracker.Reading] = [:]
    private(set) var tracked: [Configuration] = []

    func update(to configuration: Configuration) {}
    func begin(then start: @escaping () -> Void) { start() }
    func tell(_ notice: Notice) {
        effects.append("tell \(notice.subject.rawValue) \(notice.name) \(notice.toldState.rawValue) \(notice.priority)")
    }
    func tell(_ notice: HealthNotice) {
        let subject = notice.server.map { "\($0) of \(notice.service)" } ?? notice.service
        effects.append("tell \(subject) \(notice.isUp ? "UP" : "DOWN")")
    }
    func tellAgain(_ notice: Notice) { effects.append("tell again \(notice.name) \(notice.state.rawValue)") }
    func finish(then done: @escaping () -> Void) {
        effects.append("finish")
        done()
    }
    func observe(_ read: @escaping (Tracker.Kind, String, Tracker.Reading) -> Void) { readers.append(read) }
    func reading(of kind: Tracker.Kind, name: String) -> Tracker.Reading { readings["\(kind) \(name)"] ?? .unknown }
    func track(by configuration: Configuration) { tracked.append(configuration) }
    func stopTracking() {}

    func give(_ kind: Tracker.Kind, _ name: String, _ reading: Tracker.Reading) {
        readings["\(kind) \(name)"] = reading
        for read in readers { read(kind, name, reading) }
        turn()
    }

    // MARK: Wills

    func leave(_ will: Will?, for instance: String) { wills[instance] = will }
}

extension FakeWorld {
    /// A daemon of a configuration in this world, started.
    func daemon(_ text: String) throws -> Daemon {
        let log = Log(level: .error, format: .text, descriptor: -1, priorities: false)
        let daemon = Daemon(
            Self.configuration(text),
            in: Surroundings(
                time: self, wire: self, network: self, listener: self, feeds: self, wills: self, log: log,
                digests: SystemDigests()))
        try daemon.start()
        turn()
        return daemon
    }

    static func configuration(_ text: String) -> Configuration {
        Configuration.understand(ConfigurationReader.read(text: text)).configuration
    }

    /// An advertisement of version 2 from another router, as it is on the wire.
    static func advertisement(
        from source: String, vrid: UInt8 = 51, priority: UInt8, addresses: [String] = ["10.0.0.3"],
        version: ProtocolVersion = .v2, interval: Duration = .seconds(1), to destination: String? = nil,
        password: String? = nil
    ) throws -> [UInt8] {
        let source = try #require(address(source))
        let target = try #require(destination.map(address) ?? VRRPWire.group(source.family))
        var transmission = Transmission(from: source, to: target)
        if let password { transmission.authentication = .password(AuthenticationPassword(password.utf8)) }
        return try transmission.packet(
            Advertisement(
                version: version, virtualRouterID: vrid, priority: priority, interval: interval,
                addresses: addresses.compactMap(address)), digests: SystemDigests())
    }
}
