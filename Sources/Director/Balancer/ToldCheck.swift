import HealthPolicy
import KeepalivedConfig
import VRRPProtocol

/// A check that is told what it is to know: FILE_CHECK and BFD_CHECK.
final class ToldCheck: RunningCheck {
    unowned let server: RunningServer
    var place: Int
    private(set) var isUp: Bool
    private(set) var weight = CheckResult.Weight.unchanged
    private(set) var outcome: CheckOutcome?
    private var failingSince: Instant?
    /// What it is known by over restarts.
    var key: CheckKey
    /// Armed while what was known before the start counts: a session needs a moment to come up again.
    private var grace: (any Alarm)?

    /// How long a session may take to come up again after a start of the daemon.
    private static let patience = Duration.seconds(5)

    /// - Parameter result: What is known before anything is told.
    init(_ place: Int, of server: RunningServer, knowing result: CheckResult, key: CheckKey) {
        self.server = server
        self.place = place
        self.key = key
        isUp = result.isSuccess
        if case .passed(let weight) = result { self.weight = weight }
        let balancer = server.service.balancer
        if !isUp, case .bfd = server.settings.checkers[place].kind,
            balancer.surroundings.states.check(key)?.isUp == true
        {
            isUp = true
            let alarm = balancer.surroundings.time.alarm { [unowned self] _ in
                grace = nil
                hear(service.balancer.reading(of: checker))
            }
            alarm.set(balancer.now + Self.patience)
            grace = alarm
            return
        }
        outcome = CheckOutcome(result: result, time: balancer.now, duration: .zero)
        if !isUp { failingSince = balancer.now }
    }

    var next: Instant? { nil }

    /// A reading of what it watches.
    func hear(_ result: CheckResult) {
        if grace != nil {
            guard result.isSuccess else { return }
            grace = nil
        }
        let now = service.balancer.now
        defer { service.balancer.surroundings.states.note(key, KnownCheck(isUp: isUp, weight: weight)) }
        outcome = CheckOutcome(result: result, time: now, duration: .zero)
        switch result {
        case .passed(let weight):
            if weight != self.weight {
                self.weight = weight
                service.checkMovesWeight(self, weight)
            }
            guard !isUp else { return }
            isUp = true
            service.checkCameUp(self, after: failingSince.map { now - $0 })
            failingSince = nil
        case .failed(let reason):
            guard isUp else { return }
            isUp = false
            failingSince = now
            service.checkWentDown(self, reason, retries: nil, since: nil)
        case .undecided: break
        }
    }

    func begin() {}
    /// Knowing costs nothing: it stays current while the others rest.
    func suspend() {}
    func resume() {}
    func end() { grace = nil }
}
