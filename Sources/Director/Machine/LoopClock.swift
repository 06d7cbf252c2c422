import PacketFormats
import Reactor
import VRRPProtocol

/// The loop's clock and timers, as the daemon sees them.
final class LoopClock: Timekeeper {
    private let loop: EventLoop

    init(_ loop: EventLoop) {
        self.loop = loop
    }

    var now: Instant { loop.now }
    var wallTime: WallTime { Log.wallTime() }

    func alarm(_ ring: @escaping (Instant) -> Void) -> any Alarm {
        loop.timer(ring)
    }

    func atEndOfTurn(_ body: @escaping () -> Void) {
        loop.atEndOfTurn(body)
    }
}

extension Timer: Alarm {}
