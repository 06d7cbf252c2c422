import PacketFormats
import VRRPProtocol

@testable import Director

/// A clock that passes when the test says so.
final class TableClock: Timekeeper {
    /// It passes only when a test says so.
    func refresh() {}

    private(set) var now = Instant(nanoseconds: 1_000_000_000_000)
    private var alarms: [Ring] = []

    private final class Ring: Alarm {
        var deadline: Instant?
        let body: (Instant) -> Void
        init(_ body: @escaping (Instant) -> Void) { self.body = body }
        func set(_ deadline: Instant?) { self.deadline = deadline }
    }

    var wallTime: WallTime { WallTime(seconds: 1_700_000_000, nanoseconds: 0) }

    func alarm(_ ring: @escaping (Instant) -> Void) -> any Alarm {
        let alarm = Ring(ring)
        alarms.append(alarm)
        return alarm
    }

    func atEndOfTurn(_ body: @escaping () -> Void) {}

    func pass(_ duration: Duration) {
        let end = now + duration
        while let next = alarms.filter({ $0.deadline.map { $0 <= end } ?? false })
            .min(by: { ($0.deadline ?? end) < ($1.deadline ?? end) })
        {
            now = max(now, next.deadline ?? now)
            next.deadline = nil
            next.body(now)
        }
        now = end
    }
}
