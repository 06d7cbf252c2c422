import Glibc
import KeepalivedConfig
import VRRPProtocol

extension Worker {
    /// Makes what runs a configuration's virtual servers beside the virtual routers.
    func makeBalancer(
        _ configuration: Configuration, beside surroundings: Surroundings, runner: ScriptRunner,
        over kernel: any KernelTable
    ) -> Balancer {
        let states = KnownStates(at: plan.state.states, time: loop, log: log)
        var random = SystemRandomNumberGenerator()
        return Balancer(
            configuration,
            in: BalancerSurroundings(
                time: loop, table: TableKeeper(kernel, states: states, time: loop, log: log),
                probes: MachineProbes(runner: runner), addresses: surroundings.network, feeds: surroundings.feeds,
                sessions: sessions, listener: surroundings.listener, states: states, log: log,
                descriptors: Self.descriptorsForAttempts, seed: random.next()))
    }

    /// Most of what this process may open. The rest is for sockets of VRRP, scripts, the control socket and mail.
    private static var descriptorsForAttempts: Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 512 }
        let all = Int(clamping: limit.rlim_cur)
        return max(all - max(256, all / 8), all / 2)
    }
}

extension TableKeeper: ServiceTable {}

extension BFDSessions: SessionSource {}
