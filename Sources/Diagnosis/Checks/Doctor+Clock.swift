import KeepalivedConfig

extension Doctor {
    /// Clock sources that are slow to read, or cannot be relied on.
    private static let poorSources: Set<String> = ["jiffies", "acpi_pm", "hpet", "refined-jiffies", "pit"]
    /// A jump that an advertisement of a usual interval would notice.
    private static let noticeable = Duration.milliseconds(100)

    mutating func examineClock() {
        let clock = host.clock
        if clock.jump > Self.noticeable || clock.jump < .zero - Self.noticeable {
            find(
                .warning, "time-jump", "",
                "the time of day jumped by \(Self.shown(clock.jump)) within \(Self.shown(clock.observed))",
                evidence: ["CLOCK_REALTIME against CLOCK_BOOTTIME"],
                mend: ["chronyc tracking, timedatectl timesync-status: let one program keep the time, and slew it"])
        }
        let replaying = instances.first { $0.messageAuthentication?.replay.value == .time }
        if clock.isSynchronised == false {
            let evidence = ["adjtimex: STA_UNSYNC"]
            if let replaying {
                find(
                    .warning, "clock-unsynchronised", replaying.name.value,
                    "auth_hmac with replay time compares clocks, and nothing keeps this host's right",
                    evidence: evidence, mend: ["systemctl enable --now chrony"])
            } else {
                find(
                    .note, "clock-unsynchronised", "",
                    "nothing keeps this host's clock right: times in logs of several nodes cannot be compared",
                    evidence: evidence, mend: ["systemctl enable --now chrony"])
            }
        }
        if clock.suspended > .seconds(1) {
            find(
                .note, "was-suspended", "",
                "this host stood still for \(Self.shown(clock.suspended)) since it was booted: peers took over then",
                evidence: ["CLOCK_BOOTTIME is ahead of CLOCK_MONOTONIC by \(Self.shown(clock.suspended))"])
        }
        if Self.poorSources.contains(clock.source) {
            find(
                .note, "slow-clock", clock.source, "the kernel reads the time from \(clock.source), which is slow",
                evidence: ["/sys/devices/system/clocksource/clocksource0/current_clocksource is \(clock.source)"])
        }
        examineRealTime()
    }

    private mutating func examineRealTime() {
        guard let priority = configuration?.global.process.realTimePriority.value,
            let runtime = host.clock.realTimeRuntime, let period = host.clock.realTimePeriod, runtime >= 0
        else { return }
        guard runtime * 2 < period else { return }
        let path = "/proc/sys/kernel/sched_rt_runtime_us"
        find(
            runtime == 0 ? .error : .warning, "realtime-throttled", "",
            runtime == 0
                ? "vrrp_rt_priority \(priority) is configured, and the kernel gives real-time processes no time"
                : "vrrp_rt_priority \(priority) is configured, and the kernel gives real-time processes "
                    + "only \(runtime) of \(period) microseconds",
            evidence: ["\(path) is \(runtime)", "/proc/sys/kernel/sched_rt_period_us is \(period)"],
            remedies: [.sysctl(path: "kernel/sched_rt_runtime_us", value: String(period * 95 / 100))])
    }
}
