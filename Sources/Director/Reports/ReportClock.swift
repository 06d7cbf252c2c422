package import ControlProtocol
package import PacketFormats
package import VRRPProtocol

/// Instants of the machine's clock as times of day, as of one moment. Where the time of day has jumped since something
/// happened, it is told as if it had not.
package struct ReportClock: Hashable, Sendable {
    private let instant: Instant
    /// The moment itself.
    package let now: Timestamp

    package init(_ instant: Instant, is time: WallTime) {
        self.instant = instant
        now = Timestamp(milliseconds: time.seconds &* 1000 &+ Int64(time.nanoseconds / 1_000_000))
    }

    package init(_ time: any Timekeeper) { self.init(time.now, is: time.wallTime) }

    package func time(of event: Instant) -> Timestamp {
        let (seconds, attoseconds) = (event - instant).components
        return Timestamp(milliseconds: now.milliseconds &+ seconds &* 1000 &+ attoseconds / 1_000_000_000_000_000)
    }
}

extension Duration {
    /// Whole milliseconds.
    var milliseconds: Int {
        let (seconds, attoseconds) = components
        return Int(clamping: seconds &* 1000 &+ attoseconds / 1_000_000_000_000_000)
    }

    /// Whole microseconds.
    var microseconds: Int {
        let (seconds, attoseconds) = components
        return Int(clamping: seconds &* 1_000_000 &+ attoseconds / 1_000_000_000_000)
    }
}
