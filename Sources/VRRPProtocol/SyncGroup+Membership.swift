extension SyncGroup {
    /// A group of routers that run already, as after another configuration was read. The next event brings them to
    /// one state; an active member among backups resigns then.
    ///
    /// - Parameters:
    ///   - name: the group's name in the configuration.
    ///   - members: the name and the machine of each member; actions name the members by their place in this list.
    public init(name: String, adopting members: [(name: String, router: VirtualRouter)]) {
        self.name = name
        self.members = members.map { member in
            var router = member.router
            router.isGroupMember = true
            var adopted = Member(name: member.name, router: router)
            adopted.adjustment = router.adjustment
            return adopted
        }
        notifiedState = state
    }

    /// Ends the group: its routers go on alone, each in the state that it has, or out of the fault that it had for
    /// the group's sake only. The weights of what the group tracked no longer count.
    ///
    /// - Returns: the routers, in the order of the members.
    public mutating func dissolve(at now: Instant, into actions: inout [Action]) -> [VirtualRouter] {
        for place in members.indices {
            members[place].router.leaveGroup()
            var wanted: [VirtualRouter.Action] = []
            if adjustment != 0 {
                let own = members[place].adjustment
                members[place].router.handle(.priorityAdjusted(by: own), at: now, into: &wanted)
            }
            for cause in members[place].router.faults where cause.kind == .syncGroup {
                members[place].router.handle(.recovered(cause), at: now, into: &wanted)
            }
            actions += wanted.map { .member(place, $0) }
        }
        let routers = members.map(\.router)
        members = []
        return routers
    }
}

extension VirtualRouter {
    /// What a member waited for, ready to take over, it does at its next `timeReached`.
    fileprivate mutating func leaveGroup() {
        isGroupMember = false
        if case .backup(var backup) = phase {
            backup.isReady = false
            phase = .backup(backup)
        }
    }
}
