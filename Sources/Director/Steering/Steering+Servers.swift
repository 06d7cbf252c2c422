package import ControlProtocol
import HealthPolicy
import KeepalivedConfig

extension Steering {
    /// Drains, disables or enables a real server.
    package func server(_ request: ServerRequest) throws(ControlRefusal) -> SteeringAnswer {
        let (service, server) = try find(request.service, request.server)
        let settings = service.settings
        let real = settings.realServers[server.place]
        let name = settings.serverName(of: real)
        let title = "\(real.endpoint.value.name) of \(service.name)"
        let present = service.health.order(of: server.place)
        let order: ServerOrder? =
            switch request.action {
            case .drain: .drain
            case .disable: .disable
            case .enable: nil
            }
        var answer = SteeringAnswer(dryRun: request.dryRun)
        guard order != present else {
            answer.sentences = [
                order.map { "\(title) is \($0.past) already" }
                    ?? "\(title) is neither drained nor disabled; nothing is changed"
            ]
            return answer
        }
        var after = service.health
        var ignored: [ServiceHealth.Action] = []
        after.handle(.ordered(server: server.place, order), into: &ignored)
        answer.changes = Self.changes(title, service.name, server.place, from: service.health, to: after)
        answer.remarks = remarks(service, after, server.place, order)
        let would = request.dryRun ? "would be" : "is"
        switch order {
        case .drain:
            answer.sentences = ["\(title) \(would) drained: it takes no new connections, and keeps those that it has"]
        case .disable: answer.sentences = ["\(title) \(would) disabled: it is out of the table, and its checks go on"]
        case nil:
            let isUp = service.health.isUp(server.place)
            answer.sentences = [
                "\(title) \(would) enabled\(isUp ? "" : ", but it is down: it serves when its checks succeed")"
            ]
        }
        if !request.dryRun {
            let now = time.now
            answer.remarks += change { $0.set(order, of: name, since: now) }
            say(answer.sentences[0], order: request.action.rawValue, subject: title)
        }
        if order == .drain,
            let count = balancer?.surroundings.table.connections(service: service.place, server: server.place)
        {
            answer.sentences.append("it has \(count.active) active and \(count.inactive) inactive connections")
        }
        if order != nil {
            answer.sentences.append(
                "what ends that: vrrpctl server enable '\(service.name)' \(real.endpoint.value.name)")
        }
        return answer
    }

    /// How many connections a real server has now.
    package func connections(_ request: ConnectionsRequest) throws(ControlRefusal) -> ConnectionsReport {
        let (service, server) = try find(request.service, request.server)
        let name = service.settings.serverName(of: service.settings.realServers[server.place])
        let count = balancer?.surroundings.table.connections(service: service.place, server: server.place)
        return ConnectionsReport(
            service: name.service, server: name.server, isThere: count != nil, active: count?.active ?? 0,
            inactive: count?.inactive ?? 0, order: service.health.order(of: server.place)?.rawValue)
    }

    private func find(
        _ service: String, _ server: String
    ) throws(ControlRefusal) -> (service: RunningService, server: RunningServer) {
        guard let balancer, balancer.isStarted else { throw ControlRefusal("the daemon is starting") }
        let names = ServerNames(balancer.configuration)
        do throws(UnknownName) {
            let place = try names.service(named: service)
            let running = balancer.services[place]
            return (running, running.servers[try names.server(named: server, of: place)])
        } catch {
            throw ControlRefusal(error.message)
        }
    }

    private static func changes(
        _ title: String, _ service: String, _ place: Int, from before: ServiceHealth, to after: ServiceHealth
    ) -> [SteeringAnswer.Change] {
        var changes: [SteeringAnswer.Change] = []
        func note(_ subject: String, _ property: String, _ before: String, _ after: String) {
            if before != after { changes.append(.init(subject, property, from: before, to: after)) }
        }
        func words(_ weight: Int?) -> String { weight.map { "\($0)" } ?? "not in the table" }
        note(title, "weight", words(before.tableWeight(of: place)), words(after.tableWeight(of: place)))
        note(service, "weight of its serving servers", "\(before.sum)", "\(after.sum)")
        note(service, "quorum", before.hasQuorum ? "yes" : "no", after.hasQuorum ? "yes" : "no")
        note(service, "sorry server", before.isSorry ? "serves" : "rests", after.isSorry ? "serves" : "rests")
        return changes
    }

    private func remarks(
        _ service: RunningService, _ after: ServiceHealth, _ place: Int, _ order: ServerOrder?
    ) -> [String] {
        var remarks: [String] = []
        if order != nil, after.sum == 0, !after.isSorry {
            remarks.append("no real server of \(service.name) takes new connections then, and it has no sorry server")
        }
        if order == .drain, service.settings.persistenceTimeout.value != nil {
            remarks.append(
                "\(service.name) is persistent: clients that it has bound to this server may still come, until that ends "
                    + "(sysctl net.ipv4.vs.expire_quiescent_template=1 sends them elsewhere)")
        }
        return remarks
    }
}
