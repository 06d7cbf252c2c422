/// `lvs_sched`: the kernel's schedulers of virtual servers.
package enum Scheduler: String, Hashable, Sendable, CaseIterable {
    case rr
    case wrr
    case lc
    case wlc
    case lblc
    case lblcr
    case sh
    case mh
    case dh
    case fo
    case ovf
    case sed
    case nq
    case twos
}
