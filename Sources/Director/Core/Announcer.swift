import Addresses
import KeepalivedConfig
import PacketFormats
import VRRPProtocol

/// Announces addresses by gratuitous ARP and unsolicited neighbour advertisements, as fast as the configuration lets
/// them follow each other.
final class Announcer {
    /// Frames that may follow each other only after a while.
    private final class Lane {
        var waiting: [(instance: String, frame: [UInt8], interface: Int32)] = []
        var next = Instant(nanoseconds: .min)
        var interval = Duration.zero
        var alarm: (any Alarm)?
    }

    private struct LaneKey: Hashable {
        var family: AddressFamily
        /// The place of the `garp_group`, or nil for the interface's own.
        var group: Int?
        var interface: Int32
    }

    private let surroundings: Surroundings
    private var global = GlobalDefinitions()
    private var groups: [AnnouncementGroup] = []
    private var groupOfInterface: [String: Int] = [:]
    private var lanes: [LaneKey: Lane] = [:]
    /// More than this many frames of one lane are not worth waiting for.
    private static let mostWaiting = 100_000

    init(_ surroundings: Surroundings) { self.surroundings = surroundings }

    func update(to configuration: Configuration) {
        global = configuration.global
        groups = configuration.announcementGroups
        groupOfInterface = [:]
        for (place, group) in groups.enumerated() {
            for name in group.interfaces.map(\.value) + [group.interface.value].compactMap(\.self) {
                groupOfInterface[name] = place
            }
        }
    }

    /// In rounds, each address once in each, so that nobody waits for the last address until the first was repeated.
    func announce(_ addresses: [IPAddress], count: Int, of instance: RunningInstance) {
        var frames: [(frame: [UInt8], interface: NetworkInterface, family: AddressFamily)] = []
        frames.reserveCapacity(addresses.count)
        var interfaces: [Int32: NetworkInterface] = [:]
        // Hosts would make a default router of whoever says that it is one, and a director need not be.
        var forwards: Bool?
        for address in addresses {
            guard let index = instance.interface(of: address) else { continue }
            if interfaces[index] == nil { interfaces[index] = surroundings.network.interface(index) }
            guard let interface = interfaces[index], let hardware = interface.hardwareAddress else { continue }
            switch address {
            case .v4(let address):
                frames.append((GratuitousARP(address: address, hardwareAddress: hardware).frame, interface, .ipv4))
            case .v6(let address):
                var advertisement = UnsolicitedNeighborAdvertisement(target: address, hardwareAddress: hardware)
                if forwards == nil { forwards = surroundings.network.forwards(on: interface.name) }
                advertisement.isRouter = forwards ?? true
                frames.append((advertisement.frame, interface, .ipv6))
            }
        }
        for _ in 0..<count {
            for entry in frames { send(entry.frame, by: entry.interface, entry.family, for: instance.name) }
        }
    }

    /// What still waits for an instance is not true any more.
    func forget(_ instance: String) {
        for lane in lanes.values where !lane.waiting.isEmpty { lane.waiting.removeAll { $0.instance == instance } }
    }

    private func send(
        _ frame: [UInt8], by interface: NetworkInterface, _ family: AddressFamily, for instance: String
    ) {
        let group = groupOfInterface.isEmpty ? nil : groupOfInterface[interface.name]
        let interval = interval(family, group)
        guard interval > .zero else { return surroundings.wire.announce(frame, by: interface.index) }
        let key = LaneKey(family: family, group: group, interface: group == nil ? interface.index : 0)
        let lane = lanes[key] ?? Lane()
        lanes[key] = lane
        lane.interval = interval
        let now = surroundings.time.now
        if lane.waiting.isEmpty, lane.next <= now {
            lane.next = now + interval
            surroundings.wire.announce(frame, by: interface.index)
            return
        }
        guard lane.waiting.count < Self.mostWaiting else { return }
        lane.waiting.append((instance, frame, interface.index))
        if lane.waiting.count == 1 { wait(lane) }
    }

    private func interval(_ family: AddressFamily, _ group: Int?) -> Duration {
        switch family {
        case .ipv4: group.flatMap { groups[$0].arpInterval.value } ?? global.arpInterval.value
        case .ipv6: group.flatMap { groups[$0].neighbourInterval.value } ?? global.neighbourInterval.value
        }
    }

    private func wait(_ lane: Lane) {
        if lane.alarm == nil {
            lane.alarm = surroundings.time.alarm { [unowned self, unowned lane] now in ring(lane, at: now) }
        }
        lane.alarm?.set(lane.next)
    }

    private func ring(_ lane: Lane, at now: Instant) {
        var sent = 0
        // Intervals shorter than the timers' grain are made up for.
        while sent < lane.waiting.count, lane.next <= now {
            surroundings.wire.announce(lane.waiting[sent].frame, by: lane.waiting[sent].interface)
            lane.next = lane.next + lane.interval
            sent += 1
        }
        lane.waiting.removeFirst(sent)
        if !lane.waiting.isEmpty { wait(lane) }
    }
}
