import Addresses
import KeepalivedConfig
import PacketFormats
import Routing
import VRRPAssembly
import VRRPProtocol

/// An instance of the configuration as it runs: its machine, and what binds that to the world.
final class RunningInstance {
    unowned let daemon: Daemon
    let name: String
    /// Where its settings are in the configuration.
    var place: Int
    /// The machine, as long as the instance is in no sync group: the group holds it then.
    var machine: VirtualRouter
    /// The group that it is a member of, and its place there.
    private(set) var group: RunningGroup?
    private(set) var seat = 0
    var tracking = Tracking()
    var receiver: Receiver
    var replay = ReplayState()
    var counters = Counters()
    /// The last router of this VRID that was heard, also one that resigned or lost, and when.
    private(set) var lastHeard: (peer: Peer, at: Instant)?

    // What it runs on.

    /// The interface of the configuration; nil while there is none.
    var base: NetworkInterface?
    /// The virtual MAC's.
    var virtual: NetworkInterface?
    /// The numbers of the virtual interfaces that were made for it, by their names.
    var madeVirtuals: [String: Int32] = [:]
    /// Where it hears.
    var segment: Segment?
    var source: IPAddress?
    var packets: AdvertisementPackets?
    /// Where advertisements leave; 0 for where the routes say.
    var exit: Int32 = 0
    var wanted = WantedResources()
    private var interfaces: [IPAddress: Int32] = [:]

    // What of it is in the kernel.

    /// The addresses that the machine has had installed.
    var held: Set<IPAddress> = []
    var holdsResources = false
    /// Addresses that were lost are being put back.
    var isHealing = false
    private var repair: (any Alarm)?
    /// Announces again on other interfaces.
    private var reminder: (any Alarm)?

    // For the agenda.

    var agendaRound = 0
    var agendaStage = Agenda.Stage.advertisement

    /// The configuration does not have it any more: what its end is called.
    var isDeleted = false
    var isEnded = false

    private var alarm: (any Alarm)?
    private var deadline: Instant?
    private var hasWill = false
    private var willRenewal = 0
    /// Until then losers get no answer.
    private var nextAnswer = Instant(nanoseconds: .min)
    private var saidRejection: [Rejection: Instant] = [:]

    /// - Throws: If the instance cannot run: it has no VRID.
    init?(_ place: Int, of daemon: Daemon) {
        let settings = daemon.configuration.instances[place]
        guard let router = settings.router(in: daemon.configuration.global, from: nil),
            let receiver = settings.receiver(in: daemon.configuration.global)
        else { return nil }
        self.daemon = daemon
        self.place = place
        self.receiver = receiver
        name = settings.name.value
        machine = VirtualRouter(router)
    }

    var settings: VRRPInstance { _read { yield daemon.configuration.instances[place] } }
    var surroundings: Surroundings { daemon.surroundings }

    /// The machine as it is now.
    var router: VirtualRouter { group.map { $0.machine.members[seat].router } ?? machine }
    var state: VirtualRouter.State { group?.machine.members[seat].router.state ?? machine.state }

    /// The interface that an address of the instance is, or would be, on.
    func interface(of address: IPAddress) -> Int32? { interfaces[address] }

    func settle(_ wanted: WantedResources) {
        self.wanted = wanted
        interfaces = Dictionary(
            wanted.addresses.map { ($0.address, $0.interface) }, uniquingKeysWith: { first, _ in first })
    }

    // MARK: Membership

    func join(_ group: RunningGroup, seat: Int) {
        self.group = group
        self.seat = seat
        alarm?.set(nil)
        deadline = nil
    }

    /// Goes on alone with this machine.
    func leaveGroup(with machine: VirtualRouter) {
        group = nil
        self.machine = machine
        setAlarm()
    }

    // MARK: Events

    /// Gives an event to the machine and does what it says.
    func handle(_ event: VirtualRouter.Event) {
        if let group {
            group.handle(.member(seat, event))
            return
        }
        var actions = daemon.takeActions()
        machine.handle(event, at: surroundings.time.now, into: &actions)
        for action in actions { carryOut(action) }
        daemon.giveBack(actions)
        setAlarm()
    }

    private func setAlarm() {
        let next = machine.deadline
        guard next != deadline else { return }
        deadline = next
        if alarm == nil {
            alarm = surroundings.time.alarm { [unowned self] _ in
                deadline = nil
                handle(.timeReached)
            }
        }
        alarm?.set(next)
    }

    /// A packet that came in by the instance's segment with its VRID.
    func hear(_ datagram: Datagram) {
        counters.received += 1
        do {
            let time = receiver.trailer == nil ? nil : surroundings.time.wallTime
            let received = try receiver.decode(
                datagram, replay: &replay, at: time, digests: surroundings.digests)
            let heard = HeardAdvertisement(received)
            if heard.priority == 0 { counters.resignationsReceived += 1 }
            if heard.source != source {
                lastHeard = (Peer(address: heard.source, priority: heard.priority), surroundings.time.now)
            }
            guard deservesAnswer(heard) else {
                counters.unanswered += 1
                return
            }
            if received.remarks.contains(.addressListDiffers), !settings.skipsAddressCheck.value {
                remarkAddresses(received)
            }
            handle(.advertisement(heard))
        } catch {
            reject(error, datagram)
        }
    }

