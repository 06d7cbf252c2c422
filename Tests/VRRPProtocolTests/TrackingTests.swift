import Testing
import VRRPProtocol

@Suite("Tracking")
struct TrackingTests {
    @Test("the effective priority is the configured one plus the weights, held within 1 to 254")
    func effectivePriority() {
        for (base, adjustment, effective) in [
            (100, 0, 100), (100, 50, 150), (100, -60, 40), (100, -99, 1), (100, -100, 1), (100, -1000, 1),
            (100, 154, 254), (100, 155, 254), (254, 1, 254), (1, -1, 1), (255, 10, 255), (255, -254, 255),
            (100, Int.max, 254), (100, Int.min, 1), (255, Int.min, 255), (0, 0, 1),
        ] as [(UInt8, Int, UInt8)] {
            #expect(EffectivePriority.of(base: base, adjustment: adjustment) == effective)
        }
    }

    @Test(
        "scripts, interfaces, processes and sessions: what a weight means while good and while bad",
        arguments: [Tracker.Kind.script, .interface, .process, .bfd])
    func weights(kind: Tracker.Kind) {
        let table: [(weight: Int, isReversed: Bool, good: Tracker.Effect, bad: Tracker.Effect)] = [
            (0, false, .weight(0), .fault),
            (0, true, .fault, .weight(0)),
            (20, false, .weight(20), .weight(0)),
            (20, true, .weight(-20), .weight(0)),
            (-20, false, .weight(0), .weight(-20)),
            (-20, true, .weight(0), .weight(20)),
            (253, false, .weight(253), .weight(0)),
            (-253, false, .weight(0), .weight(-253)),
        ]
        for row in table {
            var tracker = Tracker(kind, name: "x", weight: row.weight, isReversed: row.isReversed)
            #expect(tracker.effect == (row.weight == 0 ? .fault : .weight(0)), "nothing known yet")
            tracker.reading = .good
            #expect(tracker.effect == row.good)
            tracker.reading = .bad
            #expect(tracker.effect == row.bad)
        }
    }

    @Test("a file's value is multiplied by the weight; -254 or less is a fault")
    func files() {
        let table: [(weight: Int, isReversed: Bool, value: Int, effect: Tracker.Effect)] = [
            (0, false, 0, .weight(0)), (0, false, 1, .fault), (0, false, -1, .fault),
            (0, true, 0, .fault), (0, true, 7, .weight(0)),
            (1, false, 10, .weight(10)), (1, false, -10, .weight(-10)), (-1, false, 10, .weight(-10)),
            (5, false, 50, .weight(250)), (5, true, 50, .weight(-250)),
            (1, false, -253, .weight(-253)), (1, false, -254, .fault), (254, false, -1, .fault),
            (254, true, 1, .fault), (2, false, 1_000_000, .weight(254)),
            (2, false, Int.min, .fault), (-2, false, Int.min, .weight(254)), (Int.max, false, Int.max, .weight(254)),
            (Int.min, true, Int.max, .weight(254)),
        ]
        for row in table {
            let tracker = Tracker(
                .file, name: "f", weight: row.weight, isReversed: row.isReversed, reading: .value(row.value))
            #expect(tracker.effect == row.effect, "\(row)")
        }
    }

