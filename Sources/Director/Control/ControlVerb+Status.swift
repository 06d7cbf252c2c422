import ControlProtocol
import Glibc
import KeepalivedConfig
import VRRPProtocol
import VRRPReporting

extension ControlVerb {
    /// Answers with a `StatusReport` without instances, and then with each instance in a line of its own. With the
    /// argument `instance` it is about that one only.
    static func status(_ worker: Worker) -> ControlVerb {
        ControlVerb("status", .read) { [unowned worker] request, reply in
            guard let daemon = worker.daemon else { return reply.refuse(ControlRefusal("the daemon is starting")) }
            let clock = ReportClock(worker.loop)
            var report = StatusReport(node: worker.nodeReport(clock), instances: [], groups: daemon.groupReports)
            if let name = request.members["instance"]?.string {
                guard let instance = daemon.report(ofInstance: name, clock) else {
                    return reply.refuse(
                        ControlRefusal(UnknownName("instance", name, among: daemon.instances.map(\.name)).message))
                }
                report.instances = [instance]
                report.groups.removeAll { $0.name != instance.group }
                return reply.answer(report)
            }
            let next = daemon.instanceReports()
            reply.answer(report, then: ControlStream { next().map { .line(of: InstanceLine(instance: $0)) } ?? .end })
        }
    }
}

extension Worker {
    /// The director itself.
    func nodeReport(_ clock: ReportClock) -> NodeReport {
        NodeReport(
            programVersion: ProgramVersion.number, pid: Int(getpid()),
            routerID: daemon?.configuration.global.routerID.value ?? Self.hostName, file: plan.file,
            startedAt: clock.time(of: startedAt), now: clock.now,
            maintenance: daemon?.orders.maintenance.map { SteeringReport("maintenance", $0.term, clock) })
    }

    private static var hostName: String {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return "" }
        return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
