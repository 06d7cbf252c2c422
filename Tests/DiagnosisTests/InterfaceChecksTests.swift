import Addresses
import Diagnosis
import KeepalivedConfig
import Testing

struct InterfaceChecksTests {
    @Test
    func aSoundHostHasNoFindings() {
        #expect(ExaminedHost(ExaminedHost.pair).found() == [])
        #expect(ExaminedHost(ExaminedHost.pair).report().worst.status == 0)
    }

    @Test
    func missing() {
        let host = ExaminedHost(ExaminedHost.instance("", interface: "eth7"))
        #expect(host.found() == ["error interface-missing VI_1"])
        #expect(host.report().worst.status == 4)
    }

    @Test
    func down() {
        var host = ExaminedHost(ExaminedHost.pair)
        host.change("eth0") { $0.isUp = false }
        #expect(host.found() == ["error interface-down eth0 of VI_1"])
        #expect(host.finding("interface-down")?.mend == ["ip link set dev eth0 up"])
    }

    @Test
    func noCarrier() {
        var host = ExaminedHost(ExaminedHost.pair)
        host.change("eth0") { $0.hasCarrier = false }
        #expect(host.found() == ["error no-carrier eth0 of VI_1"])
    }

    @Test
    func withoutMulticast() {
        var host = ExaminedHost(ExaminedHost.pair)
        host.change("eth0") { $0.isMulticastCapable = false }
        #expect(host.found() == ["error no-multicast eth0 of VI_1"])
        host.text = ExaminedHost.instance("unicast_peer {\n 10.0.0.2\n }")
        #expect(host.found() == [])
    }

    @Test
    func noAddress() {
        var host = ExaminedHost(ExaminedHost.pair)
        // The virtual address is not one to send from.
        host.change("eth0") { $0.addresses = [ExaminedHost.address("10.0.0.3", 32)] }
        #expect(host.found() == ["error no-address eth0 of VI_1"])
        host.text = ExaminedHost.instance("mcast_src_ip 10.0.0.9")
        #expect(host.found() == [])
    }

    @Test
    func anIPv6InstanceNeedsALinkLocalAddress() {
        var host = ExaminedHost(ExaminedHost.instance("version 3", addresses: "fe80::3"))
        #expect(host.found() == ["error no-address eth0 of VI_1"])
        host.change("eth0") { $0.addresses.append(ExaminedHost.address("fe80::1", 64)) }
        #expect(host.found() == [])
        host.change("eth0") { $0.addresses[1].isTentative = true }
        #expect(host.found() == ["error no-address eth0 of VI_1"])
        host.change("eth0") { $0.addresses[1].isDuplicate = true }
        #expect(host.found().contains("error duplicate-address eth0"))
    }

    /// 28 bytes, 4 for each address, and 8 for the password's field of version 2.
    @Test
    func advertisementsMustFit() {
        let addresses = (1...20).map { "10.0.0.\($0 + 100)" }.joined(separator: "\n")
        var host = ExaminedHost(ExaminedHost.instance("", addresses: addresses))
        host.change("eth0") { $0.mtu = 116 }
        #expect(host.found() == [])
        host.change("eth0") { $0.mtu = 115 }
        #expect(host.found() == ["error mtu-too-small VI_1"])
        #expect(host.finding("mtu-too-small")?.message.contains("116 bytes") == true)
    }

    @Test
    func aVLANMayNotBeLargerThanWhatIsBelow() {
        var host = ExaminedHost(ExaminedHost.instance("", interface: "eth0.5"))
        var vlan = ExaminedHost.interface("eth0.5", "10.0.0.1", 25, 1)
        vlan.parent = "eth0"
        vlan.mtu = 1600
        host.state.interfaces.append(vlan)
        #expect(host.found() == ["warning mtu-mismatch eth0.5 of VI_1"])
    }

    // MARK: Addresses

    @Test
    func heldElsewhere() {
        var host = ExaminedHost(ExaminedHost.pair)
        host.change("eth1") { $0.addresses.append(ExaminedHost.address("10.0.0.3", 32)) }
        #expect(host.found() == ["error address-elsewhere VI_1"])
        #expect(host.finding("address-elsewhere")?.mend == ["ip address del 10.0.0.3/32 dev eth1"])
    }

    @Test
    func leftBehind() {
        var host = ExaminedHost(ExaminedHost.pair)
        host.change("eth0") { $0.addresses.append(ExaminedHost.address("10.0.0.3", 32)) }
        #expect(host.found() == [])
        host.state.directorRuns = false
        #expect(host.found() == ["warning address-left VI_1", "note no-director "])
    }

    /// On a macvlan above the interface it is where it belongs.
    @Test
    func onItsVirtualInterface() {
        var host = ExaminedHost(ExaminedHost.pair)
        var virtual = ExaminedHost.interface("vrrp.50", "10.0.0.3", 32, 3)
        virtual.kind = "macvlan"
        virtual.parent = "eth0"
        host.state.interfaces.append(virtual)
        #expect(host.found() == [])
    }

    @Test
    func outsideOfTheNetwork() {
        let host = ExaminedHost(ExaminedHost.instance("", addresses: "10.9.0.3"))
        #expect(host.found() == ["warning address-outside VI_1"])
        #expect(ExaminedHost(ExaminedHost.instance("", addresses: "10.9.0.3/24")).found() == [])
    }

    // MARK: The wire

    private func answered(_ address: IPv4Address, by others: [UInt64], packets: Int = 3) -> ExaminedHost {
        var host = ExaminedHost(ExaminedHost.pair)
        host.state.wire.interfaces = ["eth0"]
        host.state.wire.listened = .seconds(2)
        host.state.wire.packets = packets
        host.state.wire.asked = ["eth0": [address]]
        host.state.wire.answers = others.map {
            AddressAnswer(interface: "eth0", address: address, hardwareAddress: MACAddress($0))
        }
        return host
    }

    @Test
    func oneAnswerIsTheActiveRouter() {
        #expect(answered(IPv4Address(10, 0, 0, 3), by: [7]).found() == [])
    }

    @Test
    func twoAnswersAreSplitBrain() {
        #expect(answered(IPv4Address(10, 0, 0, 3), by: [7, 8]).found() == ["error split-brain VI_1"])
    }

    @Test
    func anAnswerForWhatWeHoldIsSplitBrain() {
        var host = answered(IPv4Address(10, 0, 0, 3), by: [7])
        host.change("eth0") { $0.addresses.append(ExaminedHost.address("10.0.0.3", 32)) }
        #expect(host.found() == ["error split-brain VI_1"])
        #expect(host.finding("split-brain")?.evidence.first?.contains("00:00:00:00:00:07") == true)
    }

    @Test
    func anAnswerWithoutAdvertisements() {
        #expect(answered(IPv4Address(10, 0, 0, 3), by: [7], packets: 0).found() == ["warning address-taken VI_1"])
    }

    @Test
    func anAnswerForOurOwnAddress() {
        #expect(answered(IPv4Address(10, 0, 0, 1), by: [7]).found() == ["error duplicate-address eth0"])
    }

    @Test
    func alarmsOfTheWire() {
        var host = ExaminedHost(ExaminedHost.pair)
        host.state.wire.alarms = [
            WireFacts.Alarm(
                kind: "split-brain", sentence: "both advertise", interface: "eth0", severity: .error),
            WireFacts.Alarm(kind: "interval", sentence: "2 s and 1 s", interface: "eth0", severity: .warning),
        ]
        #expect(host.found() == ["error wire-split-brain eth0", "warning wire-interval eth0"])
    }
}
