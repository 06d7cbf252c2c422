import CLinux
import Reactor
import VRRPProtocol

/// Gives back what only a start needed, once the process has come to rest. What it uses all the time comes back at once.
final class Settling {
    /// After a start or a reload, and after the transitions that follow it.
    private static let times: [Duration] = [.seconds(3), .seconds(10), .seconds(30)]

    private var timer: Timer?
    private var start = Instant.origin
    private var next = 0

    init(_ loop: EventLoop) {
        timer = loop.timer { [unowned self] _ in
            clinux_give_back_memory()
            next += 1
            arm()
        }
    }

    /// Something has begun that will be over soon.
    func begin() {
        start = EventLoop.clock()
        next = 0
        arm()
    }

    private func arm() {
        timer?.set(next < Self.times.count ? start + Self.times[next] : nil)
    }
}
