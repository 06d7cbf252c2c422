import Addresses
import Testing
import VRRPProtocol

/// Gratuitous ARP and unsolicited neighbour advertisements (RFC 9568 section 6.4.1), and what of the data plane
/// (sections 7.3 and 8) the machine decides. How the packets look is tested with their formats.
@Suite("Announcements and data plane")
struct AnnouncementRuleTests {
    @Test(
        "Rule 61: each IPv4 address is announced once on becoming active", arguments: [Flavour.version2, .version3IPv4])
    func gratuitousARP(flavour: Flavour) {
        var bench = Bench.backup(flavour.strict())
        #expect(bench.wait(.seconds(4)).filter(\.isAnnouncement) == [.announce(flavour.virtual, 1)])
        #expect(bench.wait(.seconds(3600)).filter(\.isAnnouncement) == [])
    }

    @Test("Rule 62: each IPv6 address is announced once on becoming active")
    func unsolicitedNeighbourAdvertisement() {
        let flavour = Flavour.version3IPv6
        var bench = Bench.backup(flavour.strict())
        #expect(bench.wait(.seconds(4)).filter(\.isAnnouncement) == [.announce(flavour.virtual, 1)])
    }

    @Test("keepalived announces five times, and five times more after five seconds", arguments: Flavour.allCases)
    func keepalivedAnnouncements(flavour: Flavour) {
        var bench = Bench.active(flavour.keepalived { $0.excludedAddresses = [flavour.another] })
        let all = flavour.virtual + [flavour.another]
        #expect(bench.wait(.milliseconds(4999)).filter(\.isAnnouncement) == [])
        #expect(bench.wait(.milliseconds(1)).filter(\.isAnnouncement) == [.announce(all, 5)])
        #expect(bench.wait(.seconds(3600)).filter(\.isAnnouncement) == [])
    }

    @Test("garp_master_refresh repeats the announcements as long as the router is active")
    func refresh() {
        let flavour = Flavour.version2
        var bench = Bench.active(
            flavour.keepalived {
                $0.policy.announcements.delay = .zero
                $0.policy.announcements.refresh = .seconds(60)
                $0.policy.announcements.refreshCount = 2
            })
        #expect(bench.wait(.seconds(59)).filter(\.isAnnouncement) == [])
        #expect(bench.wait(.seconds(1)).filter(\.isAnnouncement) == [.announce(flavour.virtual, 2)])
        #expect(bench.wait(.seconds(600)).filter(\.isAnnouncement).count == 10)
        _ = bench.hear(200, from: flavour.higher)
        #expect(bench.wait(.seconds(1)).filter(\.isAnnouncement) == [])
    }

    @Test("vrrp_min_garp sends one announcement and no second round")
    func minimal() {
        let flavour = Flavour.version2
        var bench = Bench.backup(flavour.keepalived { $0.policy.announcements = .minimal })
        #expect(bench.wait(.seconds(60)).filter(\.isAnnouncement) == [.announce(flavour.virtual, 1)])
        #expect(bench.hear(1, from: flavour.lower).filter(\.isAnnouncement) == [.announce(flavour.virtual, 1)])
        #expect(bench.wait(.seconds(60)).filter(\.isAnnouncement) == [])
    }

    @Test("many losers in a row have one second round of announcements, and it is not put off")
    func secondRoundAfterLosers() {
        let flavour = Flavour.version2
        var bench = Bench.active(flavour.keepalived { $0.policy.announcements.delay = .zero })
        for _ in 1...49 {
            _ = bench.wait(.milliseconds(100))
            _ = bench.hear(1, from: flavour.lower)
        }
        #expect(bench.wait(.milliseconds(200)).filter(\.isAnnouncement) == [.announce(flavour.virtual, 5)])
        #expect(bench.wait(.seconds(60)).filter(\.isAnnouncement) == [])
    }

    @Test("a repeat count of zero still announces once")
    func zeroCount() {
        let flavour = Flavour.version2
        var bench = Bench.backup(flavour.keepalived { $0.policy.announcements.count = 0 })
        #expect(bench.wait(.seconds(4)).filter(\.isAnnouncement) == [.announce(flavour.virtual, 1)])
    }

    @Test(
        "Rule 65: nothing is announced before the interface, the virtual MAC and the address are there",
        arguments: Flavour.allCases)
    func announcedWhenUp(flavour: Flavour) {
        var bench = Bench(flavour.strict { $0.priority = 255 })
        let virtualMAC = FaultCause(.virtualMACInterface, name: "vrrp.7")
        _ = bench.on(.faulted(virtualMAC))
        #expect(bench.on(.startup) == [.become(.fault)])
        #expect(bench.on(.timeReached) == [])
        let deeds = bench.on(.recovered(virtualMAC))
        #expect(deeds.filter(\.isAnnouncement) == [.announce(flavour.virtual, 1)])
        let install = deeds.firstIndex(of: .install(flavour.virtual))
        let announce = deeds.firstIndex(of: .announce(flavour.virtual, 1))
        #expect(install.map { $0 + 1 } == announce, "installed, then announced")
    }

