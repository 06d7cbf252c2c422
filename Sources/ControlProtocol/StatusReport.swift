/// The answer to `status`: this node and its virtual routers.
package struct StatusReport: Codable, Hashable, Sendable {
    package var node: NodeReport
    /// In the order of the configuration.
    package var instances: [InstanceReport]
    package var groups: [GroupReport]

    package init(node: NodeReport, instances: [InstanceReport], groups: [GroupReport]) {
        self.node = node
        self.instances = instances
        self.groups = groups
    }
}

/// The director itself.
package struct NodeReport: Codable, Hashable, Sendable {
    package var programVersion: String
    /// Of the worker.
    package var pid: Int
    package var routerID: String
    /// The configuration's path.
    package var file: String
    /// When this worker began.
    package var startedAt: Timestamp
    /// When the report was made.
    package var now: Timestamp
    /// Nil unless the whole node is held back.
    package var maintenance: SteeringReport?

    package init(
        programVersion: String, pid: Int, routerID: String, file: String, startedAt: Timestamp, now: Timestamp,
        maintenance: SteeringReport?
    ) {
        self.programVersion = programVersion
        self.pid = pid
        self.routerID = routerID
        self.file = file
        self.startedAt = startedAt
        self.now = now
        self.maintenance = maintenance
    }
}

/// A sync group.
package struct GroupReport: Codable, Hashable, Sendable {
    package var name: String
    package var state: String
    package var members: [String]

    package init(name: String, state: String, members: [String]) {
        self.name = name
        self.state = state
        self.members = members
    }
}

/// What an operator has told a node, an instance or a server to do, as long as it lasts.
package struct SteeringReport: Codable, Hashable, Sendable {
    /// `maintenance`, `failover`, `priority`, `drain` or `disable`.
    package var order: String
    package var since: Timestamp
    /// When it ends by itself; nil for when it is told to.
    package var until: Timestamp?
    /// The priority, where that is the order.
    package var priority: Int?

    package init(order: String, since: Timestamp, until: Timestamp? = nil, priority: Int? = nil) {
        self.order = order
        self.since = since
        self.until = until
        self.priority = priority
    }
}
