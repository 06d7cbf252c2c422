/// What `failover` asks for: that an instance hands over and stands back, or that this ends.
package struct FailoverRequest: Codable, Hashable, Sendable {
    package var instance: String
    /// It need not stand back any longer.
    package var back: Bool
    /// After so many seconds it ends by itself.
    package var seconds: Int?
    /// Also where nobody else has been heard of.
    package var force: Bool
    /// Tell what would happen, and change nothing.
    package var dryRun: Bool

    package init(instance: String, back: Bool, seconds: Int?, force: Bool, dryRun: Bool) {
        self.instance = instance
        self.back = back
        self.seconds = seconds
        self.force = force
        self.dryRun = dryRun
    }
}

/// What `maintenance` asks for: that all instances hand over and stand back, or that this ends.
package struct MaintenanceRequest: Codable, Hashable, Sendable {
    package var on: Bool
    /// The node takes no part in any election, also where nobody else is there.
    package var strict: Bool
    package var seconds: Int?
    package var force: Bool
    package var dryRun: Bool

    package init(on: Bool, strict: Bool, seconds: Int?, force: Bool, dryRun: Bool) {
        self.on = on
        self.strict = strict
        self.seconds = seconds
        self.force = force
        self.dryRun = dryRun
    }
}

/// What `priority` asks for.
package struct PriorityRequest: Codable, Hashable, Sendable {
    package var instance: String
    /// 1 to 254 in place of the configured priority; nil for that of the configuration.
    package var priority: Int?
    package var dryRun: Bool

    package init(instance: String, priority: Int?, dryRun: Bool) {
        self.instance = instance
        self.priority = priority
        self.dryRun = dryRun
    }
}

/// What `server` asks for.
package struct ServerRequest: Codable, Hashable, Sendable {
    package enum Action: String, Codable, Hashable, Sendable, CaseIterable {
        case drain, disable, enable
    }

    package var action: Action
    /// The virtual server, in any of the forms that operators write.
    package var service: String
    /// The real server.
    package var server: String
    package var dryRun: Bool

    package init(action: Action, service: String, server: String, dryRun: Bool) {
        self.action = action
        self.service = service
        self.server = server
        self.dryRun = dryRun
    }
}

/// What `connections` asks for: how many a real server has.
package struct ConnectionsRequest: Codable, Hashable, Sendable {
    package var service: String
    package var server: String

    package init(service: String, server: String) {
        self.service = service
        self.server = server
    }
}

/// The answer to `connections`.
package struct ConnectionsReport: Codable, Hashable, Sendable {
    /// `[10.0.0.1]:tcp:80`
    package var service: String
    package var server: String
    /// Whether the kernel's table has the server.
    package var isThere: Bool
    package var active: Int
    package var inactive: Int
    /// What an operator has told the server; nil for nothing.
    package var order: String?

    package init(service: String, server: String, isThere: Bool, active: Int, inactive: Int, order: String?) {
        self.service = service
        self.server = server
        self.isThere = isThere
        self.active = active
        self.inactive = inactive
        self.order = order
    }
}
