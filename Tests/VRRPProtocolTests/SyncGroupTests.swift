import Addresses
import Testing
import VRRPProtocol

/// keepalived's sync groups. Two members in all tests: `outside` (IPv4) and `inside` (IPv6).
@Suite("Sync groups")
struct SyncGroupTests {
    private static let outside = Flavour.version3IPv4
    private static let inside = Flavour.version3IPv6

    /// A group on a bench.
    private struct GroupBench {
        var group: SyncGroup
        var now = Instant.origin
        var transitions: [Transition] = []

        init(_ change: (inout VirtualRouter.Configuration) -> Void = { _ in }) {
            group = SyncGroup(
                name: "VG",
                members: [("outside", outside.strict(change)), ("inside", inside.strict(change))])
        }

        /// The deeds of the members, with the member's place; transitions of the group are kept apart.
        mutating func on(_ event: SyncGroup.Event) -> [String] {
            var actions: [SyncGroup.Action] = []
            group.handle(event, at: now, into: &actions)
            transitions = []
            var texts: [String] = []
            for action in actions {
                switch action {
                case .member(let place, let action):
                    guard let deed = Deed(action) else { continue }
                    switch deed {
                    case .install, .announce, .remove:
                        texts.append("\(place) \(String(describing: deed).prefix { $0 != " " })")
                    case .advertise, .become: texts.append("\(place) \(deed)")
                    }
                case .notify(let transition): transitions.append(transition)
                }
            }
            return texts
        }

        mutating func hear(_ priority: UInt8, member: Int) -> [String] {
            let source = member == 0 ? outside.higher : inside.higher
            return on(
                .member(
                    member,
                    .advertisement(HeardAdvertisement(source: source, priority: priority, interval: .seconds(1)))))
        }

        mutating func wait(_ duration: Duration) -> [String] {
            let end = now + duration
            var texts: [String] = []
            var all: [Transition] = []
            while let deadline = group.deadline, deadline <= end {
                now = max(now, deadline)
                texts += on(.timeReached)
                all += transitions
            }
            transitions = all
            now = end
            return texts
        }

        var states: [VirtualRouter.State] { group.members.map(\.router.state) }
    }

    private static let takeover = [
        "0 advertise 100", "0 install", "0 announce", "0 become active", "1 advertise 100", "1 install", "1 announce",
        "1 become active",
    ]

    @Test("all members start together and become active together")
    func together() {
        var bench = GroupBench()
        #expect(bench.group.state == .initialize)
        #expect(bench.on(.startup) == ["0 become backup", "1 become backup"])
        #expect(bench.transitions.map(\.to) == [.backup])
        #expect(bench.wait(.seconds(4)).starts(with: Self.takeover))
        #expect(bench.transitions.map(\.to) == [.active])
        #expect(bench.transitions.first?.priority == 0)
        #expect(bench.transitions.first?.cause == .silence(of: nil, for: .nanoseconds(3_609_375_000)))
        #expect(bench.group.state == .active)
    }

    @Test("a member whose timer has run out waits for the others")
    func waitsForAll() {
        var bench = GroupBench()
        _ = bench.on(.startup)
        for _ in 1...10 {
            _ = bench.wait(.seconds(1))
            #expect(bench.hear(200, member: 1) == [])
        }
        #expect(bench.states == [.backup, .backup])
        #expect(bench.group.members.map(\.router.isReadyToTakeOver) == [true, false])
        #expect(bench.wait(.seconds(4)).starts(with: Self.takeover))
    }

    @Test("a member that is ready and hears a router that it obeys is not ready any more")
    func notReadyAnyMore() {
        var bench = GroupBench()
        _ = bench.on(.startup)
        _ = bench.wait(.seconds(3))
        _ = bench.hear(200, member: 1)
        _ = bench.wait(.seconds(2))
        #expect(bench.group.members[0].router.isReadyToTakeOver)
        _ = bench.hear(200, member: 0)
        #expect(!bench.group.members[0].router.isReadyToTakeOver)
        _ = bench.wait(.seconds(2))
        #expect(bench.states == [.backup, .backup])
        #expect(bench.wait(.seconds(2)).starts(with: Self.takeover))
    }

