import CLinux
import Glibc
package import KeepalivedConfig

/// How the process itself runs: `vrrp_priority`, `vrrp_rt_priority`, `vrrp_rlimit_rttime`, `vrrp_cpu_affinity` and
/// `vrrp_no_swap`.
package enum ProcessSettings {
    /// `SCHED_RESET_ON_FORK` of <linux/sched.h>.
    private static let resetOnFork: Int32 = 0x4000_0000
    /// `RLIMIT_RTTIME` of <asm-generic/resource.h>.
    private static let realTimeLimit: UInt32 = 15

    /// Sets what the configuration asks for. It needs CAP_SYS_NICE and CAP_IPC_LOCK, or limits that allow it.
    ///
    /// - Returns: What was refused, a phrase for each. The daemon runs without it.
    package static func apply(_ definitions: ProcessDefinitions) -> [String] {
        var refused: [String] = []
        func check(_ keyword: String, _ isDone: Bool) {
            if !isDone { refused.append("\(keyword) is not possible: \(String(cString: strerror(errno)))") }
        }
        if let niceness = definitions.niceness.value {
            check(
                "vrrp_priority",
                setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, Int32(clamping: niceness)) == 0)
        }
        if let priority = definitions.realTimePriority.value {
            var parameters = sched_param()
            parameters.sched_priority = Int32(clamping: priority)
            // Scripts do not inherit it.
            check("vrrp_rt_priority", sched_setscheduler(0, SCHED_RR | Self.resetOnFork, &parameters) == 0)
            // Whoever reads a large configuration computes for longer than keepalived's usual 10 ms, and would be killed.
            if !definitions.realTimeLimit.origin.isStandard {
                let most = rlim_t(clamping: definitions.realTimeLimit.value)
                var limit = rlimit(rlim_cur: most, rlim_max: most)
                check("vrrp_rlimit_rttime", setrlimit(__rlimit_resource_t(Self.realTimeLimit), &limit) == 0)
            }
        }
        if !definitions.processors.value.isEmpty {
            let numbers = definitions.processors.value.map { Int32(clamping: $0) }
            check("vrrp_cpu_affinity", clinux_stay_on_processors(numbers, numbers.count) == 0)
        }
        if definitions.staysInMemory.value {
            check("vrrp_no_swap", mlockall(MCL_CURRENT | MCL_FUTURE) == 0)
        }
        return refused
    }
}
