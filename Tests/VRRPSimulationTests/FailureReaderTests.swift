import Addresses
import PacketFormats
import Testing
import VRRPProtocol
import VRRPSimulation

@Suite("What goes wrong, as an operator writes it")
struct FailureReaderTests {
    static let plan: SimulationPlan = {
        var nodes: [NodePlan] = []
        for number in 1...3 {
            let configuration = VirtualRouter.Configuration(
                version: .v2, virtualRouterID: 50, family: .ipv4,
                primaryAddress: .v4(IPv4Address(10, 0, 0, UInt8(number))),
                virtualAddresses: [.v4(IPv4Address(10, 0, 0, 100))])
            var router = RouterPlan(name: "VI_1", configuration: configuration)
            router.interface = "eth0"
            var node = NodePlan(name: ["a", "b", "c"][number - 1], routers: [router])
            node.aliases = ["node\(number)", "lb-\(number).conf"]
            node.trackers = [
                TrackerPlan(.script, name: "check-web"), TrackerPlan(.file, name: "maintenance"),
                TrackerPlan(.process, name: "haproxy"), TrackerPlan(.bfd, name: "uplink"),
            ]
            nodes.append(node)
        }
        return SimulationPlan(nodes: nodes)
    }()

    static let address = IPAddress.v4(IPv4Address(10, 0, 0, 100))

    static let accepted: [(String, [Fault], [Fault], from: Int64, until: Int64?)] = [
        ("a@10", [.powerOff(node: 0)], [.start(node: 0)], 10_000, nil),
        ("node2@1.5-2m", [.powerOff(node: 1)], [.start(node: 1)], 1500, 120_000),
        ("lb-3.conf@500ms+1h", [.powerOff(node: 2)], [.start(node: 2)], 500, 3_600_500),
        ("a:stop@1", [.shutdown(node: 0)], [.start(node: 0)], 1000, nil),
        ("a:kill@1", [.kill(node: 0)], [.start(node: 0)], 1000, nil),
        ("a:pause@1+2", [.pause(node: 0)], [.resume(node: 0)], 1000, 3000),
        (
            "b:deaf@1", [.cut(from: 0, to: 1), .cut(from: 2, to: 1)], [.heal(from: 0, to: 1), .heal(from: 2, to: 1)],
            1000, nil
        ),
        (
            "b:mute@1", [.cut(from: 1, to: 0), .cut(from: 1, to: 2)], [.heal(from: 1, to: 0), .heal(from: 1, to: 2)],
            1000, nil
        ),
        ("a:interface@1", [.linkDown(node: 0, lan: 0)], [.linkUp(node: 0, lan: 0)], 1000, nil),
        ("a:interface eth0@1", [.linkDown(node: 0, lan: 0)], [.linkUp(node: 0, lan: 0)], 1000, nil),
        ("a:eth0@1", [.linkDown(node: 0, lan: 0)], [.linkUp(node: 0, lan: 0)], 1000, nil),
        (
            "a:script check-web@1", [.tracked(node: 0, tracker: 0, .bad)], [.tracked(node: 0, tracker: 0, .good)], 1000,
            nil
        ),
        (
            "a:script:check-web@1", [.tracked(node: 0, tracker: 0, .bad)], [.tracked(node: 0, tracker: 0, .good)], 1000,
            nil
        ),
        ("a:check-web@1", [.tracked(node: 0, tracker: 0, .bad)], [.tracked(node: 0, tracker: 0, .good)], 1000, nil),
        (
            "a:process haproxy@1", [.tracked(node: 0, tracker: 2, .bad)], [.tracked(node: 0, tracker: 2, .good)], 1000,
            nil
        ),
        ("a:bfd uplink@1", [.tracked(node: 0, tracker: 3, .bad)], [.tracked(node: 0, tracker: 3, .good)], 1000, nil),
        (
            "a:file maintenance=-20@1", [.tracked(node: 0, tracker: 1, .value(-20))],
            [.tracked(node: 0, tracker: 1, .value(0))], 1000, nil
        ),
        (
            "a:priority 90@1+1", [.setPriority(node: 0, router: 0, 90)], [.setPriority(node: 0, router: 0, 100)], 1000,
            2000
        ),
        (
            "a:priority VI_1=90@1", [.setPriority(node: 0, router: 0, 90)], [.setPriority(node: 0, router: 0, 100)],
            1000, nil
        ),
        ("a:address 10.0.0.100@1", [.removeAddress(node: 0, router: 0, address)], [], 1000, nil),
        (
            "a-b@1", [.cut(from: 0, to: 1), .cut(from: 1, to: 0)], [.heal(from: 0, to: 1), .heal(from: 1, to: 0)], 1000,
            nil
        ),
        (
            "lb-1.conf-lb-2.conf@1", [.cut(from: 0, to: 1), .cut(from: 1, to: 0)],
            [.heal(from: 0, to: 1), .heal(from: 1, to: 0)], 1000, nil
        ),
        ("a>b@1", [.cut(from: 0, to: 1)], [.heal(from: 0, to: 1)], 1000, nil),
        ("a->b@1", [.cut(from: 0, to: 1)], [.heal(from: 0, to: 1)], 1000, nil),
        (
            "loss 2.5%@1", [.conditions(NetworkConditions(loss: 25_000))], [.conditions(NetworkConditions())], 1000, nil
        ),
    ]

    @Test("It is understood", arguments: accepted.indices)
    func understands(index: Int) throws {
        let (text, faults, recoveries, from, until) = Self.accepted[index]
        let failure = try FailureReader.read(text, for: Self.plan)
        #expect(failure.faults == faults)
        #expect(failure.recoveries == recoveries)
        #expect(failure.from.nanoseconds == from * 1_000_000)
        #expect(failure.until?.nanoseconds == until.map { $0 * 1_000_000 })
        #expect(!failure.beginning.isEmpty)
    }

    @Test("A partition cuts all paths in both directions")
    func partition() throws {
        let failure = try FailureReader.read("partition@1-2", for: Self.plan)
        #expect(failure.faults.count == 6)
        #expect(failure.recoveries.count == 6)
        #expect(failure.timed.count == 12)
    }

    @Test(
        "What cannot be understood is refused with what was expected",
        arguments: [
            ("a", "when it happens is missing"), ("a@", "nothing is no time"), ("a@soon", "soon is no time"),
            ("a@10-5", "over before it begins"), ("a@1.2.3", "no time"), ("d@1", "there is no node d"),
            ("a:explode@1", "expected a:stop, kill"), ("a:script chek@1", "expected check-web"),
            ("a:interface eth7@1", "expected one of eth0"), ("a:file maintenance@1", "expected file NAME=NUMBER"),
            ("a:priority 300@1", "a number from 1 to 255"), ("a:priority VI_2=5@1", "expected one of VI_1"),
            ("a:address 10.0.0.7@1", "no virtual address of a"), ("a:address@1", "no address"),
            ("a:address 10.0.0.100@1-2", "cannot be put right"), ("loss 101@1", "from 0 to 100"),
            ("loss@1", "percentage"),
            ("@1", "there is no node"), ("a-a@1", "there is no node a-a"), ("a@99999999999999h", "no time"),
        ])
    func refuses(text: String, part: String) {
        do {
            _ = try FailureReader.read(text, for: Self.plan)
            Issue.record("\(text) was understood")
        } catch {
            #expect(error.message.hasPrefix("\(text): "))
            #expect(error.message.contains(part), "\(error.message)")
        }
    }
}
