import ControlProtocol
import VRRPProtocol

extension SteeringReport {
    init(_ order: String, _ term: Orders.Term, _ clock: ReportClock, priority: Int? = nil) {
        self.init(
            order: order, since: clock.time(of: term.since), until: term.until.map(clock.time(of:)), priority: priority)
    }
}
