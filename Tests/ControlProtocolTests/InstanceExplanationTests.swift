import Testing

@testable import ControlProtocol

/// What is said of a virtual router in each situation. The clock says 100 s.
struct InstanceExplanationTests {
    private static let now = Timestamp(milliseconds: 100_000)

    /// A backup of priority 100 that hears 10.0.0.1 with 110, as most are.
    private static func backup(_ change: (inout InstanceFacts) -> Void = { _ in }) -> InstanceFacts {
        var facts = InstanceFacts(
            instance: InstanceReport(
                name: "lan", state: "backup", since: Timestamp(milliseconds: 40_000), interface: "eth0",
                virtualRouterID: 51, family: "ipv4", version: 3, configuredPriority: 100, effectivePriority: 100,
                trackers: [], intervalMilliseconds: 1000, activeDownMilliseconds: 3609, preempts: true,
                activeRouter: PeerReport(
                    address: "10.0.0.1", priority: 110, isThis: false, heardAt: Timestamp(milliseconds: 99_500)),
                source: "10.0.0.2", addresses: ["10.0.0.100/24"], held: [], faults: [],
                lastTransition: TransitionReport(
                    from: "initialize", to: "backup", cause: "started", text: "initialize → backup: started",
                    time: Timestamp(milliseconds: 40_000)),
                group: nil, steering: [],
                counters: CountersReport(
                    sent: 0, received: 60, resignationsSent: 0, resignationsReceived: 0, becameActive: 0,
                    leftActive: 0, unanswered: 0, notEncoded: 0, rejected: [:])),
            now: now)
        facts.skewMilliseconds = 609
        facts.deadline = Timestamp(milliseconds: 103_109)
        change(&facts)
        return facts
    }

    private static func active(_ change: (inout InstanceFacts) -> Void = { _ in }) -> InstanceFacts {
        backup { facts in
            facts.instance.state = "active"
            facts.instance.held = ["10.0.0.100/24"]
            facts.instance.activeRouter = PeerReport(address: "10.0.0.2", priority: 100, isThis: true, heardAt: nil)
            facts.instance.lastTransition = TransitionReport(
                from: "backup", to: "active", cause: "silence",
                text: "backup → active: no advertisement from 10.0.0.1 for 3.609 s",
                time: Timestamp(milliseconds: 40_000))
            change(&facts)
        }
    }

    private static func fault(_ causes: FaultReport...) -> InstanceFacts {
        backup { facts in
            facts.instance.state = "fault"
            facts.instance.faults = causes
            facts.instance.lastTransition = nil
        }
    }

    private func texts(_ facts: InstanceFacts, _ topic: ExplanationReport.Topic? = nil) -> [String] {
        ExplanationReport(facts).sentences.filter { topic == nil || $0.topic == topic }.map(\.text)
    }

    private static let script = InstanceFacts.Turn(
        kind: "script", name: "chk_haproxy", isGood: false, weight: -20, otherWeight: 0, isFault: false,
        wouldBeFault: false)

    private static let failing = TrackerReport(
        kind: "script", name: "chk_haproxy", reading: "down", weight: -20, isFault: false)

    // MARK: Whole explanations

