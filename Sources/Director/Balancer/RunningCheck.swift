import HealthPolicy
import KeepalivedConfig
import VRRPProtocol

/// A check of a real server while it runs.
protocol RunningCheck: AnyObject {
    var server: RunningServer { get }
    /// In the checkers of the configuration's real server.
    var place: Int { get set }
    /// What it is known by over restarts.
    var key: CheckKey { get set }
    /// What counts now, also before the first result.
    var isUp: Bool { get }
    /// What it found last.
    var outcome: CheckOutcome? { get }
    /// How it moves the weight now.
    var weight: CheckResult.Weight { get }
    /// When it is looked at next; nil if nobody knows.
    var next: Instant? { get }

    /// Begins, or goes on after a reload that changed something about it.
    func begin()
    func suspend()
    func resume()
    /// Nothing comes from it any more.
    func end()
}

extension RunningCheck {
    var service: RunningService { server.service }
    var checker: Checker { server.settings.checkers[place] }
}
