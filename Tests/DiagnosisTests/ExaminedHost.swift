import Addresses
import Diagnosis
import KeepalivedConfig

/// A host as the tests have it, and what a doctor finds there.
struct ExaminedHost {
    /// eth0 with 10.0.0.1/24, eth1 with 192.168.0.1/24, lo; forwarding off, nothing else running.
    var state: HostState
    var text: String

    init(_ text: String) {
        self.text = text
        state = HostState()
        state.host = "lb1"
        state.controlSocket = "/run/vrrpctl/control.sock"
        var lo = HostInterface(name: "lo")
        lo.isLoopback = true
        lo.addresses = [Self.address("127.0.0.1", 8)]
        state.interfaces = [
            lo, Self.interface("eth0", "10.0.0.1", 24, 1), Self.interface("eth1", "192.168.0.1", 24, 2),
        ]
        for name in ["all", "lo", "eth0", "eth1"] {
            for setting in ["rp_filter", "arp_ignore", "arp_announce", "arp_filter", "send_redirects"] {
                state.sysctls["net/ipv4/conf/\(name)/\(setting)"] = "0"
            }
        }
        state.sysctls["net/ipv4/ip_forward"] = "0"
        state.sysctls["net/ipv6/conf/all/forwarding"] = "0"
        state.sysctls["net/ipv4/ip_nonlocal_bind"] = "0"
        state.modules.isComplete = true
        state.modules.folder = "/lib/modules/6.1.0"
        state.modules.present = ["ip_vs", "ip_vs_rr", "ip_vs_wlc", "nf_conntrack"]
        state.modules.loadable = ["ip_vs_wrr", "ip_vs_ftp", "macvlan"]
        state.directorRuns = true
    }

    static func address(_ text: String, _ length: Int) -> HostInterface.Address {
        HostInterface.Address(AddressPrefix(AddressText.address(text) ?? .v4(IPv4Address(0)), length))
    }

    static func interface(_ name: String, _ address: String, _ length: Int, _ number: UInt64) -> HostInterface {
        var interface = HostInterface(name: name)
        interface.hardwareAddress = MACAddress(0x0200_0000_0000 | number)
        interface.addresses = [Self.address(address, length)]
        return interface
    }

    /// Changes an interface of the host.
    mutating func change(_ name: String, _ body: (inout HostInterface) -> Void) {
        for index in state.interfaces.indices where state.interfaces[index].name == name {
            body(&state.interfaces[index])
        }
    }

    func report() -> DoctorReport {
        guard !text.isEmpty else { return Doctor.examine(state, for: nil) }
        let tree = ConfigurationReader.read(
            "lb.conf", in: ReadingContext(configurationID: "lb1", includeChecks: [], randomSeed: 1),
            from: FilesInMemory(["lb.conf": text]))
        let (configuration, diagnostics) = Configuration.understand(tree, host: nil)
        return Doctor.examine(
            state,
            for: ExaminedConfiguration(
                path: "lb.conf", configuration: configuration, diagnostics: diagnostics,
                files: tree.files.map(\.path)))
    }

    /// `SEVERITY CHECK SUBJECT` of each finding.
    func found() -> [String] {
        report().findings.map { "\($0.severity.word) \($0.check) \($0.subject)" }
    }

    func finding(_ check: String) -> Finding? { report().findings.first { $0.check == check } }

    // MARK: Configurations

    /// A floating address 10.0.0.3 on eth0.
    static let pair = instance("")

    static func instance(_ lines: String, interface: String = "eth0", addresses: String = "10.0.0.3") -> String {
        """
        vrrp_instance VI_1 {
            interface \(interface)
            virtual_router_id 50
            \(lines)
            virtual_ipaddress {
                \(addresses)
            }
        }

        """
    }

    static func service(_ lines: String, server: String = "", address: String = "10.0.0.3 80") -> String {
        """
        virtual_server \(address) {
            protocol TCP
            lb_algo rr
            \(lines)
            real_server 10.0.0.7 80 {
                weight 1
                \(server)
            }
        }

        """
    }
}
