import Addresses
import PacketFormats
import VRRPProtocol
import VRRPSimulation

/// A timeline for the terminal.
package enum TimelineText {
    package static func text(_ report: TimelineReport) -> String {
        var text = nodes(report)
        text += timeline(report)
        text += addresses(report)
        if !report.findings.isEmpty {
            text += "\nFindings\n"
            for finding in report.findings { text += "  \(finding)\n" }
        }
        return text
    }

    private static func nodes(_ report: TimelineReport) -> String {
        var rows: [[String]] = []
        for node in report.plan.nodes {
            for (index, router) in node.routers.enumerated() {
                rows.append([index == 0 ? node.name : "", router.name] + description(of: router))
            }
            if node.routers.isEmpty { rows.append([node.name, "no instance that could run"]) }
        }
        var text = "Nodes\n" + columns(rows)
        for node in report.plan.nodes {
            for group in node.groups {
                let members = group.members.map { node.routers[$0].name }.joined(separator: ", ")
                text += "  \(node.name): sync group \(group.name) of \(members)\n"
            }
            // The file and the router_id; the rest follows from these.
            let names = node.aliases.filter { alias in
                !alias.hasPrefix("node") && !alias.contains("/")
                    && !node.aliases.contains { $0.hasPrefix(alias + ".") }
            }
            if !names.isEmpty { text += "  \(node.name) is \(names.joined(separator: ", "))\n" }
        }
        return text
    }

    private static func description(of router: RouterPlan) -> [String] {
        let configuration = router.configuration
        var words = [
            router.interface, configuration.primaryAddress.map(\.description) ?? "no address",
            "version \(configuration.version.rawValue)", "VRID \(configuration.virtualRouterID)",
            "priority \(configuration.priority)",
            "every \(TimelineNumbers.interval(configuration.advertisementInterval))",
        ]
        var rest: [String] = []
        if !router.peers.isEmpty { rest.append("unicast") }
        if !configuration.preempts { rest.append("nopreempt") }
        if configuration.preemptDelay > .zero {
            rest.append("preempt_delay \(TimelineNumbers.interval(configuration.preemptDelay))")
        }
        words.append((configuration.heldAddresses.map(\.description) + rest).joined(separator: ", "))
        return words
    }

    private static func timeline(_ report: TimelineReport) -> String {
        var rows: [[String]] = []
        for line in report.lines {
            let node = line.node.map { report.plan.nodes[$0].name } ?? "*"
            rows.append([
                TimelineNumbers.column(line.time.nanoseconds), node, line.instance ?? "",
                line.state.map(state) ?? "", line.text,
            ])
        }
        let width = rows.map { $0[0].count }.max() ?? 0
        for index in rows.indices {
            rows[index][0] = String(repeating: " ", count: width - rows[index][0].count) + rows[index][0]
        }
        return "\nTimeline, in seconds\n" + columns(rows)
    }

    /// What matters most stands out without colours.
    private static func state(_ state: VirtualRouter.State) -> String {
        switch state {
        case .active: "ACTIVE"
        case .backup: "backup"
        case .fault: "FAULT"
        case .initialize: "off"
        }
    }

    private static func addresses(_ report: TimelineReport) -> String {
        let names = TimelineNames(plan: report.plan)
        var text = "\nAddresses until \(TimelineNumbers.column(report.duration.nanoseconds))\n"
        var told: [[AddressHistory.Stretch]] = []
        for history in report.addresses where !told.contains(history.stretches) {
            told.append(history.stretches)
            let same = report.addresses.filter { $0.stretches == history.stretches }.map(\.address.description)
            text += "  \(same.joined(separator: ", "))\n"
            var rows: [[String]] = []
            for stretch in history.stretches {
                let times =
                    "\(TimelineNumbers.column(stretch.from.nanoseconds)) - "
                    + TimelineNumbers.column(stretch.until.nanoseconds)
                let length = "\(TimelineNumbers.seconds(stretch.length)) s"
                rows.append(["  " + times, names.list(stretch.nodes), length, remark(on: stretch)])
            }
            text += columns(rows)
            text += "    \(total(history))\n"
        }
        return text
    }

    private static func remark(on stretch: AddressHistory.Stretch) -> String {
        switch stretch.nodes.count {
        case 0: stretch.from == .origin ? "away, at the start" : "away"
        case 1: ""
        default: "\(stretch.nodes.count) OWNERS"
        }
    }

    private static func total(_ history: AddressHistory) -> String {
        let start = history.absences.filter { $0.from == .origin }.map(\.length).reduce(0, &+)
        let away = history.absences.map(\.length).reduce(0, &+) &- start
        let double = history.overlaps.map(\.length).reduce(0, &+)
        return "in sum away \(TimelineNumbers.seconds(away)) s after \(TimelineNumbers.seconds(start)) s at the start, "
            + "two owners \(TimelineNumbers.seconds(double)) s"
    }

    /// Rows with their columns aligned, the last one free.
    private static func columns(_ rows: [[String]]) -> String {
        var widths: [Int] = []
        for row in rows {
            for (index, cell) in row.dropLast().enumerated() {
                if index == widths.count { widths.append(0) }
                widths[index] = max(widths[index], cell.count)
            }
        }
        var text = ""
        for row in rows {
            var line = " "
            for (index, cell) in row.enumerated() {
                line += " " + cell
                if index < row.count - 1 { line += String(repeating: " ", count: widths[index] - cell.count + 1) }
            }
            while line.last == " " { line.removeLast() }
            text += line + "\n"
        }
        return text
    }
}
