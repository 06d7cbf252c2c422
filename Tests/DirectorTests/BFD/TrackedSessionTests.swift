import PacketFormats
import Reactor
import Testing
import VRRPProtocol

@testable import Director

@Suite("track_bfd")
struct TrackedSessionTests {
    private final class Heard {
        var readings: [(kind: Tracker.Kind, name: String, reading: Tracker.Reading)] = []
    }

    private func text(tracked: String = "b1") -> String {
        """
        bfd_instance b1 {
        neighbor_ip 10.9.0.2
        }
        bfd_instance b2 {
        neighbor_ip 10.9.0.3
        }
        vrrp_instance V {
        interface eth0
        virtual_router_id 5
        track_bfd {
        \(tracked)
        }
        virtual_ipaddress {
        10.9.0.100
        }
        }
        """
    }

    @Test("A tracked session is bad until it is up, and what is not tracked is not told")
    func readings() throws {
        let world = FakeBFDWorld()
        let heard = Heard()
        let loop = try EventLoop()
        let log = Log(level: .error, format: .text, descriptor: -1, priorities: false)
        let feeds = TrackerFeeds(runner: ScriptRunner(loop: loop, log: log), sessions: world.sessions) {
            heard.readings.append(($0, $1, $2))
        }
        feeds.update(to: FakeWorld.configuration(text()))
        #expect(heard.readings.map(\.reading) == [.bad] && heard.readings.map(\.name) == ["b1"])
        world.update(text())
        world.comeUp(with: "10.9.0.2")
        world.comeUp(with: "10.9.0.3")
        #expect(heard.readings.map(\.reading) == [.bad, .good])
        #expect(feeds.reading(of: .bfd, name: "b2") == .unknown)
        // Tracked from now on: what it is, is known.
        feeds.update(to: FakeWorld.configuration(text(tracked: "b1\nb2")))
        #expect(heard.readings.map(\.name) == ["b1", "b1", "b2"] && heard.readings.last?.reading == .good)
        world.clock.pass(.milliseconds(40))
        #expect(heard.readings.dropFirst(3).map(\.reading) == [.bad, .bad])
        feeds.stop()
        world.comeUp(with: "10.9.0.2")
        #expect(heard.readings.count == 5)
    }

    @Test("An instance is in fault while its session is down, and comes back with it")
    func fault() throws {
        let world = FakeWorld()
        world.set("eth0", index: 2, "10.9.0.1")
        let daemon = try world.daemon(text())
        world.give(.bfd, "b1", .bad)
        world.pass(.seconds(10))
        #expect(daemon.instances[0].router.state == .fault)
        world.give(.bfd, "b1", .good)
        world.pass(.seconds(10))
        #expect(daemon.instances[0].router.state == .active)
        world.give(.bfd, "b1", .bad)
        #expect(daemon.instances[0].router.state == .fault)
    }
}
