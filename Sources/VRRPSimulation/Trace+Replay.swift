import VRRPProtocol

extension Trace {
    /// Where a machine did something else than the trace says.
    package struct Difference: Hashable, Sendable {
        /// Index into `entries`.
        package var entry: Int
        package var expected: [String]
        package var got: [String]
    }

    /// Gives new machines everything that the trace's machines were given.
    ///
    /// - Parameter mutant: what handles the events instead of the machine itself.
    /// - Returns: the first entry at which they want something else done; nil if they do the same throughout.
    package func replay(mutant: Mutant? = nil) -> Difference? {
        let mutant = mutant ?? Mutant()
        var routers: [[VirtualRouter]] = []
        var groups: [[SyncGroup]] = []
        for machine in machines {
            while routers.count <= machine.node {
                routers.append([])
                groups.append([])
            }
        }
        for (index, entry) in entries.enumerated() {
            guard routers.indices.contains(entry.node) else {
                return Difference(entry: index, expected: [], got: ["there is no node \(entry.node)"])
            }
            var outputs: [String] = []
            switch entry.input {
            case .remark:
                break
            case .start:
                routers[entry.node] = machines.filter { $0.node == entry.node }.map { VirtualRouter($0.configuration) }
                groups[entry.node] = self.groups.filter { $0.node == entry.node }.map(newGroup)
            case .router(let router, let event):
                guard routers[entry.node].indices.contains(router) else {
                    return Difference(entry: index, expected: [], got: ["there is no router \(router)"])
                }
                var actions: [VirtualRouter.Action] = []
                mutant.handle(&routers[entry.node][router], event, entry.time, &actions)
                outputs = actions.map { Trace.text($0, of: router) }
            case .group(let group, let event):
                guard groups[entry.node].indices.contains(group) else {
                    return Difference(entry: index, expected: [], got: ["there is no group \(group)"])
                }
                var actions: [SyncGroup.Action] = []
                groups[entry.node][group].handle(event, at: entry.time, into: &actions)
                let members = self.groups.filter { $0.node == entry.node }[group].members
                outputs = Trace.text(actions, of: members)
            }
            if entry.outputs != outputs { return Difference(entry: index, expected: entry.outputs, got: outputs) }
        }
        return nil
    }

    private func newGroup(_ group: Group) -> SyncGroup {
        let routers = group.members.compactMap { member in
            machines.first { $0.node == group.node && $0.router == member }
        }
        return SyncGroup(name: group.name, members: routers.map { ($0.name, $0.configuration) })
    }
}