    /// Whether the packet is one for this instance and not for another with its VRID on the same segment.
    func isMeant(by datagram: Datagram) -> Bool {
        switch receiver.mode {
        case .multicast(let group): datagram.destination == group
        case .unicast: !datagram.destination.isMulticast
        }
    }

    /// An active router answers each loser, and each that resigns, with an advertisement and announcements. Whoever
    /// sends those faster than ten for an interval gets no further answer, so that nobody can make it flood the network.
    private func deservesAnswer(_ heard: HeardAdvertisement) -> Bool {
        guard state == .active else { return true }
        let priority = group?.machine.members[seat].router.effectivePriority ?? machine.effectivePriority
        if heard.priority > priority { return true }
        if heard.priority == priority, let source, heard.source > source { return true }
        let now = surroundings.time.now
        guard nextAnswer <= now else { return false }
        nextAnswer = now + min(settings.advertisementInterval.value / 10, .milliseconds(50))
        return true
    }

    private func reject(_ rejection: Rejection, _ datagram: Datagram) {
        let count = counters.rejected[rejection, default: 0] + 1
        counters.rejected[rejection] = count
        let now = surroundings.time.now
        if let said = saidRejection[rejection], now - said < .seconds(10) { return }
        saidRejection[rejection] = now
        let times = count > 1 ? ", \(count) so far" : ""
        surroundings.log.warning(
            "\(name): an advertisement from \(datagram.source) is not believed: \(rejection.rawValue)\(times)",
            event: "rejected",
            ["instance": name, "source": "\(datagram.source)", "reason": rejection.rawValue, "count": "\(count)"])
    }

    private func remarkAddresses(_ received: ReceivedAdvertisement) {
        surroundings.log.limited(
            "\(name) addresses", at: surroundings.time.now, .warning,
            "\(name): the addresses that \(received.source) advertises are not the ones configured here",
            event: "addresses-differ", ["instance": name, "source": "\(received.source)"])
    }

    // MARK: Wills

    /// Leaves the last words that fit to what was just advertised.
    func leaveWill(for outgoing: OutgoingAdvertisement, by interface: Int32) {
        guard let packets else { return }
        if hasWill {
            guard packets.areNumbered else { return }
            willRenewal -= 1
            if willRenewal > 0 { return }
        }
        // A will with numbers stays ahead of what is sent until it is renewed: by packets, or, where sequences are
        // times, by seconds that the receivers' window still lets in.
        var ahead = packets.areNumbered ? 32 : 0
        willRenewal = 16
        if let trailer = receiver.trailer {
            if case .time(let window) = trailer.antiReplay, window < 2 { ahead = 1 } else { ahead = 2 }
            willRenewal = max(Int(Duration.milliseconds(500 * ahead) / outgoing.interval), 1)
        }
        let resignation = OutgoingAdvertisement(
            priority: 0, interval: outgoing.interval, addresses: outgoing.addresses)
        let words = try? packets.lastWords(
            resignation, replay: replay, at: { surroundings.time.wallTime }, ahead: ahead,
            digests: surroundings.digests)
        guard let words else { return }
        hasWill = true
        surroundings.wills.leave(
            Will(packets: words.map { Will.Packet(interface: interface, bytes: $0) }), for: name)
    }

    func withdrawWill() {
        guard hasWill else { return }
        hasWill = false
        surroundings.wills.leave(nil, for: name)
    }

    /// What the will says is not so any more; the next advertisement brings another.
    func renewWill() {
        willRenewal = 0
        hasWill = false
    }

    // MARK: Reminders

    /// `garp_extra_if`: while it is active, switches beside other interfaces are reminded of the addresses there.
    func remind(_ isActive: Bool) {
        guard isActive, let extra = settings.announcements.extra.value, extra.interval > .zero else {
            reminder?.set(nil)
            return
        }
        if reminder == nil {
            reminder = surroundings.time.alarm { [unowned self] _ in
                guard state == .active else { return }
                daemon.agenda.enter(.announcement, for: self)
                let addresses = remindedAddresses
                if !addresses.isEmpty { daemon.agenda.announce(addresses, count: 1, of: self) }
                remind(true)
            }
        }
        reminder?.set(surroundings.time.now + extra.interval)
    }

    private var remindedAddresses: [IPAddress] {
        let onAll = settings.announcements.extra.value?.onAll ?? false
        let own = virtual?.index ?? base?.index
        let hardware = MACAddress.virtualRouter(receiver.virtualRouterID, receiver.family)
        return wanted.addresses.filter { spec in
            guard spec.interface != own, held.contains(spec.address) else { return false }
            return onAll || surroundings.network.interface(spec.interface)?.hardwareAddress == hardware
        }.map(\.address)
    }

    // MARK: Repair

    /// What the kernel refused is tried again.
    func claimAgainLater() {
        if repair == nil {
            repair = surroundings.time.alarm { [unowned self] _ in
                if holdsResources, !surroundings.network.reinstall(claimed).isEmpty { claimAgainLater() }
            }
        }
        repair?.set(surroundings.time.now + .seconds(1))
    }
}

extension VRRPInstance {
    /// What the machine is told. Unlike keepalived a router does not resign when somebody takes one of its addresses
    /// away: it puts it back.
    func router(in global: GlobalDefinitions, from source: IPAddress?) -> VirtualRouter.Configuration? {
        var configuration = routerConfiguration(in: global, from: source)
        configuration?.policy.answerToLostAddress = .reinstall
        return configuration
    }
}