    @Test("Rule 60: only the active router answers for the addresses and forwards", arguments: Flavour.allCases)
    func answers(flavour: Flavour) {
        var bench = Bench(flavour.keepalived())
        #expect(!bench.router.dataPlane.answersNeighbours && !bench.router.dataPlane.forwards)
        _ = bench.on(.startup)
        #expect(!bench.router.dataPlane.answersNeighbours && !bench.router.dataPlane.forwards)
        #expect(!bench.router.dataPlane.accepts, "a backup takes nothing for the addresses")
        _ = bench.wait(.seconds(4))
        #expect(bench.router.dataPlane.answersNeighbours && bench.router.dataPlane.forwards)
        _ = bench.on(.faulted(FaultCause(.interface)))
        #expect(!bench.router.dataPlane.answersNeighbours && !bench.router.dataPlane.forwards)
    }

    @Test("Rule 63: the solicited-node groups are those of the IPv6 addresses that are held")
    func solicitedNodeGroups() {
        let flavour = Flavour.version3IPv6
        var bench = Bench.backup(flavour.strict())
        #expect(bench.router.dataPlane.solicitedNodeAddresses == [])
        _ = bench.wait(.seconds(4))
        #expect(bench.router.dataPlane.solicitedNodeAddresses.map(IPAddress.v6) == flavour.virtual)
        #expect(Bench.active(Flavour.version2.strict()).router.dataPlane.solicitedNodeAddresses == [])
    }

    @Test("Rule 64: router advertisements are the active IPv6 router's", arguments: Flavour.allCases)
    func routerAdvertisements(flavour: Flavour) {
        #expect(!Bench.backup(flavour.strict()).router.dataPlane.sendsRouterAdvertisements)
        let active = Bench.active(flavour.strict())
        #expect(active.router.dataPlane.sendsRouterAdvertisements == (flavour == .version3IPv6))
    }

    @Test(
        "Rule 66: packets to the addresses are taken by owners, and by others with accept mode",
        arguments: Flavour.allCases)
    func acceptMode(flavour: Flavour) {
        #expect(!Bench.active(flavour.strict()).router.dataPlane.accepts, "off by the RFC")
        #expect(Bench.active(flavour.keepalived()).router.dataPlane.accepts, "on in keepalived")
        #expect(Bench.active(flavour.strict { $0.priority = 255 }).router.dataPlane.accepts, "owner")
        let refusing = flavour.keepalived { $0.policy.accepts = false }
        #expect(!Bench.active(refusing).router.dataPlane.accepts, "no_accept")
        #expect(Bench.active(refusing).router.dataPlane.answersNeighbours, "but neighbours are answered")
    }

    @Test("Rule 67: packets to the virtual addresses are never forwarded", arguments: Flavour.allCases)
    func notForwarded(flavour: Flavour) {
        let active = Bench.active(flavour.strict())
        for address in flavour.virtual { #expect(active.router.dataPlane.neverForwarded.contains(address)) }
        let settings = VirtualMACInterface(family: .ipv4, virtualRouterID: 7).settings
        #expect(settings.contains { $0.place == .virtualInterface && $0.name == "send_redirects" && $0.value == 0 })
    }

    @Test("Rule 68: packets to VRRP's group are never forwarded, in any state", arguments: Flavour.allCases)
    func groupNotForwarded(flavour: Flavour) throws {
        let group = try #require(IPAddress(text: flavour.family == .ipv4 ? "224.0.0.18" : "ff02::12"))
        for bench in [Bench(flavour.strict()), .backup(flavour.strict()), .active(flavour.strict())] {
            #expect(bench.router.dataPlane.neverForwarded.contains(group))
        }
    }

    @Test("Rule 69: no address is made from the virtual MAC")
    func noInterfaceIdentifier() {
        let interface = VirtualMACInterface(family: .ipv6, virtualRouterID: 7)
        #expect(interface.hardwareAddress == MACAddress(0x0000_5e00_0207))
        #expect(interface.settings.contains { $0.name == "addr_gen_mode" && $0.value == 1 })
        // With one address on both routers the tie would be dead: neither would yield.
        let flavour = Flavour.version3IPv6
        var bench = Bench.active(flavour.strict())
        _ = bench.hear(100, from: flavour.own)
        #expect(bench.router.state == .active)
        #expect(bench.reports == [.ownAddressHeard(Peer(address: flavour.own, priority: 100))])
    }

    @Test("Rule 70: the macvlan is private, answers for itself only, and the host's settings are put back")
    func virtualMACInterface() {
        let interface = VirtualMACInterface(family: .ipv4, virtualRouterID: 51)
        #expect(interface.hardwareAddress == MACAddress(0x0000_5e00_0133))
        #expect(interface.isPrivate)
        func value(_ place: VirtualMACInterface.Setting.Place, _ name: String) -> Int? {
            interface.settings.first { $0.place == place && $0.name == name }?.value
        }
        #expect(value(.virtualInterface, "arp_ignore") == 1)
        #expect(value(.virtualInterface, "accept_local") == 1)
        #expect(value(.virtualInterface, "rp_filter") == 0)
        #expect(value(.virtualInterface, "promote_secondaries") == 1)
        #expect(value(.parent, "arp_ignore") == 1)
        #expect(value(.parent, "arp_filter") == 1)
        #expect(value(.host, "rp_filter") == 0)
        for setting in interface.settings { #expect(setting.isRestored == (setting.place != .virtualInterface)) }
        let ipv6 = VirtualMACInterface(family: .ipv6, virtualRouterID: 51).settings
        #expect(ipv6.contains { $0.name == "accept_dad" && $0.value == 0 })
    }
}

extension Deed {
    fileprivate var isAnnouncement: Bool { if case .announce = self { true } else { false } }
}
