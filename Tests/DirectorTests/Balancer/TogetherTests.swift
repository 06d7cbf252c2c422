import Glibc
import HealthPolicy
import KeepalivedConfig
import Testing
import VRRPProtocol

@testable import Director

/// Virtual servers and what virtual routers track, with scripts and files that are real: the one can follow the other.
@Suite("Virtual servers and tracking together")
struct TogetherTests {
    private let stage: Stage
    private let scripts: MachineScripts
    private let director = FakeDirector()
    private let readings = Readings()

    private final class Readings {
        var values: [Tracker.Reading] = []
    }

    init() throws {
        stage = try Stage()
        scripts = MachineScripts(runner: stage.runner, sessions: BFDSessions(loop: stage.loop, log: stage.log))
    }

    private func begin(_ text: String) -> Balancer {
        let configuration = FakeWorld.configuration(text)
        let states = KnownStates(at: stage.folder + "/states", time: stage.loop, log: stage.log)
        let balancer = Balancer(
            configuration,
            in: BalancerSurroundings(
                time: stage.loop, table: director, probes: MachineProbes(runner: stage.runner),
                addresses: director.world, feeds: scripts, sessions: director, listener: scripts, states: states,
                log: stage.log, descriptors: 100, seed: 1))
        scripts.update(to: configuration)
        scripts.observe { [readings] kind, name, reading in
            if kind == .file, name == "standing" { readings.values.append(reading) }
        }
        scripts.track(by: configuration)
        balancer.start(isReplacement: false)
        return balancer
    }

    private var server: String { director.table.values.contains { $0["10.0.0.11:80"] != nil } ? "there" : "away" }

    @Test("A quorum script writes the track_file that an instance tracks, and MISC_CHECK asks a script")
    func quorum() {
        let (mark, standing) = (stage.folder + "/well", stage.folder + "/standing")
        for path in [mark, standing] { close(open(path, O_WRONLY | O_CREAT, 0o644)) }
        let balancer = begin(
            """
            track_file standing {
                file \(standing)
                weight 0
            }
            vrrp_instance VI_1 {
                virtual_router_id 1
                interface lo
                track_file {
                    standing
                }
            }
            virtual_server 10.0.0.1 80 {
                lb_algo rr
                lb_kind DR
                protocol TCP
                delay_loop 0.1
                quorum_up "/bin/sh -c 'echo 0 >\(standing)'"
                quorum_down "/bin/sh -c 'echo 1 >\(standing)'"
                real_server 10.0.0.11 80 {
                    MISC_CHECK {
                        misc_path "/usr/bin/test -e \(mark)"
                    }
                }
            }
            """)
        stage.wait("the server in the table") { [director] in !director.table.isEmpty }
        #expect(server == "there")
        stage.wait("some checks") { balancer.snapshot.services.first?.servers.first?.checks.first?.outcome != nil }
        #expect(server == "there")
        unlink(mark)
        stage.wait("the reading of a lost quorum") { [readings] in readings.values.last == .value(1) }
        #expect(server == "away")
        close(open(mark, O_WRONLY | O_CREAT, 0o644))
        stage.wait("the reading of a gained quorum") { [readings] in readings.values.last == .value(0) }
        #expect(server == "there")
        balancer.stop()
    }

    @Test("A script that hangs is ended after misc_timeout, and counts as failed")
    func hanging() {
        let balancer = begin(
            """
            virtual_server 10.0.0.1 80 {
                lb_algo rr
                lb_kind DR
                protocol TCP
                delay_loop 60
                warmup 0
                real_server 10.0.0.11 80 {
                    MISC_CHECK {
                        misc_path "/bin/sleep 30"
                        misc_timeout 1
                    }
                }
            }
            """)
        stage.wait("the end of the script") { balancer.snapshot.services.first?.servers.first?.isUp == false }
        let outcome = balancer.snapshot.services.first?.servers.first?.checks.first?.outcome
        #expect(outcome?.result == .failed("took too long and was ended"))
        #expect((outcome?.duration ?? .zero) >= .seconds(1))
        #expect(server == "away")
        balancer.stop()
    }

    @Test("misc_dynamic: what each exit status means", arguments: [0, 1, 2, 10, 255])
    func statuses(status: Int32) {
        let expected: CheckResult =
            switch status {
            case 0: .passed
            case 1: .failed("exited with status 1")
            default: .passed(.absolute(Int(status) - 2))
            }
        #expect(ScriptProbe.judge(.exited(status), isDynamic: true) == expected)
        #expect(ScriptProbe.judge(.exited(status), isDynamic: false).isSuccess == (status == 0))
        #expect(ScriptProbe.judge(.killed(9), isDynamic: true) == .failed("was killed by signal 9 (Killed)"))
        #expect(ScriptProbe.judge(.failed("no"), isDynamic: true) == .undecided("was not run: no"))
    }
}
