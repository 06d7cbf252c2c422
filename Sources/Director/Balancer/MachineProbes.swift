import Glibc
import HealthChecks
import KeepalivedConfig
import Reactor

/// The probes that this machine makes: connections, and the scripts of `MISC_CHECK`.
final class MachineProbes: ProbeSource {
    private let loop: EventLoop
    private let runner: ScriptRunner
    private var factory: ProbeFactory

    init(runner: ScriptRunner) {
        loop = runner.loop
        self.runner = runner
        factory = ProbeFactory(loop: runner.loop, hostName: Self.hostName(), tls: nil)
    }

    func update(to configuration: Configuration) {
        factory = ProbeFactory(loop: loop, hostName: Self.hostName(), tls: configuration.tls)
    }

    func probe(_ checker: Checker, of server: RealServer, in service: VirtualServer) -> (any Probe)? {
        guard case .script(let check) = checker.kind else {
            return factory.probe(checker, for: server.endpoint.value)
        }
        // Without a command there is a fault in the configuration, and it is not run.
        guard let command = check.command.value else { return nil }
        let call = ScriptCall(
            "MISC_CHECK of \(server.endpoint.value.name)", command, user: check.user.value,
            timeout: check.timeout.value ?? checker.timing.delayLoop.value)
        return ScriptProbe(call, isDynamic: check.isDynamic.value, runner)
    }

    /// This host's name, for greetings.
    private static func hostName() -> String {
        var bytes = [CChar](repeating: 0, count: 256)
        guard gethostname(&bytes, bytes.count - 1) == 0 else { return "localhost" }
        return bytes.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } } ?? "localhost"
    }
}
