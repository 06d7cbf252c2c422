import Addresses
import VRRPProtocol

/// One virtual router on a bench: the test is its clock, its network and its kernel.
struct Bench {
    var router: VirtualRouter
    var now = Instant.origin
    /// What was reported by the last call.
    var reports: [Observation] = []
    /// The advertisements that the last call sent.
    var sent: [OutgoingAdvertisement] = []

    init(_ configuration: VirtualRouter.Configuration) {
        router = VirtualRouter(configuration)
    }

    /// A router that has started and heard nobody, in backup.
    static func backup(_ configuration: VirtualRouter.Configuration) -> Bench {
        var bench = Bench(configuration)
        _ = bench.on(.startup)
        return bench
    }

    /// A router that has started, heard nobody and become active just now.
    static func active(_ configuration: VirtualRouter.Configuration) -> Bench {
        var bench = Bench(configuration)
        _ = bench.on(.startup)
        if let deadline = bench.router.deadline, bench.router.state == .backup {
            bench.now = deadline
            _ = bench.on(.timeReached)
        }
        return bench
    }

    /// The event now.
    mutating func on(_ event: VirtualRouter.Event) -> [Deed] {
        reports = []
        sent = []
        return handle(event)
    }

    /// An advertisement now.
    mutating func hear(_ priority: UInt8, from source: IPAddress, interval: Duration = .seconds(1)) -> [Deed] {
        on(.advertisement(HeardAdvertisement(source: source, priority: priority, interval: interval)))
    }

    /// Lets time pass and calls the router at each of its deadlines, the last one included.
    mutating func wait(_ duration: Duration) -> [Deed] {
        reports = []
        sent = []
        let end = now + duration
        var deeds: [Deed] = []
        while let deadline = router.deadline, deadline <= end {
            now = max(now, deadline)
            deeds += handle(.timeReached)
        }
        now = end
        return deeds
    }

    /// How long until the deadline.
    var remaining: Duration? { router.deadline.map { $0 - now } }

    var cause: TransitionCause? { router.lastTransition?.cause }

    private mutating func handle(_ event: VirtualRouter.Event) -> [Deed] {
        var actions: [VirtualRouter.Action] = []
        router.handle(event, at: now, into: &actions)
        for action in actions {
            if case .report(let report) = action { reports.append(report) }
            if case .sendAdvertisement(let advertisement) = action { sent.append(advertisement) }
        }
        return actions.compactMap(Deed.init)
    }
}
