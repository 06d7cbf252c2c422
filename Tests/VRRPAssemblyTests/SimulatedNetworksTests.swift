import Addresses
import KeepalivedConfig
import PacketFormats
import Testing
import VRRPAssembly
import VRRPProtocol
import VRRPSimulation

@Suite("Networks and addresses of simulated nodes")
struct SimulatedNetworksTests {
    static func plan(_ texts: [String]) -> SimulationPlan {
        SimulationPlan(
            of: SimulatedHost.all(
                texts.enumerated().map { index, text in
                    ("f\(index + 1).conf", Configuration.understand(ConfigurationReader.read(text: text)).configuration)
                }),
            digests: NoDigests())
    }

    static func instance(
        _ name: String = "VI", interface: String = "eth0", vrid: Int = 1, address: String = "10.0.0.3",
        lines: String = ""
    ) -> String {
        """
        vrrp_instance \(name) {
            interface \(interface)
            virtual_router_id \(vrid)
            \(lines)
            virtual_ipaddress {
                \(address)
            }
        }

        """
    }

    static func addresses(_ plan: SimulationPlan) -> [[String?]] {
        plan.nodes.map { $0.routers.map { $0.configuration.primaryAddress?.description } }
    }

    @Test("Addresses are given out from .1 up, around what is virtual or used, a later node has a higher one")
    func givenOut() {
        let plan = Self.plan([
            Self.instance(), Self.instance(lines: "mcast_src_ip 10.0.0.1"), Self.instance(), Self.instance(),
        ])
        #expect(Self.addresses(plan) == [["10.0.0.2"], ["10.0.0.1"], ["10.0.0.4"], ["10.0.0.5"]])
    }

    @Test("IPv6 nodes have link-local addresses")
    func linkLocal() {
        let text = Self.instance(address: "fe80::1\nfd00::3")
        #expect(Self.addresses(Self.plan([text, text])) == [["fe80::2"], ["fe80::3"]])
    }

    @Test("Interfaces of one name are one network; what is left is joined in order")
    func networks() {
        let plan = Self.plan([
            Self.instance("out", interface: "eth0", vrid: 1) + Self.instance("in", interface: "eth1", vrid: 2),
            Self.instance("out", interface: "ens3", vrid: 1) + Self.instance("in", interface: "eth1", vrid: 2),
            Self.instance("out", interface: "wan", vrid: 1) + Self.instance("in", interface: "lan", vrid: 2),
        ])
        let lans = plan.nodes.map { $0.routers.map(\.lan) }
        #expect(lans[0][1] == lans[1][1])
        #expect(lans[0][0] == lans[1][0])
        #expect(lans[0][0] != lans[0][1])
        #expect(Set(lans[2]) == Set(lans[0]))
    }

    @Test("A unicast node without a source has the address that its peers send to")
    func claimed() {
        let plan = Self.plan([
            Self.instance(lines: "unicast_peer {\n 10.0.0.12\n }"),
            Self.instance(lines: "unicast_peer {\n 10.0.0.11\n }"),
        ])
        #expect(Self.addresses(plan) == [["10.0.0.11"], ["10.0.0.12"]])
    }

    @Test("Nodes are a, b, c, and have every other name that is theirs alone")
    func names() {
        let plan = Self.plan([
            "global_defs {\n router_id lb\n }\n" + Self.instance(),
            "global_defs {\n router_id lb\n }\n" + Self.instance(),
            "global_defs {\n router_id other\n }\n" + Self.instance(),
        ])
        #expect(plan.nodes.map(\.name) == ["a", "b", "c"])
        #expect(plan.nodes[0].aliases == ["node1", "f1.conf", "f1"])
        #expect(plan.nodes[2].aliases == ["node3", "f3.conf", "f3", "other"])
    }
}
