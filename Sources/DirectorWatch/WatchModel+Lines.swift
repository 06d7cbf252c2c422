import ControlProtocol
import Screens
import VRRPReporting

/// The lines of the panes.
extension WatchModel {
    private static let instanceColumns = [
        PaneColumn("State", 10, rank: 0), PaneColumn("Since", 6, .right, rank: 1),
        PaneColumn("Interface", 10, rank: 4), PaneColumn("VRID", 4, .right, rank: 5),
        PaneColumn("Priority", 8, .right, rank: 2), PaneColumn("Active router", 15, rank: 3),
        PaneColumn("Addresses", 9, rank: 6),
    ]
    private static let serviceColumns = [
        PaneColumn("State", 10, rank: 0), PaneColumn("Weight", 6, .right, rank: 2),
        PaneColumn("Active", 6, .right, rank: 3), PaneColumn("Inact", 6, .right, rank: 7),
        PaneColumn("Conn/s", 6, .right, rank: 1), PaneColumn("Last conn/s", 12, rank: 5),
        PaneColumn("Bytes/s", 7, .right, rank: 4), PaneColumn("Last bytes/s", 12, rank: 6),
    ]
    private static let eventColumns = [
        PaneColumn("Kind", 12, rank: 2), PaneColumn("About", 16, rank: 1), PaneColumn("What", 10, rank: 0),
    ]

    func table(of pane: WatchPane, _ width: Int) -> PaneTable {
        switch pane {
        case .instances:
            let longest = status?.instances.reduce(16) { max($0, $1.name.unicodeScalars.count + 2) } ?? 16
            return PaneTable(
                Self.instanceColumns, name: 12...min(max(longest, 17), 34), stretched: "Addresses", width: width,
                glyphs)
        case .services:
            return PaneTable(Self.serviceColumns, name: 22...48, stretched: "Last conn/s", width: width, glyphs)
        case .events:
            return PaneTable(Self.eventColumns, name: 14...14, stretched: "What", width: width, glyphs)
        }
    }

    func line(of item: WatchItem, _ table: PaneTable, isSelected: Bool) -> ScreenLine? {
        switch item {
        case .instance(let name): instance(name).map { line(of: $0, table, isSelected) }
        case .service(let name): service(name).map { line(of: $0, table, isSelected) }
        case .server(let name, let service):
            self.service(service)?.servers.first { $0.name == name }
                .map { line(of: $0, in: service, table, isSelected) }
        case .event(let sequence): event(sequence).map { line(of: $0, table, isSelected) }
        }
    }

    // MARK: Virtual routers

    private func line(of instance: InstanceReport, _ table: PaneTable, _ isSelected: Bool) -> ScreenLine {
        let style = Self.style(ofState: instance.state)
        var priority = "\(instance.effectivePriority)"
        if instance.effectivePriority != instance.configuredPriority { priority += "/\(instance.configuredPriority)" }
        let steering = instance.steering.first.map { " " + $0.order } ?? ""
        return table.line(
            mark(ofState: instance.state) + " " + ShownText.harmless(instance.name), .plain, isSelected: isSelected,
            [
                "State": PaneCell(instance.state + steering, style),
                "Since": PaneCell(age(instance.since)),
                "Interface": PaneCell(ShownText.harmless(instance.interface)),
                "VRID": PaneCell("\(instance.virtualRouterID)"),
                "Priority": PaneCell(
                    priority,
                    instance.effectivePriority < instance.configuredPriority ? CellStyle(.yellow) : .plain),
                "Active router": PaneCell(activeRouter(of: instance)),
                "Addresses": PaneCell(addresses(of: instance, table.width(of: "Addresses"))),
            ])
    }

    private func activeRouter(of instance: InstanceReport) -> String {
        guard let peer = instance.activeRouter else { return "nobody known" }
        return peer.isThis ? "this one" : ShownText.harmless(peer.address)
    }

    /// As many as fit, and how many more there are.
    private func addresses(of instance: InstanceReport, _ width: Int) -> String {
        let addresses = instance.addresses.map { ShownText.harmless($0) }
        for count in stride(from: min(addresses.count, 8), to: 0, by: -1) {
            let more = addresses.count - count
            let text = addresses.prefix(count).joined(separator: " ") + (more > 0 ? " +\(more)" : "")
            if text.unicodeScalars.count <= width || count == 1 { return text }
        }
        return ""
    }

    /// A mark says the same as word and colour, at a glance.
    private func mark(ofState state: String) -> String {
        let isUnicode = glyphs == .unicode
        switch state {
        case "active": return isUnicode ? "●" : "*"
        case "backup": return isUnicode ? "○" : "o"
        case "fault": return isUnicode ? "✗" : "X"
        default: return isUnicode ? "·" : "."
        }
    }

