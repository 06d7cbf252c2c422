import ControlProtocol

extension ControlVerb {
    /// Has an instance hand over and stand back, or ends that. It answers when another router is active.
    static func failover(_ worker: Worker) -> ControlVerb {
        ControlVerb("failover", .change) { [unowned worker] request, reply in
            guard let request: FailoverRequest = request.decoded(or: reply) else { return }
            worker.steering.failover(request) { reply.give($0) }
        }
    }

    /// Has all instances hand over and stand back, or ends that. It answers when other routers are active.
    static func maintenance(_ worker: Worker) -> ControlVerb {
        ControlVerb("maintenance", .change) { [unowned worker] request, reply in
            guard let request: MaintenanceRequest = request.decoded(or: reply) else { return }
            worker.steering.maintenance(request) { reply.give($0) }
        }
    }

    /// Puts a priority in the place of the configured one, or ends that.
    static func priority(_ worker: Worker) -> ControlVerb {
        ControlVerb("priority", .change) { [unowned worker] request, reply in
            guard let request: PriorityRequest = request.decoded(or: reply) else { return }
            reply.give(Result { () throws(ControlRefusal) in try worker.steering.priority(request) })
        }
    }

    /// Drains, disables or enables a real server.
    static func server(_ worker: Worker) -> ControlVerb {
        ControlVerb("server", .change) { [unowned worker] request, reply in
            guard let request: ServerRequest = request.decoded(or: reply) else { return }
            reply.give(Result { () throws(ControlRefusal) in try worker.steering.server(request) })
        }
    }

    /// How many connections a real server has now.
    static func connections(_ worker: Worker) -> ControlVerb {
        ControlVerb("connections", .read) { [unowned worker] request, reply in
            guard let request: ConnectionsRequest = request.decoded(or: reply) else { return }
            reply.give(Result { () throws(ControlRefusal) in try worker.steering.connections(request) })
        }
    }
}

extension ControlRequest {
    /// What it asks for; nil where that is not understood, and then it is answered.
    fileprivate func decoded<Value: Decodable>(or reply: ControlReply) -> Value? {
        do throws(ControlCodingError) {
            return try ControlCoder.decode(Value.self, from: members)
        } catch {
            reply.refuse(ControlRefusal("the request \(name) is not understood: \(error)"))
            return nil
        }
    }
}

extension ControlReply {
    fileprivate func give(_ result: Result<some Encodable, ControlRefusal>) {
        switch result {
        case .success(let answer): self.answer(answer)
        case .failure(let refusal): refuse(refusal)
        }
    }
}
