/// A part of the picture with lines of its own.
package enum WatchPane: Int, CaseIterable, Hashable, Sendable {
    case instances
    case services
    case events

    var title: String {
        switch self {
        case .instances: "Virtual routers"
        case .services: "Virtual servers"
        case .events: "Events"
        }
    }

    func moved(by step: Int) -> WatchPane {
        let count = Self.allCases.count
        return Self.allCases[(rawValue + step + count) % count]
    }
}