    @Test("the weights of all trackers add up, and each fault has its cause")
    func tracking() {
        var tracking = Tracking([
            Tracker(.script, name: "haproxy", weight: -30),
            Tracker(.interface, name: "eth1", weight: 20),
            Tracker(.file, name: "load", weight: 2),
            Tracker(.process, name: "named"),
        ])
        #expect(tracking.initialChanges == [.faulted(FaultCause(.process, name: "named"))])
        #expect(
            tracking.record(.good, of: .process, name: "named") == [
                .recovered(FaultCause(.process, name: "named"))
            ])
        #expect(tracking.record(.good, of: .interface, name: "eth1") == [.adjusted(by: 20)])
        #expect(tracking.record(.good, of: .script, name: "haproxy") == [])
        #expect(tracking.record(.value(-15), of: .file, name: "load") == [.adjusted(by: -10)])
        #expect(tracking.record(.bad, of: .script, name: "haproxy") == [.adjusted(by: -40)])
        #expect(
            tracking.record(.value(-127), of: .file, name: "load") == [
                .adjusted(by: -10), .faulted(FaultCause(.file, name: "load")),
            ])
        #expect(tracking.record(.bad, of: .script, name: "unknown") == [])
        #expect(tracking.faults == [FaultCause(.file, name: "load")])
        #expect(tracking.adjustment == -10)
    }

    @Test("two trackers of one thing have one fault, which lasts as long as either")
    func twoTrackersOfOneThing() {
        var tracking = Tracking([
            Tracker(.file, name: "f", weight: 0, reading: .value(0)),
            Tracker(.file, name: "f", weight: 200, reading: .value(0)),
        ])
        let cause = FaultCause(.file, name: "f")
        #expect(tracking.record(.value(-2), of: .file, name: "f") == [.faulted(cause)])
        #expect(tracking.record(.value(1), of: .file, name: "f") == [.adjusted(by: 200)])
        #expect(tracking.record(.value(0), of: .file, name: "f") == [.adjusted(by: 0), .recovered(cause)])
    }

    @Test("a failing script with weight -60 lets the other router take over, with -10 it does not")
    func weightsInTheElection() {
        let flavour = Flavour.version2
        for (weight, isReplaced) in [(-60, true), (-10, false)] {
            var tracking = Tracking([Tracker(.script, name: "chk", weight: weight, reading: .good)])
            var active = Bench.active(flavour.keepalived { $0.priority = 150 })
            var backup = Bench.backup(flavour.keepalived { $0.primaryAddress = flavour.higher })
            _ = backup.hear(150, from: flavour.own)
            for change in tracking.record(.bad, of: .script, name: "chk") { _ = active.on(change.event) }
            for _ in 1...5 {
                for deed in active.wait(.seconds(1)) + backup.wait(.seconds(1)) {
                    #expect(deed != .become(.fault))
                }
                guard active.router.state == .active, let sent = active.sent.first else { break }
                _ = backup.hear(sent.priority, from: flavour.own)
            }
            #expect(backup.router.state == (isReplaced ? .active : .backup))
        }
    }

    @Test("an owner's priority is not moved by weights, faults still count")
    func ownerTracks() {
        var bench = Bench.active(Flavour.version2.keepalived { $0.priority = 255 })
        #expect(bench.on(.priorityAdjusted(by: -100)) == [])
        #expect(bench.router.effectivePriority == 255)
        _ = bench.on(.faulted(FaultCause(.script, name: "chk")))
        #expect(bench.router.state == .fault)
    }
}

@Suite("Scripts")
struct ScriptTrackerTests {
    /// The readings after each of the results, given as `+` and `-`.
    private func readings(_ script: ScriptTracker, _ results: String) -> String {
        var script = script
        var text = script.reading == .unknown ? "?" : script.reading == .good ? "U" : "d"
        for result in results {
            let before = script.reading
            let isChanged = script.record(success: result == "+")
            #expect(isChanged == (script.reading != before))
            text += script.reading == .good ? "U" : "d"
        }
        return text
    }

    @Test(
        "rise and fall count results in a row, and the first result decides alone",
        arguments: [
            (1, 1, false, "+-+-", "?UdUd"),
            (1, 1, true, "+-", "dUd"),
            (3, 2, false, "+", "?U"),
            (3, 2, false, "-", "?d"),
            (3, 2, false, "+--", "?UUd"),
            (3, 2, false, "+-+-+", "?UUUUU"),
            (3, 2, false, "-+++", "?dddU"),
            (3, 2, false, "-++-+++", "?ddddddU"),
            (3, 2, true, "+++", "dddU"),
            (3, 2, true, "++-+++", "ddddddU"),
            (1, 3, false, "+---", "?UUUd"),
            (1, 3, false, "+--+--+---", "?UUUUUUUUUd"),
            (0, -4, false, "+-+", "?UdU"),
        ] as [(Int, Int, Bool, String, String)])
    func counting(rise: Int, fall: Int, startsFailed: Bool, results: String, expected: String) {
        let script = ScriptTracker(rise: rise, fall: fall, startsFailed: startsFailed)
        #expect(readings(script, results) == expected)
    }

    @Test("the largest counts do not overflow")
    func largestCounts() {
        var script = ScriptTracker(rise: .max, fall: .max)
        let isFirst = script.record(success: true)
        #expect(isFirst)
        #expect(script.reading == .good)
        let isChanged = script.record(success: false)
        #expect(!isChanged)
    }
}
