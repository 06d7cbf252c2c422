import Addresses
import ControlProtocol
import PacketFormats
import Testing
import VRRPProtocol

@testable import Director

/// What `status` tells of virtual routers in a made-up world, whose clock began at 1,700,000,000 + 1000 s.
struct InstanceReportTests {
    private let world = FakeWorld()
    private let eth0 = Segment(.ipv4, on: 2)

    private static let text = """
        vrrp_script web {
            script "/bin/true"
            weight -20
        }
        vrrp_instance VI_1 {
            interface eth0
            virtual_router_id 51
            priority 100
            track_script {
                web
            }
            virtual_ipaddress {
                10.0.0.3/24
                10.0.0.4/24
            }
        }
        """

    init() { world.set("eth0", index: 2, "10.0.0.1") }

    private func report(_ daemon: Daemon) throws -> InstanceReport {
        try #require(daemon.report(ofInstance: "VI_1", ReportClock(world)))
    }

    private func time(_ seconds: Int64, _ milliseconds: Int64 = 0) -> Timestamp {
        Timestamp(milliseconds: (1_700_001_000 + seconds) * 1000 + milliseconds)
    }

    @Test("A backup knows who is active; its priority is moved by what it tracks")
    func backup() throws {
        let daemon = try world.daemon(Self.text)
        world.give(.script, "web", .bad)
        world.pass(.seconds(1))
        world.receive(try FakeWorld.advertisement(from: "10.0.0.2", priority: 150), on: eth0)
        world.pass(.seconds(2))
        let report = try report(daemon)
        #expect(report.state == "backup")
        #expect(report.since == time(0))
        #expect(report.configuredPriority == 100)
        #expect(report.effectivePriority == 80)
        #expect(
            report.trackers == [
                TrackerReport(kind: "script", name: "web", reading: "down", weight: -20, isFault: false)
            ])
        #expect(
            report.activeRouter
                == PeerReport(address: "10.0.0.2", priority: 150, isThis: false, heardAt: time(1)))
        #expect(report.held.isEmpty)
        #expect(report.addresses == ["10.0.0.3/24", "10.0.0.4/24"])
        #expect(report.counters.received == 1)
        #expect(report.lastTransition?.cause == "started")
    }

    @Test("An active router holds the addresses that are on the host, and says why it is active")
    func active() throws {
        let daemon = try world.daemon(Self.text)
        world.give(.script, "web", .good)
        world.pass(.seconds(4))
        world.ownAddresses = [.v4(IPv4Address(10, 0, 0, 3))]
        let report = try report(daemon)
        #expect(report.state == "active")
        #expect(report.since == time(3, 610))
        #expect(
            report.activeRouter == PeerReport(address: "10.0.0.1", priority: 100, isThis: true, heardAt: nil))
        #expect(report.held == ["10.0.0.3/24"])
        #expect(report.source == "10.0.0.1")
        #expect(report.intervalMilliseconds == 1000)
        #expect(report.activeDownMilliseconds == 3609)
        #expect(report.counters.becameActive == 1)
        #expect(report.lastTransition?.from == "backup")
        #expect(report.lastTransition?.cause == "silence")
        #expect(report.lastTransition?.text == "no advertisement for 3.609 s")
    }

    @Test("A router in fault says what it lacks")
    func fault() throws {
        let daemon = try world.daemon(Self.text)
        world.remove("eth0")
        let report = try report(daemon)
        #expect(report.state == "fault")
        #expect(report.activeRouter == nil)
        #expect(
            report.faults.first
                == FaultReport(kind: "interface", name: "eth0", text: "interface eth0 is down or missing"))
    }

    @Test("Instances that a reload takes away while they are told are left out")
    func reloadInTheMiddle() throws {
        let two =
            Self.text
            + Self.text.replacing("VI_1", with: "VI_2").replacing("id 51", with: "id 52")
            .replacing("vrrp_script web", with: "vrrp_script other").replacing("10.0.0.", with: "10.0.1.")
        let daemon = try world.daemon(two)
        let next = daemon.instanceReports()
        #expect(next()?.name == "VI_1")
        _ = try daemon.reload(to: FakeWorld.configuration(Self.text))
        #expect(next() == nil)
        #expect(daemon.report(ofInstance: "VI_2", ReportClock(world)) == nil)
    }

    @Test("A sync group has its members and its state")
    func group() throws {
        let daemon = try world.daemon(Self.text + "\nvrrp_sync_group G {\n group {\n VI_1\n }\n}\n")
        world.give(.script, "web", .good)
        world.pass(.seconds(4))
        #expect(daemon.groupReports == [GroupReport(name: "G", state: "active", members: ["VI_1"])])
        #expect(try report(daemon).group == "G")
    }

    @Test("What happened before is told by the clock on the wall")
    func clock() {
        let clock = ReportClock(
            Instant(nanoseconds: 5_000_000_000), is: WallTime(seconds: 100, nanoseconds: 250_000_000))
        #expect(clock.now == Timestamp(milliseconds: 100_250))
        #expect(clock.time(of: Instant(nanoseconds: 3_900_000_000)) == Timestamp(milliseconds: 99_150))
        #expect(clock.time(of: Instant(nanoseconds: 6_000_000_000)) == Timestamp(milliseconds: 101_250))
    }
}
