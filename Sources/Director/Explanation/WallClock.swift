import ControlProtocol
import VRRPProtocol

/// What time of day an instant was, by both clocks as they are now.
struct WallClock {
    let now: Timestamp
    let instant: Instant

    func time(_ instant: Instant) -> Timestamp {
        let (difference, overflow) = instant.nanoseconds.subtractingReportingOverflow(self.instant.nanoseconds)
        guard !overflow else { return now }
        return Timestamp(milliseconds: now.milliseconds + difference / 1_000_000)
    }
}
