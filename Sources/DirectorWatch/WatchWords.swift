import ControlProtocol

/// The words for states. Colours only repeat what they say.
enum WatchWords {
    static func state(of service: ServiceReport) -> String {
        if service.isSorry { return "sorry" }
        if !service.hasQuorum { return "no quorum" }
        return service.isSuspended ? "suspended" : "quorum"
    }

    static func state(of server: ServerReport) -> String {
        switch server.steering?.order {
        case "drain": return server.isUp ? "draining" : "down"
        case "disable": return "disabled"
        default: return server.isUp ? "up" : "down"
        }
    }

    /// An order as it stands in a line.
    static func order(_ order: SteeringReport, today: Timestamp?) -> String {
        var text = order.order
        if let priority = order.priority { text += " \(priority)" }
        if let until = order.until { text += " until " + ShortText.clock(until, today: today) }
        return text
    }
}
