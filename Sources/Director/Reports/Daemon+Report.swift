package import ControlProtocol
import VRRPProtocol

extension Daemon {
    /// The sync groups as they are now.
    package var groupReports: [GroupReport] { groups.map(\.report) }

    /// An instance as it is now; nil if there is none of that name.
    package func report(ofInstance name: String, _ clock: ReportClock) -> InstanceReport? {
        byName[name]?.report(clock)
    }

    /// The instances, one for each call, as they are when it is made. Those that a reload takes away meanwhile are left
    /// out.
    func instanceReports() -> () -> InstanceReport? {
        var rest = instances[...]
        return { [unowned self] in
            while let instance = rest.popFirst() {
                guard byName[instance.name] === instance else { continue }
                return instance.report(ReportClock(surroundings.time))
            }
            return nil
        }
    }
}

extension RunningGroup {
    fileprivate var report: GroupReport {
        GroupReport(name: name, state: "\(machine.state)", members: members.map(\.name))
    }
}
