/// Virtual routers that are active together or not at all (keepalived's `vrrp_sync_group`); no RFC knows them.
///
/// - A member whose timer has run out waits, as ready, until all members are; then the group becomes active in one
///   step. A member that hears a router that it obeys is not ready any more.
/// - When one member yields, the others resign and are backups too.
/// - When one member cannot take part, the others wait in fault, for `FaultCause.Kind.syncGroup`.
/// - What the group itself tracks counts for all members.
///
/// The group holds the machines of its members. Whoever runs it gives all events to the group and carries out what
/// comes back, in order, each action for the member that it names.
public struct SyncGroup: Hashable, Sendable {
    /// A virtual router with its name in the configuration.
    public struct Member: Hashable, Sendable {
        /// The name of the instance in the configuration.
        public let name: String
        /// The machine as it is now; only the group gives it events.
        public internal(set) var router: VirtualRouter
        /// The weights of what the member itself tracks.
        var adjustment = 0

        init(name: String, router: VirtualRouter) {
            self.name = name
            self.router = router
        }
    }

    /// The name of the group in the configuration.
    public let name: String
    /// The members in the order of the configuration.
    public internal(set) var members: [Member]
    /// The last state that was notified.
    var notifiedState = VirtualRouter.State.initialize
    /// The weights of what the group tracks.
    var adjustment = 0

    /// A group of routers in Initialize.
    ///
    /// - Parameters:
    ///   - name: the group's name in the configuration.
    ///   - members: the name and configuration of each member; actions name the members by their place in this list.
    public init(name: String, members: [(name: String, configuration: VirtualRouter.Configuration)]) {
        self.name = name
        self.members = members.map { member in
            var router = VirtualRouter(member.configuration)
            router.isGroupMember = true
            return Member(name: member.name, router: router)
        }
    }

    /// When `handle` is to be called with `.timeReached`.
    public var deadline: Instant? {
        var earliest: Instant?
        for member in members {
            guard let deadline = member.router.deadline else { continue }
            earliest = min(earliest ?? deadline, deadline)
        }
        return earliest
    }

    /// Active when all members are, in fault when any is, otherwise the least advanced state of a member.
    public var state: VirtualRouter.State {
        var isActive = !members.isEmpty
        var isInitialize = members.isEmpty
        for member in members {
            switch member.router.state {
            case .fault: return .fault
            case .initialize: (isActive, isInitialize) = (false, true)
            case .backup: isActive = false
            case .active: break
            }
        }
        return isActive ? .active : isInitialize ? .initialize : .backup
    }
}