    @Test("when one member yields the others resign")
    func stepsDownTogether() {
        var bench = GroupBench()
        _ = bench.on(.startup)
        _ = bench.wait(.seconds(4))
        #expect(
            bench.hear(200, member: 1) == [
                "1 remove", "1 become backup", "0 advertise 0", "0 remove", "0 become backup",
            ])
        #expect(bench.transitions.map(\.to) == [.backup])
        let peer = Peer(address: Self.inside.higher, priority: 200)
        #expect(bench.transitions.first?.cause == .higherPriority(peer))
        #expect(bench.group.members[0].router.lastTransition?.cause == .groupStepsDown(member: "inside"))
    }

    @Test("one member in fault keeps the others in fault, and all come back together")
    func faultOfOne() {
        var bench = GroupBench()
        _ = bench.on(.startup)
        _ = bench.wait(.seconds(4))
        let fault = FaultCause(.script, name: "chk")
        #expect(
            bench.on(.member(0, .faulted(fault))) == [
                "0 advertise 0", "0 remove", "0 become fault", "1 advertise 0", "1 remove", "1 become fault",
            ])
        #expect(bench.group.members[1].router.faults == [FaultCause(.syncGroup, name: "outside")])
        #expect(bench.transitions.map(\.to) == [.fault])
        #expect(bench.transitions.first?.cause == .fault(fault))
        #expect(bench.wait(.seconds(60)) == [])
        #expect(bench.on(.member(0, .recovered(fault))) == ["0 become backup", "1 become backup"])
        #expect(bench.transitions.map(\.to) == [.backup])
    }

    @Test("two members in fault for their own reasons both have to recover")
    func faultOfTwo() {
        var bench = GroupBench()
        _ = bench.on(.startup)
        let fault = FaultCause(.interface, name: "eth0")
        _ = bench.on(.member(0, .faulted(fault)))
        _ = bench.on(.member(1, .faulted(fault)))
        _ = bench.on(.member(0, .recovered(fault)))
        #expect(bench.states == [.fault, .fault])
        _ = bench.on(.member(1, .recovered(fault)))
        #expect(bench.states == [.backup, .backup])
        #expect(bench.group.members.allSatisfy { $0.router.faults.isEmpty })
    }

    @Test("what the group tracks counts for every member, beside what the member tracks")
    func groupTracking() {
        var bench = GroupBench()
        _ = bench.on(.startup)
        _ = bench.on(.priorityAdjusted(by: -20))
        _ = bench.on(.member(1, .priorityAdjusted(by: 5)))
        #expect(bench.group.members.map(\.router.effectivePriority) == [80, 85])
        _ = bench.on(.priorityAdjusted(by: 0))
        #expect(bench.group.members.map(\.router.effectivePriority) == [100, 105])
        let fault = FaultCause(.script, name: "vg")
        #expect(bench.on(.faulted(fault)) == ["0 become fault", "1 become fault"])
        #expect(bench.on(.recovered(fault)) == ["0 become backup", "1 become backup"])
    }

    @Test("a group of owners is active at once")
    func owners() {
        var bench = GroupBench { $0.priority = 255 }
        let deeds = bench.on(.startup)
        #expect(deeds.contains("0 become active") && deeds.contains("1 become active"))
        #expect(bench.group.state == .active)
    }

    @Test("all members stop together, and can start again")
    func shutdown() {
        var bench = GroupBench()
        _ = bench.on(.startup)
        _ = bench.wait(.seconds(4))
        #expect(
            bench.on(.shutdown) == [
                "0 advertise 0", "0 remove", "0 become initialize", "1 advertise 0", "1 remove", "1 become initialize",
            ])
        #expect(bench.transitions.map(\.to) == [.initialize])
        #expect(bench.group.deadline == nil)
        #expect(bench.on(.startup) == ["0 become backup", "1 become backup"])
    }

    @Test("an address lost on one member makes the whole group compete anew")
    func lostAddress() {
        var bench = GroupBench()
        _ = bench.on(.startup)
        _ = bench.wait(.seconds(4))
        _ = bench.on(.member(0, .addressLost(Self.outside.virtual[0])))
        #expect(bench.states == [.backup, .backup])
        _ = bench.wait(.seconds(4))
        #expect(bench.states == [.active, .active])
    }

    @Test("routers that run already can form a group, and be alone again")
    func membership() {
        let configurations = [Self.outside.strict(), Self.inside.strict()]
        let actives = configurations.map { Bench.active($0) }
        var bench = GroupBench()
        bench.group = SyncGroup(
            name: "VG", adopting: [("outside", actives[0].router), ("inside", actives[1].router)])
        bench.now = actives[0].now
        #expect(bench.group.state == .active)
        #expect(bench.on(.timeReached) == [], "nothing changes for members of one state")
        #expect(bench.transitions == [])

        _ = bench.on(.priorityAdjusted(by: -20))
        _ = bench.on(.member(0, .faulted(FaultCause(.script, name: "chk"))))
        #expect(bench.states == [.fault, .fault])
        var actions: [SyncGroup.Action] = []
        let routers = bench.group.dissolve(at: bench.now, into: &actions)
        #expect(routers.map(\.state) == [.fault, .backup], "only its own faults keep a router back")
        #expect(routers.map(\.effectivePriority) == [100, 100])
        #expect(bench.group.members.isEmpty && bench.group.deadline == nil)
    }

    @Test("a member that waited for the others takes over when the group is dissolved")
    func dissolvedWhileReady() {
        var bench = GroupBench()
        _ = bench.on(.startup)
        _ = bench.wait(.seconds(3))
        _ = bench.hear(200, member: 1)
        _ = bench.wait(.seconds(1))
        var actions: [SyncGroup.Action] = []
        var routers = bench.group.dissolve(at: bench.now, into: &actions)
        #expect(actions == [])
        var deeds: [VirtualRouter.Action] = []
        for place in routers.indices { routers[place].handle(.timeReached, at: bench.now, into: &deeds) }
        #expect(routers.map(\.state) == [.active, .backup])
    }

    @Test("events for a member that does not exist change nothing")
    func unknownMember() {
        var bench = GroupBench()
        _ = bench.on(.startup)
        let before = bench.group
        #expect(bench.on(.member(2, .shutdown)) == [])
        #expect(bench.on(.member(-1, .priorityAdjusted(by: 4))) == [])
        #expect(bench.group == before)
    }
}