    static func style(ofState state: String) -> CellStyle {
        switch state {
        case "active": CellStyle(.green, isBold: true)
        case "backup": CellStyle(.cyan)
        case "fault": CellStyle(.red, isBold: true)
        default: .faint
        }
    }

    func age(_ time: Timestamp?) -> String {
        guard let time, let now = status?.node.now ?? servers?.now else { return "-" }
        return ShortText.age(of: time, at: now)
    }

    // MARK: Virtual and real servers

    private func line(of service: ServiceReport, _ table: PaneTable, _ isSelected: Bool) -> ScreenLine {
        let isFolded = folded.contains(service.name)
        let mark = glyphs == .unicode ? (isFolded ? "▸" : "▾") : (isFolded ? "+" : "-")
        var cells = cells(of: service.traffic, history.series(of: service.name), table)
        let up = service.servers.reduce(0) { $0 + ($1.isUp ? 1 : 0) }
        cells["State"] = state(of: service, up: up)
        cells["Weight"] = PaneCell("\(service.weight)")
        let connections = service.servers.reduce((0, 0)) {
            ($0.0 + ($1.traffic?.activeConnections ?? 0), $0.1 + ($1.traffic?.inactiveConnections ?? 0))
        }
        if service.servers.contains(where: { $0.traffic != nil }) {
            cells["Active"] = PaneCell(ShortText.number(UInt64(max(connections.0, 0))))
            cells["Inact"] = PaneCell(ShortText.number(UInt64(max(connections.1, 0))))
        }
        return table.line(
            mark + " " + ShownText.harmless(service.name), .bold, isSelected: isSelected, cells)
    }

    /// How many of its servers are up, unless there is something worse to say.
    private func state(of service: ServiceReport, up: Int) -> PaneCell {
        guard service.hasQuorum, !service.isSorry else {
            return PaneCell(WatchWords.state(of: service), CellStyle(.red, isBold: true))
        }
        if service.isSuspended { return PaneCell(WatchWords.state(of: service), .faint) }
        let isWhole = up == service.servers.count
        return PaneCell("\(up)/\(service.servers.count) up", CellStyle(isWhole ? .green : .yellow))
    }

    private func line(
        of server: ServerReport, in service: String, _ table: PaneTable, _ isSelected: Bool
    ) -> ScreenLine {
        var cells = cells(of: server.traffic, history.series(of: server.name, in: service), table)
        let style: CellStyle =
            server.steering != nil
            ? CellStyle(.yellow) : server.isUp ? CellStyle(.green) : CellStyle(.red, isBold: true)
        cells["State"] = PaneCell(WatchWords.state(of: server), style)
        let isChanged = server.weight != server.configuredWeight
        cells["Weight"] = PaneCell(
            "\(server.weight)" + (isChanged ? "/\(server.configuredWeight)" : ""),
            isChanged ? CellStyle(.yellow) : .plain)
        if let traffic = server.traffic {
            cells["Active"] = PaneCell(ShortText.number(UInt64(max(traffic.activeConnections ?? 0, 0))))
            cells["Inact"] = PaneCell(ShortText.number(UInt64(max(traffic.inactiveConnections ?? 0, 0))))
        }
        let mark = glyphs == .unicode ? (server.isUp ? "●" : "✗") : (server.isUp ? "*" : "X")
        return table.line(
            "  " + mark + " " + ShownText.harmless(server.name), .plain, isSelected: isSelected, cells)
    }

    private func cells(of traffic: TrafficReport?, _ series: RateSeries, _ table: PaneTable) -> [String: PaneCell] {
        var cells: [String: PaneCell] = [:]
        if let traffic {
            cells["Conn/s"] = PaneCell(ShortText.number(traffic.connectionRate))
            cells["Bytes/s"] = PaneCell(ShortText.number(traffic.incomingByteRate &+ traffic.outgoingByteRate))
        }
        cells["Last conn/s"] = PaneCell(
            Sparkline.text(series.connections, width: table.width(of: "Last conn/s"), glyphs), CellStyle(.cyan))
        cells["Last bytes/s"] = PaneCell(
            Sparkline.text(series.bytes, width: table.width(of: "Last bytes/s"), glyphs), CellStyle(.cyan))
        return cells
    }

    // MARK: Events

    private func line(of event: DirectorEvent, _ table: PaneTable, _ isSelected: Bool) -> ScreenLine {
        table.line(
            ShortText.clock(event.time, today: status?.node.now), .faint, isSelected: isSelected,
            [
                "Kind": PaneCell(event.kind.rawValue),
                "About": PaneCell(ShownText.harmless(event.subject)),
                "What": PaneCell(ShownText.harmless(event.text)),
            ])
    }
}
