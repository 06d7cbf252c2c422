import ControlProtocol
import VRRPProtocol

extension ControlVerb {
    /// Answers with a `ServersReport` without services, and then with each virtual server and each of its real servers
    /// in a line of its own. With the argument `service` it is about that one only.
    static func servers(_ worker: Worker) -> ControlVerb {
        ControlVerb("servers", .read) { [unowned worker] request, reply in
            guard let balancer = worker.balancer, balancer.isStarted else {
                return reply.refuse(ControlRefusal("the daemon is starting"))
            }
            do throws(ControlRefusal) {
                let reading = try ServersReading(balancer, only: request.members["service"]?.string)
                reply.answer(
                    ServersReport(now: ReportClock(worker.loop).now, services: []),
                    then: ControlStream { reading.next() })
            } catch {
                reply.refuse(error)
            }
        }
    }
}
