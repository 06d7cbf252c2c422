import VRRPProtocol

/// Waits until instances that have handed over are in other hands, or in this router's own again because nobody wanted
/// them.
final class HandOver {
    /// What became of one of them.
    enum Outcome: Hashable {
        /// Another router is active, so long after the resignation.
        case taken(by: Peer, after: Duration)
        /// Nobody took over, and this router is active again.
        case cameBack
        /// Nothing is known yet.
        case open
    }

    let instances: [RunningInstance]
    private let start: Instant
    private let end: Instant

    /// Longer is not waited, whatever the interval is.
    private static let patience = Duration.seconds(20)

    init(of instances: [RunningInstance], at now: Instant) {
        self.instances = instances
        start = now
        let longest = instances.map { $0.router.activeDownInterval }.max() ?? .zero
        end = now + min(longest + .milliseconds(500), Self.patience)
    }

    func outcome(of instance: RunningInstance) -> Outcome {
        let router = instance.router
        if router.state == .active { return .cameBack }
        if let (peer, heardAt) = router.activeRouter, heardAt >= start {
            return .taken(by: peer, after: heardAt - start)
        }
        return .open
    }

    /// Whether there is nothing to wait for any more.
    func isSettled(at now: Instant) -> Bool {
        now >= end || instances.allSatisfy { $0.isEnded || outcome(of: $0) != .open }
    }
}
