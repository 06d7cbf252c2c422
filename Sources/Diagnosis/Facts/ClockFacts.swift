/// What is known of this host's clocks.
package struct ClockFacts: Hashable, Sendable {
    /// Whether something keeps the clock right (adjtimex); nil where it cannot be asked.
    package var isSynchronised: Bool?
    /// /sys/devices/system/clocksource/clocksource0/current_clocksource; empty where there is none.
    package var source = ""
    /// For how long the host has been suspended since it was booted.
    package var suspended = Duration.zero
    /// By how much the time of day jumped while the host was looked at.
    package var jump = Duration.zero
    /// For how long that was.
    package var observed = Duration.zero
    /// `kernel.sched_rt_runtime_us` and `kernel.sched_rt_period_us`; nil where they cannot be read.
    package var realTimeRuntime: Int?
    package var realTimePeriod: Int?

    package init() {}
}
