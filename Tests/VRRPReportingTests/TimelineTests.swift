import Testing
import VRRPProtocol
import VRRPReporting
import VRRPSimulation

/// Two nodes on one network, a with 10.0.0.1 and b with 10.0.0.2 where they have not said otherwise:
///
///     a ──── eth0 ──── b        10.0.0.3 moves
@Suite("Timelines of the usual pairs")
struct TimelineTests {
    @Test("A node dies and comes back: who is active, by which rule, and how long the address was away")
    func powerLoss() throws {
        let text = try TimelinePlayer.text(
            [pairNode(priority: 150), pairNode(priority: 100)], fail: ["a@10-20"], duration: "25")
        #expect(
            text == """
                Timeline, in seconds
                   0.000  a  VI_1  backup  started; takes over after 3.414 s (3 x 1 s + skew 0.414 s)
                   0.000  b  VI_1  backup  started; takes over after 3.609 s (3 x 1 s + skew 0.609 s)
                   3.414  a  VI_1  ACTIVE  no advertisement for 3.414 s (3 x 1 s + skew 0.414 s)
                  10.000  *                a loses its power
                  10.000  a  VI_1  off     gone without a word
                  13.024  b  VI_1  ACTIVE  no advertisement from a (10.0.0.1) for 3.609 s (3 x 1 s + skew 0.609 s)
                  20.000  *                a is switched on again
                  20.000  a  VI_1  backup  started; takes over after 3.414 s (3 x 1 s + skew 0.414 s)
                  23.414  a  VI_1  ACTIVE  higher priority 150 > 100 of b (10.0.0.2), not obeyed for 3.414 s \
                (3 x 1 s + skew 0.414 s)
                  23.414  b  VI_1  backup  higher priority 150 > 100: yields to a (10.0.0.1)

                Addresses until 25.000
                  10.0.0.3
                    0.000 - 3.414    nobody   3.414 s   away, at the start
                    3.414 - 10.000   a        6.586 s
                    10.000 - 13.024  nobody   3.024 s   away
                    13.024 - 23.414  b        10.391 s
                    23.414 - 23.414  a and b  0.0001 s  2 OWNERS
                    23.414 - 25.000  a        1.586 s
                    in sum away 3.024 s after 3.414 s at the start, two owners 0.0001 s

                """)
    }

    @Test("nopreempt: the address stays where it is, and the timeline says why")
    func nopreempt() throws {
        let report = try TimelinePlayer.report(
            [pairNode(priority: 150, instance: "nopreempt"), pairNode(priority: 100)], fail: ["a@10-20"])
        #expect(report.lines.last?.text == "nopreempt: 150 leaves b active with 100")
        #expect(report.addresses[0].stretches.last?.nodes == [1])
    }

    static let script = """
        vrrp_script check_web {
            script "/bin/check"
            interval 2
            fall 2
            rise 1
            WEIGHT
        }
        """

    static func tracking(_ weight: String) -> [String] {
        let script = script.split(separator: "\n").map { $0.contains("WEIGHT") ? weight : String($0) }
        return [
            pairNode(
                priority: 150, instance: "track_script {\n check_web\n }", global: script.joined(separator: "\n")),
            pairNode(priority: 100),
        ]
    }

    @Test("A weight that is too small changes nothing, and that is said: 140 is still above 100")
    func smallWeight() throws {
        let report = try TimelinePlayer.report(Self.tracking("weight -10"), fail: ["a:script check_web@10-30"])
        #expect(report.findings == ["a VI_1: priority 150 becomes 140: still above 100 of b, no failover"])
        #expect(report.addresses[0].stretches.last?.nodes == [0])
        #expect(report.lines.filter { $0.state == .active }.count == 1)
    }

    @Test("A weight that is large enough moves the address when the script has failed twice, and back")
    func weight() throws {
        let report = try TimelinePlayer.report(Self.tracking("weight -60"), fail: ["a:check_web@10-30"])
        let told = report.lines.drop { $0.time.nanoseconds < 10_000_000_000 }.map(\.text)
        #expect(
            told == [
                "a: script check_web fails from now on",
                "script check_web has failed 2 times in a row: it counts as bad now",
                "priority 150 becomes 90: below 100 of b, which takes over",
                "higher priority 100 > 90 of a (10.0.0.1), not obeyed for 3.609 s (3 x 1 s + skew 0.609 s)",
                "higher priority 100 > 90: yields to b (10.0.0.2)",
                "a: script check_web succeeds again",
                "script check_web has succeeded: it counts as good again",
                "priority 90 becomes 150: above 100 of b, the active one",
                "higher priority 150 > 100 of b (10.0.0.2), not obeyed for 3.414 s (3 x 1 s + skew 0.414 s)",
                "higher priority 150 > 100: yields to a (10.0.0.1)",
            ])
    }

    @Test("Without a weight the node is in fault and resigns: the other one takes over after its skew time")
    func fault() throws {
        let report = try TimelinePlayer.report(Self.tracking(""), fail: ["a:script:check_web@10"])
        #expect(
            report.lines.suffix(2).map(\.text) == [
                "script check_web fails",
                "priority 0 received from a (10.0.0.1), and nothing better in the skew time, 0.609 s",
            ])
        #expect(report.lines.last?.time.nanoseconds == 12_609_475_000)
    }

    @Test("A partition makes two owners, and its end one again by the next advertisement")
    func partition() throws {
        let report = try TimelinePlayer.report(
            [pairNode(priority: 150), pairNode(priority: 100, instance: "nopreempt")], fail: ["partition@10+10"])
        let overlap = try #require(report.addresses[0].overlaps.first)
        #expect(report.addresses[0].overlaps.count == 1)
        #expect(overlap.nodes == [0, 1])
        #expect(overlap.from.nanoseconds == 13_023_537_500)
        // The loser advertises, the winner answers at once: two times on the way.
        #expect(overlap.until.nanoseconds == 20_023_737_500)
        #expect(report.addresses[0].stretches.last?.nodes == [0])
    }

    @Test("Equal priorities: both are active for an instant, and the higher address stays")
    func tie() throws {
        let report = try TimelinePlayer.report([pairNode(priority: 100), pairNode(priority: 100)])
        #expect(
            report.lines.last?.text == "tie: 10.0.0.2 > 10.0.0.1, both of priority 100: yields to b (10.0.0.2)")
        #expect(report.addresses[0].overlaps.map(\.length) == [100_000])
    }

    @Test("An orderly stop costs the skew time, a killed program leaves its address behind")
    func stopAndKill() throws {
        let pair = [pairNode(priority: 150), pairNode(priority: 100)]
        let stopped = try TimelinePlayer.report(pair, fail: ["a:stop@10"])
        #expect(stopped.addresses[0].absences.map(\.length) == [3_414_062_500, 609_475_000])
        let killed = try TimelinePlayer.report(pair, fail: ["a:kill@10"])
        #expect(killed.lines.contains { $0.node == 0 && $0.state == .initialize && $0.cause == "gone" })
        #expect(killed.addresses[0].overlaps.count == 1)
        #expect(killed.addresses[0].stretches.last?.nodes == [0, 1])
    }

    @Test("A sync group: one interface loses its link, both addresses move")
    func syncGroup() throws {
        func node(_ priority: Int) -> String {
            """
            vrrp_sync_group VG {
                group {
                    outside
                    inside
                }
            }
            vrrp_instance outside {
                interface eth0
                virtual_router_id 60
                priority \(priority)
                virtual_ipaddress {
                    203.0.113.10/24
                }
            }
            vrrp_instance inside {
                interface eth1
                virtual_router_id 61
                priority \(priority)
                virtual_ipaddress {
                    10.1.0.1/24
                }
            }
            """
        }
        let report = try TimelinePlayer.report([node(120), node(100)], fail: ["a:interface eth1@10"])
        #expect(report.addresses.map(\.stretches.last?.nodes) == [[1], [1]])
        #expect(report.addresses[0].stretches == report.addresses[1].stretches)
        #expect(report.lines.contains { $0.text == "inside of its sync group cannot take part" && $0.state == .fault })
    }

    @Test("interface_up_down_delays: a short loss of the link is none, a long one counts after the delay")
    func linkDelays() throws {
        let pair = [
            pairNode(priority: 150, global: "interface_up_down_delays {\n eth0 2 1\n }"), pairNode(priority: 100),
        ]
        let short = try TimelinePlayer.report(pair, fail: ["a:interface@10+1.9"])
        #expect(!short.lines.contains { $0.state == .fault })
        let long = try TimelinePlayer.report(pair, fail: ["a:interface@10+5"])
        let states = long.lines.filter { $0.node == 0 && $0.time.nanoseconds >= 10_000_000_000 }
        #expect(states.first?.state == .fault)
        #expect(states.first?.time.nanoseconds == 12_000_000_000)
        #expect(states.dropFirst().first?.time.nanoseconds == 16_000_000_000)
    }

    @Test("One node alone takes over after its own down interval")
    func alone() throws {
        let report = try TimelinePlayer.report([pairNode(priority: 200)])
        #expect(report.lines.map(\.cause) == ["started", "silence"])
        #expect(report.findings.isEmpty)
    }

    @Test("A run is the same every time, with loss too")
    func determinism() throws {
        let pair = [pairNode(priority: 150), pairNode(priority: 100)]
        let one = try TimelinePlayer.text(pair, fail: ["loss 60%@5"], duration: "200")
        let two = try TimelinePlayer.text(pair, fail: ["loss 60%@5"], duration: "200")
        #expect(one == two)
        #expect(one.contains("b  VI_1  ACTIVE"))
    }
}
