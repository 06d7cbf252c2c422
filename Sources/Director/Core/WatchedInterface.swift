import KeepalivedConfig
import VRRPProtocol

/// An interface that instances run on, have addresses on or track. It need not exist.
final class WatchedInterface {
    let name: String
    /// As it was seen last.
    var current: NetworkInterface?
    /// Whether it counts as up, with the delays of `interface_up_down_delays`.
    private(set) var delayed: DelayedReading
    private var alarm: (any Alarm)?
    /// Who has to look when it changes.
    var users: [RunningInstance] = []

    var isUp: Bool { delayed.reading == .good }
    var reading: Tracker.Reading { delayed.reading }

    init(_ name: String, _ delay: InterfaceDelay?) {
        self.name = name
        delayed = DelayedReading(goodDelay: delay?.up ?? .zero, badDelay: delay?.down ?? .zero)
    }

    /// Goes on with what another one of this name has seen.
    func adopt(_ other: WatchedInterface) {
        let (good, bad) = (delayed.goodDelay, delayed.badDelay)
        delayed = other.delayed
        delayed.goodDelay = good
        delayed.badDelay = bad
        current = other.current
    }

    /// - Parameter settled: Called when a change has lasted for its delay.
    /// - Returns: Whether it counts as another state now.
    func look(
        _ surroundings: Surroundings, settled: @escaping (WatchedInterface) -> Void
    ) -> Bool {
        current = surroundings.network.interface(named: name)
        let changed = delayed.observe(isGood: current?.isRunning ?? false, at: surroundings.time.now)
        if let deadline = delayed.deadline {
            if alarm == nil {
                alarm = surroundings.time.alarm { [unowned self] now in
                    if delayed.reachTime(now) { settled(self) }
                }
            }
            alarm?.set(deadline)
        } else {
            alarm?.set(nil)
        }
        return changed
    }
}
