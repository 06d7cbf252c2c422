import Addresses
import Routing
import Testing

/// The bytes that go to the kernel, a line for each field. Numbers are in the byte order of x86_64, addresses in the
/// network's.
@Suite("Requests as bytes")
struct RequestTests {
    @Test("An IPv4 address with everything")
    func address() {
        var spec = AddressSpec(interface: 7, address: Self.address("10.0.0.3"), prefixLength: 24)
        spec.broadcast = ipv4("10.0.0.255")
        spec.scope = 253
        spec.label = "w0:1"
        spec.flags = .noPrefixRoute
        #expect(
            KernelChange.addAddress(spec).request.hexadecimal
                == Self.hexadecimal(
                    """
                    4c000000            length 76
                    1400 0106           RTM_NEWADDR; NLM_F_REQUEST, NLM_F_CREATE, NLM_F_EXCL
                    00000000 00000000   sequence, port
                    02 18 00 fd         AF_INET, /24, flags (too many for 8 bits), scope link
                    07000000            interface 7
                    0800 0200 0a000003  IFA_LOCAL
                    0800 0100 0a000003  IFA_ADDRESS
                    0900 0300 77303a31 00 000000   IFA_LABEL "w0:1"
                    0800 0400 0a0000ff  IFA_BROADCAST
                    0800 0800 00020000  IFA_FLAGS IFA_F_NOPREFIXROUTE
                    0500 0b00 12 000000 IFA_PROTO 18
                    """))
    }

    @Test("An IPv6 address that is not chosen as a source")
    func address6() {
        var spec = AddressSpec(interface: 3, address: Self.address("fd00::9"), prefixLength: 128)
        spec.flags = .noDuplicateDetection
        spec.preferredLifetime = 0
        #expect(
            KernelChange.addAddress(spec).request.hexadecimal
                == Self.hexadecimal(
                    """
                    64000000            length 100
                    1400 0106           RTM_NEWADDR; NLM_F_REQUEST, NLM_F_CREATE, NLM_F_EXCL
                    00000000 00000000
                    0a 80 02 00         AF_INET6, /128, IFA_F_NODAD, scope global
                    03000000            interface 3
                    1400 0200 fd000000 00000000 00000000 00000009   IFA_LOCAL
                    1400 0100 fd000000 00000000 00000000 00000009   IFA_ADDRESS
                    0800 0800 02000000  IFA_FLAGS IFA_F_NODAD
                    1400 0600 00000000 ffffffff 00000000 00000000   IFA_CACHEINFO preferred 0, valid for ever
                    0500 0b00 12 000000 IFA_PROTO 18
                    """))
    }

    @Test("The removal of an address says no more than what tells it from others")
    func removal() {
        var spec = AddressSpec(interface: 7, address: Self.address("10.0.0.3"), prefixLength: 24)
        spec.broadcast = ipv4("10.0.0.255")
        #expect(
            KernelChange.removeAddress(spec).request.hexadecimal
                == Self.hexadecimal(
                    """
                    28000000 1500 0100  length 40, RTM_DELADDR, NLM_F_REQUEST
                    00000000 00000000
                    02 18 00 00 07000000
                    0800 0200 0a000003  IFA_LOCAL
                    0800 0100 0a000003  IFA_ADDRESS
                    """))
    }

    @Test("A route with a metric, a source and a locked MTU")
    func route() {
        var spec = RouteSpec(family: .ipv4, destination: NetworkPrefix(Self.address("192.168.9.0"), 24))
        spec.table = 1000
        spec.priority = 5
        spec.source = Self.address("10.0.0.1")
        spec.path = RouteSpec.NextHop(gateway: Self.address("fe80::2"), interface: 4)
        spec.path.isOnLink = true
        spec.metrics = [2: 1400]
        spec.lockedMetrics = 4
        #expect(
            KernelChange.addRoute(spec).request.hexadecimal
                == Self.hexadecimal(
                    """
                    70000000 1800 0104  length 112, RTM_NEWROUTE; NLM_F_REQUEST, NLM_F_CREATE
                    00000000 00000000
                    02 18 00 00         AF_INET, to /24, from /0, type of service
                    00 12 00 01         table in the attribute, RTPROT_KEEPALIVED, scope global, unicast
                    04000000            RTNH_F_ONLINK
                    0800 0f00 e8030000  RTA_TABLE 1000
                    0800 0100 c0a80900  RTA_DST
                    0800 0600 05000000  RTA_PRIORITY
                    0800 0700 0a000001  RTA_PREFSRC
                    0800 0400 04000000  RTA_OIF
                    1600 1200 0a00 fe800000 00000000 00000000 00000002 0000   RTA_VIA AF_INET6
                    1400 0800           RTA_METRICS
                      0800 0100 04000000  RTAX_LOCK mtu
                      0800 0200 78050000  RTAX_MTU 1400
                    """))
    }

    @Test("A route of two paths, one of them through MPLS")
    func paths() {
        var spec = RouteSpec(family: .ipv4)
        var first = RouteSpec.NextHop(gateway: Self.address("10.0.0.2"), interface: 4)
        first.weight = 3
        var second = RouteSpec.NextHop(gateway: Self.address("10.0.0.3"), interface: 4)
        second.encapsulation = .mpls([100, 200])
        spec.nextHops = [first, second]
        #expect(
            KernelChange.addRoute(spec).request.hexadecimal
                == Self.hexadecimal(
                    """
                    60000000 1800 0104
                    00000000 00000000
                    02 00 00 00 fe 12 00 01 00000000   the default route, table main
                    0800 0f00 fe000000    RTA_TABLE
                    3c00 0900             RTA_MULTIPATH
                      1000 00 02 04000000   struct rtnexthop: 16 bytes, weight 3, interface 4
                      0800 0500 0a000002    RTA_GATEWAY
                      2800 00 00 04000000   weight 1
                      0800 0500 0a000003    RTA_GATEWAY
                      0600 1500 0100 0000   RTA_ENCAP_TYPE LWTUNNEL_ENCAP_MPLS
                      1000 1680             RTA_ENCAP, nested
                        0c00 0100 00064000 000c8100   MPLS_IPTUNNEL_DST 100, 200 at the bottom
                    """))
    }

    @Test("A rule with selectors")
    func rule() {
        var spec = RuleSpec(family: .ipv4, action: .table(300))
        spec.priority = 500
        spec.isInverted = true
        spec.source = NetworkPrefix(Self.address("10.7.0.0"), 16)
        spec.inputInterface = "w0"
        spec.mark = 5
        spec.markMask = 0xff
        spec.destinationPorts = 80...90
        #expect(
            KernelChange.addRule(spec).request.hexadecimal
                == Self.hexadecimal(
                    """
                    5c000000 2000 0106  length 92, RTM_NEWRULE; NLM_F_REQUEST, NLM_F_CREATE, NLM_F_EXCL
                    00000000 00000000
                    02 00 10 00         AF_INET, to /0, from /16, type of service
                    00 00 00 01         table in the attribute, FR_ACT_TO_TBL
                    02000000            FIB_RULE_INVERT
                    0800 0600 f4010000  FRA_PRIORITY 500
                    0800 0f00 2c010000  FRA_TABLE 300
                    0800 0200 0a070000  FRA_SRC
                    0700 0300 773000 00 FRA_IIFNAME "w0"
                    0800 0a00 05000000  FRA_FWMARK
                    0800 1000 ff000000  FRA_FWMASK
                    0800 1800 5000 5a00 FRA_DPORT_RANGE 80…90
                    0500 1500 12 000000 FRA_PROTOCOL 18
                    """))
    }

    @Test("A macvlan with the virtual MAC")
    func macvlan() {
        let spec = VirtualInterfaceSpec(
            name: "vrrp.51", parent: 4, kind: .macvlan(.private, MACAddress(0x0000_5e00_0133)))
        #expect(
            KernelChange.addInterface(spec).request.hexadecimal
                == Self.hexadecimal(
                    """
                    5c000000 1000 0106  length 92, RTM_NEWLINK; NLM_F_REQUEST, NLM_F_CREATE, NLM_F_EXCL
                    00000000 00000000
                    00 00 0000 00000000 00000000 00000000   struct ifinfomsg
                    0c00 0300 767272702e353100   IFLA_IFNAME "vrrp.51"
                    0800 0500 04000000  IFLA_LINK
                    0a00 0100 00005e000133 0000   IFLA_ADDRESS
                    1c00 1280           IFLA_LINKINFO, nested
                      0c00 0100 6d6163766c616e00   IFLA_INFO_KIND "macvlan"
                      0c00 0280           IFLA_INFO_DATA, nested
                        0800 0100 01000000  IFLA_MACVLAN_MODE private
                    """))
    }

    static func address(_ text: String) -> IPAddress { RoutingTests.address(text) }

    /// The leading hexadecimal words of each line, without what explains them.
    static func hexadecimal(_ text: String) -> String {
        var digits = ""
        for line in text.split(separator: "\n") {
            for word in line.split(separator: " ") {
                guard word.utf8.count % 2 == 0, word.allSatisfy(\.isHexDigit) else { break }
                digits += word
            }
        }
        return digits
    }
}

extension [UInt8] {
    var hexadecimal: String {
        map { byte in
            let text = String(byte, radix: 16)
            return byte < 16 ? "0" + text : text
        }.joined()
    }
}
