import CLinux
package import Diagnosis
import Glibc

extension HostState {
    mutating func readClock() {
        let answer = clinux_clock_is_synchronised()
        clock.isSynchronised = answer < 0 ? nil : answer == 1
        clock.source =
            SmallFile.text("/sys/devices/system/clocksource/clocksource0/current_clocksource") ?? ""
        let suspended = Self.read(CLOCK_BOOTTIME) - Self.read(CLOCK_MONOTONIC)
        clock.suspended = max(suspended, .zero)
    }

    /// The time of day and the time since boot at one moment.
    package struct Moment: Sendable {
        fileprivate var day: Duration
        fileprivate var boot: Duration

        package static var now: Moment {
            Moment(day: HostState.read(CLOCK_REALTIME), boot: HostState.read(CLOCK_BOOTTIME))
        }
    }

    /// Notes by how much the time of day has jumped since a moment.
    package mutating func noteJump(since start: Moment) {
        let now = Moment.now
        clock.observed = now.boot - start.boot
        clock.jump = now.day - start.day - clock.observed
    }

    fileprivate static func read(_ clock: clockid_t) -> Duration {
        var time = timespec()
        clock_gettime(clock, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
