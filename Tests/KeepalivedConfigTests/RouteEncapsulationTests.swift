import Addresses
import KeepalivedConfig
import Testing

@Suite("What routes put around packets")
struct RouteEncapsulationTests {
    private func routes(_ lines: String) -> Understood { Understood(instance("virtual_routes {\n\(lines)\n}")) }

    @Test("MPLS labels, an IP tunnel and an ILA locator")
    func kinds() throws {
        let understood = routes(
            """
            10.4.0.0/16 via 10.0.0.254 dev eth0 encap mpls 100/200
            10.5.0.0/16 encap ip id 5 dst 192.0.2.4 ttl 4 dev eth0
            2001:db8:1::/48 dev eth0 encap ip6 id 0x10 src 2001:db8::1 dst 2001:db8::2 tc 3 hoplimit 9
            2001:db8:2::/48 dev eth0 encap ila 1:2:3:4
            10.6.0.0/16 nexthop via 10.0.0.3 encap mpls 7 dev eth0 nexthop via 10.0.0.4 dev eth0
            """)
        #expect(understood.faults.isEmpty)
        let routes = try #require(understood.configuration.instances.first).routes.map(\.value)
        try #require(routes.count == 5)
        #expect(routes[0].encapsulation?.labels == [100, 200])
        #expect(routes[1].encapsulation?.kind == .ip)
        #expect(routes[1].encapsulation?.identifier == 5)
        #expect(routes[1].encapsulation?.destination?.description == "192.0.2.4")
        #expect(routes[1].encapsulation?.hopLimit == 4)
        #expect(routes[1].interface == "eth0")
        #expect(routes[2].encapsulation?.identifier == 16)
        #expect(routes[2].encapsulation?.source?.description == "2001:db8::1")
        #expect(routes[2].encapsulation?.typeOfService == 3)
        #expect(routes[3].encapsulation?.locator == "1:2:3:4")
        #expect(routes[4].nextHops.map(\.encapsulation?.labels) == [[7], nil])
        #expect(routes[4].nextHops.map(\.interface) == ["eth0", "eth0"])
    }

    @Test(
        "What is no encapsulation",
        arguments: [
            ("encap gre", "error bad-word 8"), ("encap", "error missing-argument 8"),
            ("encap mpls 1048576", "error out-of-range 8"), ("encap mpls 1//2", "error bad-number 8"),
            ("encap ip dst fe80::1", "error mixed-families 8"), ("as to 10.0.0.1", "warning no-effect 8"),
        ])
    func faults(words: String, fault: String) {
        #expect(routes("10.4.0.0/16 dev eth0 \(words)").faults == [fault])
    }
}
