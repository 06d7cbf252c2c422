import Diagnosis

extension HostState {
    /// Settings of the whole host or network namespace.
    private static let wide = [
        "net/ipv4/ip_forward", "net/ipv6/conf/all/forwarding", "net/ipv4/ip_nonlocal_bind", "net/ipv6/ip_nonlocal_bind",
        "net/ipv4/vs/conntrack", "net/ipv4/vs/expire_nodest_conn", "net/ipv4/vs/expire_quiescent_template",
        "net/bridge/bridge-nf-call-iptables",
    ]
    /// Settings of each interface.
    private static let ofInterfaces = [
        "rp_filter", "arp_ignore", "arp_announce", "arp_filter", "send_redirects",
    ]

    mutating func readSysctls() {
        for path in Self.wide { sysctls[path] = SmallFile.text("/proc/sys/\(path)") }
        for name in ["all"] + interfaces.map(\.name) {
            for setting in Self.ofInterfaces {
                let path = "net/ipv4/conf/\(name)/\(setting)"
                sysctls[path] = SmallFile.text("/proc/sys/\(path)")
            }
        }
        clock.realTimeRuntime = SmallFile.text("/proc/sys/kernel/sched_rt_runtime_us").flatMap { Int($0) }
        clock.realTimePeriod = SmallFile.text("/proc/sys/kernel/sched_rt_period_us").flatMap { Int($0) }
    }
}
