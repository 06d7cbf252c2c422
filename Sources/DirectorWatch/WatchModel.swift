package import ControlProtocol
package import Screens

/// What `vrrpctl watch` knows and what its user has chosen: reports and keys in, a picture out.
package struct WatchModel: Sendable {
    package internal(set) var status: StatusReport?
    package internal(set) var servers: ServersReport?
    /// Oldest first.
    package internal(set) var events: [DirectorEvent] = []
    package internal(set) var contact = WatchContact.none
    /// Between two questions, in milliseconds.
    package internal(set) var interval: Int
    /// Nothing is asked while it is.
    package internal(set) var isPaused = false

    var history = RateHistory()
    let glyphs: GlyphSet

    var pane = WatchPane.instances
    var cursors: [WatchPane: PaneCursor] = [
        .instances: PaneCursor(), .services: PaneCursor(), .events: PaneCursor(followsEnd: true),
    ]
    var sort = WatchSort.configuration
    var filter = ""
    /// What the filter was before it was begun to be typed; nil when it is not being typed.
    var filterBefore: String?
    /// Virtual servers whose real servers are not shown.
    var folded: Set<String> = []
    /// Virtual servers that were seen, and folded if they came with many.
    private var known: Set<String> = []
    /// What lies over the panes.
    var sheet: WatchSheet?
    var sheetTop = 0
    var sheetHeight = 1

    /// Events that are kept.
    static let mostEvents = 500
    /// Real servers altogether beyond which virtual servers come folded.
    private static let manyServers = 200

    /// - Parameter interval: Between two questions, in milliseconds.
    package init(interval: Int, glyphs: GlyphSet) {
        self.interval = interval
        self.glyphs = glyphs
    }

    // MARK: What the director says

    package mutating func take(_ report: StatusReport) {
        status = report
        contact = .live
        list(.instances)
    }

    package mutating func take(_ report: ServersReport) {
        servers = report
        contact = .live
        history.add(report)
        let isMuch = report.services.reduce(0) { $0 + $1.servers.count } > Self.manyServers
        let names = Set(report.services.map(\.name))
        if isMuch { folded.formUnion(names.subtracting(known)) }
        known = names
        folded.formIntersection(names)
        list(.services)
    }

    /// - Parameter more: What came after the last event that was taken; older ones are passed over.
    package mutating func take(_ more: [DirectorEvent]) {
        let last = events.last?.sequence ?? 0
        let new = more.filter { $0.sequence > last || events.isEmpty }
        guard !new.isEmpty else { return }
        events += new
        if events.count > Self.mostEvents { events.removeFirst(events.count - Self.mostEvents) }
        list(.events)
    }

    /// The director does not answer.
    ///
    /// - Parameters:
    ///   - why: In words.
    ///   - now: By this host's clock.
    package mutating func lose(_ why: String, at now: Timestamp) {
        switch contact {
        case .lost(_, let since): contact = .lost(why: why, since: since)
        case .none, .live: contact = .lost(why: why, since: now)
        }
    }

    // MARK: What is listed

    /// Makes the lines of a pane anew.
    mutating func list(_ pane: WatchPane) {
        cursors[pane, default: PaneCursor()].take(items(of: pane))
    }

    mutating func listAll() {
        for pane in WatchPane.allCases { list(pane) }
    }

    private func items(of pane: WatchPane) -> [WatchItem] {
        let filter = WatchFilter(filter)
        switch pane {
        case .instances:
            let found = (status?.instances ?? []).filter { filter.finds($0) }
            return sorted(found) { sort.key(of: $0) }.map { .instance($0.name) }
        case .services:
            return serviceItems(filter)
        case .events:
            return events.filter { filter.finds($0) }.map { .event($0.sequence) }
        }
    }

    private func serviceItems(_ filter: WatchFilter) -> [WatchItem] {
        var items: [WatchItem] = []
        for service in sorted(servers?.services ?? [], by: { sort.key(of: $0) }) {
            let isFound = filter.finds(service)
            let matching = isFound ? service.servers : service.servers.filter { filter.finds($0) }
            guard isFound || !matching.isEmpty else { continue }
            items.append(.service(service.name))
            // What is looked for is shown even where it is folded.
            guard !isFound || !folded.contains(service.name) else { continue }
            for server in sorted(matching, by: { sort.key(of: $0) }) {
                items.append(.server(server.name, service: service.name))
            }
        }
        return items
    }

    /// Stable, the greatest key first.
    private func sorted<Element>(_ elements: [Element], by key: (Element) -> UInt64) -> [Element] {
        guard sort != .configuration else { return elements }
        let keys = elements.map(key)
        return elements.indices.sorted { keys[$0] != keys[$1] ? keys[$0] > keys[$1] : $0 < $1 }.map { elements[$0] }
    }

    // MARK: Finding what an item is about

    func instance(_ name: String) -> InstanceReport? {
        status?.instances.first { $0.name == name }
    }

    func service(_ name: String) -> ServiceReport? {
        servers?.services.first { $0.name == name }
    }

    func event(_ sequence: UInt64) -> DirectorEvent? {
        events.last { $0.sequence == sequence }
    }
}
