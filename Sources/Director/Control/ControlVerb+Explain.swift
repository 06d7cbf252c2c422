import ControlProtocol

extension ControlVerb {
    /// Why an instance, a virtual or a real server, `name`, is as it is. A real server may serve for several virtual
    /// servers: each is explained.
    static func explain(_ worker: Worker) -> ControlVerb {
        ControlVerb("explain", .read) { [unowned worker] request, reply in
            guard let name = request.members["name"]?.string else {
                return reply.refuse(ControlRefusal("explain takes the name of an instance or a server"))
            }
            guard let daemon = worker.daemon else { return reply.refuse(ControlRefusal("the daemon is starting")) }
            let explainer = Explainer(daemon, worker.balancer, worker.history, worker.steering)
            do throws(UnknownName) {
                reply.answer(ExplanationsReport(explanations: try explainer.explanations(of: name)))
            } catch {
                reply.refuse(ControlRefusal(error.message))
            }
        }
    }
}
