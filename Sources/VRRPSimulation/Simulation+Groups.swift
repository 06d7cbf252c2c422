import VRRPProtocol

/// The sync groups of a node.
extension Simulation {
    mutating func startGroups(_ node: Int) {
        guard !plan.nodes[node].groups.isEmpty, mutant?.ignoresGroups != true else { return }
        nodes[node].memberships = Array(repeating: nil, count: plan.nodes[node].routers.count)
        nodes[node].groups = plan.nodes[node].groups.enumerated().map { index, group in
            for (place, router) in group.members.enumerated() {
                nodes[node].memberships[router] = GroupMembership(group: index, place: place)
            }
            let routers = group.members.map { plan.nodes[node].routers[$0] }
            return SyncGroup(name: group.name, members: routers.map { ($0.name, $0.configuration) })
        }
    }

    func membership(of router: Int, at node: Int) -> GroupMembership? {
        nodes[node].memberships.isEmpty ? nil : nodes[node].memberships[router]
    }

    /// Gives an event to a group and carries out what its members want done.
    mutating func feed(_ event: SyncGroup.Event, toGroup group: Int, at node: Int) {
        var wanted: [SyncGroup.Action] = []
        let before = record == nil ? [] : nodes[node].routers
        nodes[node].groups[group].handle(event, at: instant, into: &wanted)
        let members = plan.nodes[node].groups[group].members
        for (place, member) in nodes[node].groups[group].members.enumerated() {
            nodes[node].routers[members[place]] = member.router
        }
        trace?.add(event, wanted, node: node, group: group, members: members, at: now)
        for action in wanted {
            switch action {
            case .member(let place, let action):
                let router = members[place]
                carryOut(action, for: router, at: node, before: before.isEmpty ? nil : before[router])
                if case .notify(let transition) = action {
                    monitor?.changed(transition, because: .timeReached, node: node, router: router, at: now)
                }
            case .notify(let transition):
                record?.add(.groupChanged(node: node, group: group, transition), at: now)
            }
        }
        guard monitor != nil else { return }
        for router in members {
            checkHandled(router, at: node)
        }
    }

    mutating func checkHandled(_ router: Int, at node: Int) {
        monitor?.handled(
            node: node, router: router, nodes[node].routers[router], held: nodes[node].held[router], at: now)
    }
}
