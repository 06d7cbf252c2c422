extension ServiceHealth {
    /// Takes an event in and appends what is to be done, in this order. Places that do not exist are passed over.
    package mutating func handle(_ event: Event, into actions: inout [Action]) {
        switch event {
        case .started: start(into: &actions)
        case .checkCameUp(let server, let check):
            if let place = place(of: check, in: server) { raise(server, place, into: &actions) }
        case .checkWentDown(let server, let check):
            if let place = place(of: check, in: server) { lower(server, place, into: &actions) }
        case .checkStayedDown(let server, let check):
            guard place(of: check, in: server) != nil, !servers[server].isUp, !servers[server].wasTold else { return }
            tell(server, into: &actions)
        case .weight(let server, let check, let weight):
            guard let place = place(of: check, in: server), checks[place].weight != weight else { return }
            checks[place].weight = weight
            reweigh(server, into: &actions)
        case .ordered(let server, let order):
            obey(order, server, into: &actions)
        case .reconfigured(let settings, let servers, let before):
            become(settings, servers, before, into: &actions)
        case .ended: end(into: &actions)
        }
    }

    private func place(of check: Int, in server: Int) -> Int? {
        guard servers.indices.contains(server), check >= 0, check < Int(servers[server].checkCount) else { return nil }
        return Int(servers[server].firstCheck) + check
    }

    private mutating func start(into actions: inout [Action]) {
        if settings.tellsAtStart {
            for server in servers.indices where servers[server].isUp { tell(server, into: &actions) }
        }
        // A quorum that was not there from the start and makes no difference to the table has not been lost.
        if hasQuorum != quorumBefore && (hasQuorum || isSorry) {
            actions.append(.tellQuorum(isUp: hasQuorum, sum: sum, threshold: startThreshold))
        }
    }

    private var startThreshold: Int {
        quorumBefore == true
            ? settings.quorum - settings.hysteresis : settings.quorum + settings.hysteresis
    }

    private mutating func tell(_ server: Int, into actions: inout [Action]) {
        servers[server].wasTold = true
        actions.append(.tellServer(server, isUp: servers[server].isUp))
    }

    private mutating func raise(_ server: Int, _ check: Int, into actions: inout [Action]) {
        guard !checks[check].isUp else { return }
        checks[check].isUp = true
        servers[server].failed -= 1
        guard servers[server].isUp else { return }
        if servers[server].serves { sum += Int(servers[server].weight) }
        show(server, into: &actions)
        tell(server, into: &actions)
        judge(into: &actions)
    }

    private mutating func lower(_ server: Int, _ check: Int, into actions: inout [Action]) {
        guard checks[check].isUp else { return }
        let (wasUp, served) = (servers[server].isUp, servers[server].serves)
        checks[check].isUp = false
        // What a failed check said about the weight says nothing any more.
        checks[check].weight = .unchanged
        servers[server].failed += 1
        if served { sum -= Int(servers[server].weight) }
        servers[server].weight = weightNow(of: servers[server])
        guard wasUp else { return }
        switch servers[server].order {
        case .disable: break
        case .drain: actions.append(hiding(server))
        case nil: if !isSorry { actions.append(hiding(server)) }
        }
        tell(server, into: &actions)
        judge(into: &actions)
    }

    private mutating func reweigh(_ server: Int, into actions: inout [Action]) {
        let before = servers[server].weight
        servers[server].weight = weightNow(of: servers[server])
        guard servers[server].weight != before, servers[server].serves else { return }
        sum += Int(servers[server].weight) - Int(before)
        show(server, into: &actions)
        judge(into: &actions)
    }

    /// What an operator says comes before what is found out; the checks go on.
    private mutating func obey(_ order: ServerOrder?, _ server: Int, into actions: inout [Action]) {
        guard servers.indices.contains(server), servers[server].order != order else { return }
        let (served, before) = (servers[server].serves, tableWeight(of: server))
        servers[server].order = order
        let weight = Int(servers[server].weight)
        if servers[server].serves != served { sum += served ? -weight : weight }
        let count = actions.count
        judge(into: &actions)
        // Unless it has changed its place with the sorry server just now.
        let after = tableWeight(of: server)
        let action = after.map { Action.show(server: server, weight: $0) } ?? .hide(server: server)
        if after != before, !actions[count...].contains(action) { actions.append(action) }
    }

    /// A living server into the table, as far as it may be there.
    private func show(_ server: Int, into actions: inout [Action]) {
        switch servers[server].order {
        case .disable: break
        case .drain: actions.append(.show(server: server, weight: 0))
        case nil: if !isSorry { actions.append(.show(server: server, weight: Int(servers[server].weight))) }
        }
    }

    /// What becomes of one that does not serve.
    private func hiding(_ server: Int) -> Action {
        servers[server].isInhibited ? .show(server: server, weight: 0) : .hide(server: server)
    }

    /// Finds out whether the quorum is there, and has the sorry server and the living servers change places if not.
    /// What is to serve comes before what is to leave, so that connections always find somebody.
    private mutating func judge(into actions: inout [Action]) {
        let threshold = threshold
        guard hasQuorum != quorumAfterwards else { return }
        hasQuorum.toggle()
        if let sorry = settings.sorryServer {
            if !hasQuorum { actions.append(.showSorry(weight: sorry.weight)) }
            for server in servers.indices where servers[server].serves {
                if hasQuorum { show(server, into: &actions) } else { actions.append(hiding(server)) }
            }
            if hasQuorum { actions.append(sorry.isInhibited ? .showSorry(weight: 0) : .hideSorry) }
        }
        actions.append(.tellQuorum(isUp: hasQuorum, sum: sum, threshold: threshold))
    }

    private mutating func become(
        _ settings: Settings, _ new: [Server], _ before: [Int?], into actions: inout [Action]
    ) {
        let old = servers
        self.settings = settings
        adopt(new)
        var isKept = [Bool](repeating: false, count: old.count)
        for (server, place) in zip(servers.indices, before) {
            guard let place, old.indices.contains(place) else { continue }
            isKept[place] = true
            servers[server].wasTold = old[place].wasTold
            if servers[server].isUp != old[place].isUp { tell(server, into: &actions) }
        }
        for place in old.indices where !isKept[place] && old[place].isUp { actions.append(.tellRemoved(place)) }
        if settings.tellsAtStart {
            for server in servers.indices where servers[server].isUp {
                if !before.indices.contains(server) || before[server] == nil { tell(server, into: &actions) }
            }
        }
        let threshold = threshold
        guard hasQuorum != quorumAfterwards else { return }
        hasQuorum.toggle()
        actions.append(.tellQuorum(isUp: hasQuorum, sum: sum, threshold: threshold))
    }

    private func end(into actions: inout [Action]) {
        guard settings.isOmega else { return }
        for server in servers.indices where servers[server].isUp {
            actions.append(.tellServer(server, isUp: false))
        }
        actions.append(.tellQuorum(isUp: false, sum: 0, threshold: settings.quorum - settings.hysteresis))
    }
}
