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

    /// - Parameter result: What is known before anything is told.
    init(_ place: Int, of server: RunningServer, knowing result: CheckResult) {
        self.server = server
        self.place = place
        isUp = result.isSuccess
        if case .passed(let weight) = result { self.weight = weight }
        let now = server.service.balancer.now
        outcome = CheckOutcome(result: result, time: now, duration: .zero)
        if !isUp { failingSince = now }
    }

    var next: Instant? { nil }

    /// A reading of what it watches.
    func hear(_ result: CheckResult) {
        let now = service.balancer.now
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
    func end() {}
}
