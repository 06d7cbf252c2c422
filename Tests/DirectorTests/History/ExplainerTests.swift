import Addresses
import ControlProtocol
import HealthPolicy
import Testing
import VRRPProtocol

@testable import Director

/// What a running daemon says of itself.
struct ExplainerTests {
    private let folder = TemporaryFolder()
    private let history: History

    init() { history = History(at: folder.path + "/events") }

    private static let routers = """
        vrrp_script chk {
            script "/bin/true"
            weight -20
        }
        vrrp_sync_group both {
            group {
                dmz
                wan
            }
        }
        vrrp_instance lan {
            interface eth0
            virtual_router_id 51
            priority 100
            virtual_ipaddress {
                10.0.0.3/24
            }
            track_script {
                chk
            }
            track_interface {
                eth7
            }
        }
        vrrp_instance dmz {
            interface eth0
            virtual_router_id 52
            nopreempt
            priority 100
            virtual_ipaddress {
                10.0.0.4/24
            }
        }
        vrrp_instance wan {
            interface eth8
            virtual_router_id 53
            priority 100
            virtual_ipaddress {
                10.0.0.5/24
            }
        }
        """

    private func sentences(
        _ name: String, _ daemon: Daemon, _ balancer: Balancer? = nil
    ) throws -> [ExplanationReport.Sentence] {
        try #require(try Explainer(daemon, balancer, history).explanations(of: name).first).sentences
    }

    @Test
    func whatIsSaidOfRoutersThatRun() throws {
        let world = FakeWorld()
        world.set("eth0", index: 2, "10.0.0.1")
        world.set("eth7", index: 7)
        world.give(.script, "chk", .bad)
        let daemon = try world.daemon(Self.routers)
        daemon.surroundings.log.history = history
        world.give(.script, "chk", .bad)
        world.receive(try FakeWorld.advertisement(from: "10.0.0.2", priority: 90), on: Segment(.ipv4, on: 2))
        let texts = try sentences("lan", daemon).map(\.text)
        #expect(texts.contains("Its priority is 80: 100 from the configuration, −20 because script chk fails."))
        #expect(texts.contains("10.0.0.2 is active with priority 90, which is higher than its own 80."))
        #expect(texts.contains("If no advertisement comes from 10.0.0.2 for 3.688 s, it takes over."))
        #expect(
            texts.contains(
                "If script chk succeeds again, its priority rises by 20 to 100, which is above 90 of 10.0.0.2, and it "
                    + "takes over because it preempts."))
        #expect(texts.contains("If interface eth7 goes down, it is in fault."))
        // A member of a group of which another cannot take part.
        let dmz = try sentences("dmz", daemon).map(\.text)
        #expect(dmz.contains("It takes no part in the election: wan of its sync group cannot take part."))
        #expect(
            dmz.contains("When wan of its sync group can take part, it listens as backup, and an election decides."))
        let wan = try sentences("wan", daemon).map(\.text)
        #expect(wan.contains("It takes no part in the election: interface eth8 is down or missing."))
        #expect(wan.last?.hasPrefix("When interface eth8 is up, and the other cause is gone as well, ") == true)
    }

    @Test
    func whatWasRefusedComesFromTheHistory() throws {
        let world = FakeWorld()
        world.set("eth0", index: 2, "10.0.0.1")
        let daemon = try world.daemon(Self.routers)
        daemon.surroundings.log.history = history
        world.receive(
            try FakeWorld.advertisement(from: "10.0.0.9", priority: 90, interval: .seconds(5)),
            on: Segment(.ipv4, on: 2))
        let refused = try #require(try sentences("lan", daemon).first { $0.topic == .rejected })
        #expect(refused.fields["reason"] == "interval-error")
        #expect(refused.fields["source"] == "10.0.0.9")
        #expect(refused.text.hasPrefix("1 packet was not believed: its advertisement interval is another one"))
    }

    @Test
    func anUnknownName() throws {
        let daemon = try FakeWorld().daemon(Self.routers)
        #expect(throws: UnknownName.self) { try Explainer(daemon, nil, history).explanations(of: "lam") }
    }

    @Test
    func whatIsSaidOfServers() throws {
        let text = """
            virtual_server 10.0.0.1 80 {
                lb_algo rr
                lb_kind DR
                protocol TCP
                delay_loop 10
                warmup 0
                sorry_server 10.0.0.99 80
                real_server 10.0.0.11 80 {
                    inhibit_on_failure
                    TCP_CHECK {
                        retry 2
                        delay_before_retry 3
                    }
                }
            }
            """
        let director = FakeDirector()
        director.begin(text)
        let balancer = try #require(director.balancer)
        balancer.surroundings.log.history = history
        director.pass(.seconds(5))
        let daemon = try FakeWorld().daemon(text)
        func texts(_ name: String) throws -> [String] {
            // The balancer's clock is its own world's.
            try sentences(name, daemon, balancer).map(\.text)
        }
        var said = try texts("10.0.0.11:80")
        #expect(
            said.contains(
                "If 3 attempts in a row of TCP_CHECK, 3 s apart, fail, it is down, and 10.0.0.1:80 TCP loses its quorum: "
                    + "sorry server 10.0.0.99:80 takes over."))
        director.answers["10.0.0.11:80"] = .failed("refused the connection")
        director.pass(.seconds(6))
        said = try texts("10.0.0.11:80")
        #expect(said.contains { $0.contains("attempt has failed, and it still counts as up") })
        #expect(said.contains { $0.hasPrefix("If 2 attempts in a row of TCP_CHECK") })
        director.pass(.seconds(20))
        said = try texts("10.0.0.11:80")
        #expect(said.first?.contains(": TCP_CHECK refused the connection (3 attempts in") == true)
        #expect(
            said.contains { $0.hasSuffix("while it is down it stays in the table with weight 0: inhibit_on_failure.") })
        #expect(
            said.last
                == "If the next attempt of TCP_CHECK succeeds, it is up, and 10.0.0.1:80 TCP gains its quorum: sorry "
                + "server 10.0.0.99:80 is relieved.")
        #expect(try texts("10.0.0.1:80 TCP").first?.hasPrefix("10.0.0.1:80 TCP has lost its quorum") == true)
        #expect(try texts("[10.0.0.1]:tcp:80").count == 2)
    }
}