    @Test
    func aBackup() {
        #expect(
            texts(Self.backup()) == [
                "lan is backup since 1970-01-01T00:00:40.000Z, for 1 min: initialize → backup: started.",
                "A router that starts listens first.",
                "Its priority is 100: 100 from the configuration.",
                "10.0.0.1 is active with priority 110, which is higher than its own 100.",
                "No packet for it was refused since this worker began.",
                "If no advertisement comes from 10.0.0.1 for 3.609 s, it takes over.",
                "If 10.0.0.1 resigns, it takes over after its skew time of 0.609 s, unless a better one is quicker.",
                "It takes over from 10.0.0.1 when its own priority is above 110, or that of 10.0.0.1 below 100.",
            ])
    }

    @Test
    func anActiveRouter() {
        #expect(
            texts(Self.active()) == [
                "lan is active since 1970-01-01T00:00:40.000Z, for 1 min: backup → active: no advertisement from "
                    + "10.0.0.1 for 3.609 s.",
                "Who hears no advertisement for the whole of its Active_Down_Interval takes over; the higher the "
                    + "priority, the shorter that is.",
                "Its priority is 100: 100 from the configuration.",
                "It advertises priority 100 from 10.0.0.2 every 1 s, and holds 10.0.0.100/24.",
                "No packet for it was refused since this worker began.",
                "It gives way if a router advertises with a priority above 100, or with 100 from a higher address than "
                    + "10.0.0.2.",
            ])
    }

    @Test
    func aRouterInFault() {
        let facts = Self.fault(
            FaultReport(kind: "tracked-interface", name: "eth1", text: "tracked interface eth1 is down"),
            FaultReport(kind: "script", name: "chk", text: "script chk fails, or has not finished yet"))
        #expect(
            texts(facts, .election) == [
                "It takes no part in the election: tracked interface eth1 is down.",
                "It takes no part in the election: script chk fails, or has not finished yet.",
            ])
        #expect(
            texts(facts, .outlook) == [
                "When tracked interface eth1 is up, and the other cause is gone as well, it listens as backup, and an "
                    + "election decides."
            ])
    }

    // MARK: Priority

    struct PriorityCase: Sendable {
        var configured = 100
        var effective: Int
        var weights: [(String, String, String, Int?)] = []
        var ordered: Int?
        var text: String
    }

    @Test(arguments: [
        PriorityCase(
            effective: 80, weights: [("script", "chk", "down", -20)],
            text: "Its priority is 80: 100 from the configuration, −20 because script chk fails."),
        PriorityCase(
            effective: 135,
            weights: [("interface", "eth1", "up", 30), ("file", "/run/x", "5", 5), ("bfd", "peer", "unknown", 0)],
            text: "Its priority is 135: 100 from the configuration, +30 because interface eth1 is up, +5 because file "
                + "/run/x has 5."),
        PriorityCase(
            effective: 254, weights: [("process", "nginx", "up", 200)],
            text: "Its priority is 254: 100 from the configuration, +200 because process nginx runs as it should, held "
                + "within 1 to 254."),
        PriorityCase(
            effective: 40, weights: [("bfd", "peer", "down", -10)], ordered: 50,
            text: "Its priority is 40: 50, which was ordered in place of 100, −10 because BFD session peer is down."),
        // What decides on faults adds nothing.
        PriorityCase(
            effective: 100, weights: [("script", "chk", "up", nil)],
            text: "Its priority is 100: 100 from the configuration."),
        PriorityCase(
            configured: 255, effective: 255,
            text: "Its priority is 255: it owns the addresses, and nothing that it tracks changes that."),
        PriorityCase(
            configured: 255, effective: 254,
            text: "Its priority is 254 instead of 255: another router claims to own the addresses too, and this one "
                + "gave in."),
    ])
    func priority(_ given: PriorityCase) {
        let facts = Self.backup { facts in
            facts.instance.configuredPriority = given.configured
            facts.instance.effectivePriority = given.effective
            facts.instance.trackers = given.weights.map {
                TrackerReport(kind: $0.0, name: $0.1, reading: $0.2, weight: $0.3, isFault: false)
            }
            if let ordered = given.ordered {
                facts.instance.steering = [
                    SteeringReport(order: "priority", since: Timestamp(milliseconds: 90_000), priority: ordered)
                ]
            }
        }
        #expect(texts(facts, .priority) == [given.text])
    }

    // MARK: Election

    struct ElectionCase: Sendable {
        var own = 100
        var peer: Int? = 90
        var change: @Sendable (inout InstanceFacts) -> Void = { _ in }
        var rule: String
        var text: String
    }

    @Test(arguments: [
        ElectionCase(
            peer: 100, rule: "equal-priority",
            text: "10.0.0.1 is active with priority 100, the same as its own: a backup obeys its equals, whatever "
                + "their address."),
        ElectionCase(
            change: { $0.instance.preempts = false }, rule: "nopreempt",
            text: "10.0.0.1 is active with priority 90, which is lower than its own 100, but it keeps back: nopreempt."),
        ElectionCase(
            change: {
                $0.preemptDelayMilliseconds = 30_000
                $0.preemptsAt = Timestamp(milliseconds: 112_500)
            }, rule: "preempt-delay",
            text: "10.0.0.1 is active with priority 90, which is lower than its own 100, but it keeps back for another "
                + "12.5 s: preempt_delay."),
        ElectionCase(
            change: {
                $0.preemptDelayMilliseconds = 30_000
                $0.preemptsAt = Timestamp(milliseconds: 99_000)
            }, rule: "preemption",
            text:
                "10.0.0.1 is active with priority 90, which is lower than its own 100: it does not obey it, and takes "
                + "over in 3.109 s."),
        ElectionCase(
            change: { $0.isReady = true }, rule: "sync-group",
            text: "10.0.0.1 is active with priority 90, which is lower than its own 100; it is ready to take over and "
                + "waits for its sync group."),
        // An owner always preempts.
        ElectionCase(
            own: 255, change: { $0.instance.preempts = false }, rule: "preemption",
            text:
                "10.0.0.1 is active with priority 90, which is lower than its own 255: it does not obey it, and takes "
                + "over in 3.109 s."),
        ElectionCase(
            peer: nil, rule: "nobody",
            text: "It has heard of no active router, and takes over in 3.109 s if that stays so."),
    ])
    func election(_ given: ElectionCase) throws {
        let facts = Self.backup { facts in
            facts.instance.effectivePriority = given.own
            facts.instance.lastTransition = nil
            facts.instance.activeRouter = given.peer.map {
                PeerReport(address: "10.0.0.1", priority: $0, isThis: false, heardAt: nil)
            }
            given.change(&facts)
        }
        let sentence = try #require(ExplanationReport(facts).sentences.first { $0.topic == .election })
        #expect(sentence.text == given.text)
        #expect(sentence.fields["rule"] == given.rule)
    }

    @Test
    func aGroupHoldsItsMembers() {
        let facts = Self.backup { facts in
            facts.instance.group = "both"
            facts.instance.lastTransition = nil
            facts.members = [
                .init(name: "lan", state: "backup", isReady: true), .init(name: "dmz", state: "fault", isReady: false),
                .init(name: "wan", state: "backup", isReady: false),
            ]
        }
        #expect(
            texts(facts, .election).last
                == "It goes with sync group both: it cannot be active before dmz (fault) can.")
    }

    @Test
    func aStartThatIsDelayed() {
        let facts = Self.backup { facts in
            facts.instance.state = "initialize"
            facts.instance.since = nil
            facts.instance.lastTransition = nil
        }
        #expect(
            texts(facts) == [
                "lan does not take part yet.", "Its priority is 100: 100 from the configuration.",
                "It begins in 3.109 s: vrrp_startup_delay.", "No packet for it was refused since this worker began.",
            ])
    }

    // MARK: Packets

    @Test
    func refusedPackets() {
        let facts = Self.backup { facts in
            facts.instance.counters.rejected = ["authentication-failure": 12, "ip-ttl-error": 1]
            facts.refusals = [
                .init(
                    reason: "authentication-failure", count: 12, last: Timestamp(milliseconds: 97_000),
                    source: "10.0.0.9"),
                .init(reason: "ip-ttl-error", count: 1, last: nil, source: nil),
            ]
        }
        #expect(
            texts(facts, .rejected) == [
                "12 packets were not believed: its password or key is another one than configured here "
                    + "(authentication-failure); the last that was logged came 3 s ago from 10.0.0.9.",
                "1 packet was not believed: its TTL is not 255, so it may have come through a router (ip-ttl-error).",
            ])
    }

    // MARK: Outlook

    struct OutlookCase: Sendable {
        var own: Int
        var peer: Int
        var turn = InstanceExplanationTests.script
        var change: @Sendable (inout InstanceFacts) -> Void = { _ in }
        var text: String?
    }

    @Test(arguments: [
        OutlookCase(
            own: 100, peer: 110,
            change: { $0.instance.configuredPriority = 120 },
            text: "If script chk_haproxy succeeds again, its priority rises by 20 to 120, which is above 110 of "
                + "10.0.0.1, and it takes over because it preempts."),
        OutlookCase(
            own: 100, peer: 110,
            change: {
                $0.instance.configuredPriority = 120
                $0.instance.preempts = false
            },
            text: "If script chk_haproxy succeeds again, its priority rises by 20 to 120, which is above 110 of "
                + "10.0.0.1, but it keeps back: nopreempt."),
        OutlookCase(
            own: 100, peer: 110,
            change: {
                $0.instance.configuredPriority = 120
                $0.preemptDelayMilliseconds = 5000
            },
            text: "If script chk_haproxy succeeds again, its priority rises by 20 to 120, which is above 110 of "
                + "10.0.0.1, and it takes over after preempt_delay, 5 s, because it preempts."),
        OutlookCase(
            own: 80, peer: 100, change: { $0.instance.configuredPriority = 100 },
            text: "If script chk_haproxy succeeds again, its priority rises by 20 to 100, which is still not above 100 "
                + "of 10.0.0.1."),
        OutlookCase(
            own: 100, peer: 110,
            turn: .init(
                kind: "interface", name: "eth1", isGood: true, weight: 0, otherWeight: 0, isFault: false,
                wouldBeFault: true), text: "If interface eth1 goes down, it is in fault."),
        // It would make no difference.
        OutlookCase(
            own: 100, peer: 110,
            turn: .init(
                kind: "interface", name: "eth1", isGood: true, weight: 0, otherWeight: 0, isFault: false,
                wouldBeFault: false), text: nil),
    ])
    func whatATrackerWouldDo(_ given: OutlookCase) {
        let facts = Self.backup { facts in
            facts.instance.effectivePriority = given.own
            facts.instance.trackers = given.turn.weight == 0 ? [] : [Self.failing]
            facts.instance.activeRouter?.priority = given.peer
            facts.turns = [given.turn]
            given.change(&facts)
        }
        #expect(texts(facts, .outlook).first { $0.hasPrefix("If \(given.turn.kind)") } == given.text)
    }

    @Test
    func anActiveRouterWouldFallOrResign() {
        let facts = Self.active { facts in
            facts.turns = [
                .init(
                    kind: "script", name: "chk", isGood: true, weight: 0, otherWeight: -30, isFault: false,
                    wouldBeFault: false),
                .init(
                    kind: "bfd", name: "peer", isGood: true, weight: 0, otherWeight: 0, isFault: false,
                    wouldBeFault: true),
            ]
        }
        #expect(
            texts(facts, .outlook).dropFirst() == [
                "If script chk fails, its priority falls by 30 to 70, and a router with more than that takes over if it "
                    + "preempts.",
                "If BFD session peer goes down, it resigns and is in fault.",
            ])
    }

    @Test
    func orders() {
        let facts = Self.backup { facts in
            facts.instance.steering = [
                SteeringReport(
                    order: "maintenance", since: Timestamp(milliseconds: 70_000),
                    until: Timestamp(milliseconds: 130_500)),
                SteeringReport(order: "failover", since: Timestamp(milliseconds: 99_900)),
            ]
        }
        #expect(
            texts(facts, .steering) == [
                "An operator has ordered maintenance, 30 s ago; that ends in 30.5 s.",
                "An operator has ordered failover, less than a second ago; that lasts until told.",
            ])
    }

    @Test
    func aRouterThatStandsBack() {
        let facts = Self.backup { facts in
            facts.instance.effectivePriority = 1
            facts.instance.steering = [SteeringReport(order: "failover", since: Timestamp(milliseconds: 70_000))]
            facts.instance.lastTransition?.cause = "stands-back"
            facts.turns = [Self.script]
        }
        #expect(
            texts(facts, .priority) == [
                "Its priority is 1, whatever is configured and tracked, because it was ordered to stand back."
            ])
        #expect(texts(facts, .outlook).last == "It counts as priority 1 until the order to stand back ends.")
    }

    // MARK: Times

    @Test(arguments: [
        (0, "0 s"), (1, "0.001 s"), (3609, "3.609 s"), (1500, "1.5 s"), (60_000, "60 s"), (-5, "0 s"),
    ])
    func exactTimes(_ milliseconds: Int, _ text: String) {
        #expect(SpokenTime.exact(milliseconds: milliseconds) == text)
    }

    @Test(arguments: [
        (999, "less than a second"), (1000, "1 s"), (59_999, "59 s"), (60_000, "1 min"), (182_000, "3 min 2 s"),
        (3_600_000, "1 h"), (7_500_000, "2 h 5 min"), (273_600_000, "3 d 4 h"),
    ])
    func roughTimes(_ milliseconds: Int, _ text: String) {
        #expect(SpokenTime.rough(milliseconds: milliseconds) == text)
    }
}
