import Reactor
import VRRPProtocol

/// How much of a turn of the loop all clients together may take.
///
/// What they ask for is done in small pieces; after a millisecond of them the rest waits for the next turn, so that
/// advertisements leave in time whatever is asked here.
final class ControlShare {
    private let loop: EventLoop
    private var turn = Instant(nanoseconds: .min)
    private var used = Duration.zero

    private static let whole = Duration.milliseconds(1)

    init(_ loop: EventLoop) { self.loop = loop }

    /// Whether there is some left in this turn.
    var isLeft: Bool {
        if turn != loop.now {
            turn = loop.now
            used = .zero
        }
        return used < Self.whole
    }

    /// Counts the time that something takes.
    func spend(_ body: () -> Void) {
        let begin = EventLoop.clock()
        body()
        used += EventLoop.clock() - begin
    }
}
