import Addresses
import KeepalivedConfig
import Testing

@Suite("What this machine has to do with a configuration")
struct MeaningHostTests {
    private func machine(_ change: (inout ImaginedMachine) -> Void = { _ in }) -> ImaginedMachine {
        var machine = ImaginedMachine()
        machine.interfaces = [
            InterfaceFacts(name: "eth0", addresses: [AddressPrefix(.v4(IPv4Address(192, 0, 2, 1)), 24)])
        ]
        machine.programs = ["/bin/check": ProgramFacts(.executable, path: "/bin/check")]
        change(&machine)
        return machine
    }

    private let script = "vrrp_script chk {\nscript \"/bin/check\"\n}\n" + instance("track_script {\nchk\n}")

    @Test("Without a machine nothing of this is looked at; on one where all is well nothing is found")
    func silence() {
        #expect(Understood(script).diagnostics.isEmpty)
        #expect(Understood(script, host: machine()).diagnostics.isEmpty)
    }

    @Test("An interface that is not there may come later: a warning, and one for each")
    func missingInterface() {
        let text = instance(address: "192.0.2.10 dev eth9")
        #expect(Understood(text, host: machine()).faults == ["warning missing-interface 5"])
    }

    @Test("The loopback interface and one that is down")
    func unusable() {
        let down = machine { $0.interfaces[0].isUp = false }
        #expect(Understood(instance(), host: down).faults == ["warning interface-down 2"])
        #expect(
            Understood("vrrp_instance A {\ninterface lo\nvirtual_router_id 1\nno_virtual_ipaddress\n}").faults == [
                "error bad-interface 2"
            ])
    }

    @Test("An interface that a virtual MAC makes is not missed")
    func madeInterface() {
        let text = instance("use_vmac vrrp.51", address: "192.0.2.10 dev vrrp.51")
        #expect(Understood(text, host: machine()).diagnostics.isEmpty)
    }

    @Test("The machine's own address is no virtual one, but what a running daemon has put there is")
    func ownAddress() {
        #expect(Understood(instance(address: "192.0.2.1"), host: machine()).faults == ["error own-address 5"])
        let active = machine {
            $0.interfaces[0].addresses.append(AddressPrefix(.v4(IPv4Address(192, 0, 2, 10)), 32))
        }
        #expect(Understood(instance(), host: active).diagnostics.isEmpty)
        let other = machine {
            $0.interfaces[0].addresses.append(AddressPrefix(.v4(IPv4Address(192, 0, 2, 10)), 24))
        }
        #expect(Understood(instance(), host: other).faults == ["error own-address 5"])
    }

    @Test("A source that the interface does not have, a peer that it has")
    func ends() {
        #expect(Understood(instance("mcast_src_ip 192.0.2.7"), host: machine()).faults == ["warning source-not-here 7"])
        #expect(
            Understood(instance("unicast_peer {\n192.0.2.1\n}"), host: machine()).faults == ["warning peer-is-self 8"])
    }

    @Test("Fewer addresses go into the packets of a smaller MTU")
    func mtu() {
        let small = machine { $0.interfaces[0].mtu = 68 }
        let two = Understood(instance(address: "192.0.2.10\n192.0.2.11\n192.0.2.12"), host: small)
        #expect(two.faults == ["warning too-many-addresses 7"])
        #expect(two.configuration.instances[0].addresses.count == 2)
    }

    @Test("Scripts that cannot be run")
    func scripts() {
        let missing = machine { $0.programs = [:] }
        #expect(Understood(script, host: missing).faults == ["warning script-missing 2"])
        let plain = machine { $0.programs["/bin/check"]?.presence = .notExecutable }
        #expect(Understood(script, host: plain).faults == ["warning script-not-executable 2"])
        let folder = machine { $0.programs["/bin/check"]?.presence = .notAFile }
        #expect(Understood(script, host: folder).faults == ["warning script-not-executable 2"])
    }

    @Test(
        "Notify scripts and the scripts of checks are looked at too",
        arguments: [
            instance("notify_master \"/bin/other a\""), instance("notify /bin/other"),
            service("quorum_down /bin/other"), service(real: "notify_up /bin/other"),
            service(real: "MISC_CHECK {\nmisc_path \"/bin/other\"\n}"),
            "global_defs {\nstartup_script /bin/other\n}\n" + instance(),
            "vrrp_sync_group G {\ngroup {\nVI_1\n}\nnotify_fault /bin/other\n}\n" + instance(),
        ])
    func everyScript(text: String) {
        #expect(Understood(text, host: machine()).codes.contains("script-missing"))
    }

    @Test("A script that somebody else can change: a warning, an error with enable_script_security, nothing for others")
    func insecure() {
        let shared = machine {
            $0.programs["/bin/check"]?.writer = "group staff can write /bin"
            $0.users.insert("nobody")
        }
        #expect(Understood(script, host: shared).faults == ["warning script-insecure 2"])
        #expect(
            Understood("global_defs {\nenable_script_security\n}\n" + script, host: shared).faults
                == ["error script-insecure 5"])
        #expect(
            Understood("global_defs {\nenable_script_security\nscript_user nobody\n}\n" + script, host: shared)
                .diagnostics.isEmpty)
    }

    @Test("Users, groups and key files that are not there")
    func names() {
        #expect(
            Understood("global_defs {\nscript_user web\n}\n" + instance(), host: machine()).faults == [
                "warning unknown-user 2"
            ])
        #expect(
            Understood(instance("notify_master /bin/check root web"), host: machine()).faults == [
                "warning unknown-group 7"
            ])
        let key = "version 3\nauth_hmac {\nkey 1 file:/etc/key\n}"
        #expect(Understood(instance(key), host: machine()).faults == ["error missing-file 9"])
        #expect(Understood(instance(key), host: machine { $0.files = ["/etc/key"] }).diagnostics.isEmpty)
    }
}
