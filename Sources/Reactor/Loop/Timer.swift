package import VRRPProtocol

/// A deadline in an `EventLoop`, and what to do then.
///
/// It fires once for each `set`, never early. Whoever made it holds it: a timer that is released does not fire.
package final class Timer {
    let fire: (Instant) -> Void
    private let queue: TimerQueue

    /// When it fires; nil if it is not armed. From within its own body it is nil until it is set anew.
    package internal(set) var deadline: Instant?

    /// Where it is in the queue's heap.
    var index = Timer.notQueued
    static let notQueued = -1

    init(in queue: TimerQueue, _ fire: @escaping (Instant) -> Void) {
        self.queue = queue
        self.fire = fire
    }

    deinit {
        if index != Self.notQueued { queue.remove(at: index) }
    }

    /// Arms it, arms it for another instant, or disarms it with nil.
    ///
    /// An instant that has passed is due in the next turn: a body that sets its own timer so does not hold up the loop.
    package func set(_ deadline: Instant?) {
        queue.set(self, deadline)
    }
}
