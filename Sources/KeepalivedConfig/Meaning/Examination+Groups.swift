extension Examination {
    mutating func examineGroups() {
        let names = configuration.instances.map(\.name.value)
        var members: [String: (group: String, span: SourceSpan?)] = [:]
        for (index, group) in configuration.syncGroups.enumerated() {
            if group.members.isEmpty {
                warn(
                    "empty-group", "vrrp_sync_group \(group.name.value) has no members", at: group.name.span,
                    expected: "group { INSTANCE … }")
            } else if group.members.count == 1 {
                warn(
                    "single-member",
                    "vrrp_sync_group \(group.name.value) has one member: there is nothing to move with it",
                    at: group.name.span)
            }
            for member in group.members {
                if !names.contains(member.value) {
                    error(
                        "unknown-instance", "there is no vrrp_instance \(member.value)", at: member.span,
                        suggestion: Spelling.nearest(to: member.value, among: names))
                } else if let other = members[member.value] {
                    let isSame = other.group == group.name.value
                    error(
                        "instance-in-two-groups",
                        isSame
                            ? "\(member.value) is in the group twice"
                            : "\(member.value) is in vrrp_sync_group \(other.group) already",
                        at: member.span, related: Self.related("it is named here", other.span))
                }
                members[member.value] = (group.name.value, member.span)
            }
            examineMembers(index)
        }
        for group in configuration.trackGroups {
            for member in group.members where !names.contains(member.value) {
                error(
                    "unknown-instance", "there is no vrrp_instance \(member.value)", at: member.span,
                    suggestion: Spelling.nearest(to: member.value, among: names))
            }
        }
        examineTrackGroupNames()
    }

    /// Members of a sync group must agree who is active, so nothing may part their priorities.
    private mutating func examineMembers(_ index: Int) {
        let group = configuration.syncGroups[index]
        let members = configuration.instances.filter { instance in
            group.members.contains { $0.value == instance.name.value }
        }
        if let first = members.first, let other = members.first(where: { $0.priority.value != first.priority.value }) {
            warn(
                "group-priorities",
                "\(other.name.value) and \(first.name.value) move together and have different priorities",
                at: other.priority.span ?? other.name.span, expected: "one priority for all members on a node",
                related: Self.related("\(first.name.value)'s is here", first.priority.span))
        }
        guard !group.tracksWeights.value else { return }
        for member in members {
            for object in member.tracked.all where object.value.weight.value != 0 {
                warn(
                    "weight-in-group",
                    "\(member.name.value) is in a sync group: its weight for \(object.value.name) is not taken",
                    at: object.span, expected: "the track_… block in vrrp_sync_group \(group.name.value)",
                    related: Self.related("the group is here", group.name.span))
            }
        }
    }

    private mutating func examineTrackGroupNames() {
        let names = configuration.trackGroups.map(\.name.value)
        let uses =
            configuration.staticAddresses.map { ($0.value.trackGroup, $0.span) }
            + configuration.staticRoutes.map { ($0.value.trackGroup, $0.span) }
            + configuration.staticRules.map { ($0.value.trackGroup, $0.span) }
        for (name, span) in uses {
            guard let name, !names.contains(name) else { continue }
            error(
                "unknown-track-group", "there is no track_group \(name)", at: span,
                suggestion: Spelling.nearest(to: name, among: names))
        }
    }
}
