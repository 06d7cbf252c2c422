import Addresses
import PacketFormats
package import Reporting
import VRRPProtocol

/// What a watch heard, for people: a table of senders, what is wrong, and lines for what changes.
package enum SniffWatchText {
    private static let headings = [
        "INTERFACE", "VRID", "IP", "V", "SOURCE", "MAC", "STATE", "PRIORITY", "EVERY", "MEASURED", "JITTER", "PACKETS",
        "TTL", "AUTH", "ADDRESSES",
    ]
    /// Columns of numbers, which stand to the right.
    private static let numbers: Set<Int> = [1, 2, 3, 7, 8, 9, 10, 11, 12]
    /// Alarms that are shown with the table; all are in the lines and in JSON.
    private static let alarmLimit = 100

    /// The table, and below it what is wrong now and what was.
    package static func write(_ watch: SniffWatch, into text: inout Text) {
        var rows = [headings]
        for router in watch.routers {
            for sender in router.senders { rows.append(cells(sender, of: router)) }
        }
        if rows.count > 1 { write(rows, into: &text) }
        for router in watch.routers where router.hasMoreSenders {
            text.append("\(router.name): there are more senders than are told apart\n")
        }
        counts(watch, into: &text)
        write(alarmsOf: watch, into: &text)
    }

    /// What is wrong now, and what was.
    package static func write(alarmsOf watch: SniffWatch, into text: inout Text) {
        write(alarms: watch.alarms.filter { !$0.isOver }, "is wrong", into: &text)
        write(alarms: watch.alarms.filter(\.isOver), "was wrong", into: &text)
        if watch.moreAlarms > 0 { text.append("and \(watch.moreAlarms) more alarms\n") }
    }

    private static func write(_ rows: [[String]], into text: inout Text) {
        var widths = headings.map(\.utf8.count)
        for row in rows { for (column, cell) in row.enumerated() { widths[column] = max(widths[column], cell.count) } }
        // What no packet has is no column: a capture without names of interfaces, one without MAC addresses.
        let shown = headings.indices.filter { column in rows.dropFirst().contains { $0[column] != "-" } }
        for row in rows {
            for (place, column) in shown.enumerated() {
                let blank = String(repeating: " ", count: widths[column] - row[column].count)
                let isLast = place == shown.count - 1
                if place > 0 { text.append("  ") }
                text.append(numbers.contains(column) ? blank + row[column] : isLast ? row[column] : row[column] + blank)
            }
            text.newline()
        }
    }

    private static func cells(_ sender: SniffedSender, of router: SniffedRouter) -> [String] {
        var interface = router.name.interface.map(ShownText.harmless) ?? "-"
        if let vlan = router.name.vlan { interface += " VLAN \(vlan)" }
        return [
            interface, "\(router.name.virtualRouterID)", router.name.family == .ipv4 ? "4" : "6", "\(sender.version)",
            sender.name.address.description, sender.name.mac?.description ?? "-", sender.state.rawValue,
            "\(sender.priority)", sender.interval.map(SniffWords.seconds) ?? "-",
            sender.gaps.count > 0 ? SniffWords.measured(sender.gaps.mean) : "-",
            sender.gaps.jitter.map(SniffWords.measured) ?? "-", "\(sender.packets)", "\(sender.hopLimit)",
            SniffWords.authentication(sender), SniffWords.list(sender.addresses),
        ]
    }

    private static func counts(_ watch: SniffWatch, into text: inout Text) {
        let senders = watch.routers.reduce(0) { $0 + $1.senders.count }
        text.append("\(watch.packets) \(watch.packets == 1 ? "packet" : "packets") of VRRP")
        if senders > 0 { text.append(" from \(senders) \(senders == 1 ? "sender" : "senders")") }
        if watch.unreadable > 0 { text.append(", \(watch.unreadable) without a readable message") }
        if watch.ofMoreRouters > 0 {
            text.append(", \(watch.ofMoreRouters) of more virtual routers than are told apart")
        }
        text.newline()
    }

    private static func write(alarms: [SniffAlarm], _ heading: StaticString, into text: inout Text) {
        guard !alarms.isEmpty else { return }
        text.append(heading)
        text.append(":\n")
        for alarm in alarms.prefix(alarmLimit) {
            text.append("  ")
            text.append(alarm.kind.rawValue)
            text.append(", ")
            text.append(alarm.sentence)
            text.newline()
        }
        if alarms.count > alarmLimit { text.append("  and \(alarms.count - alarmLimit) more\n") }
    }

    // MARK: Lines

    /// A change, as a line.
    package static func write(_ event: SniffEvent, into text: inout Text) {
        if let time = event.time {
            CalendarTime(time).write(separator: UInt8(ascii: " "), into: &text)
            text.append("  ")
        }
        switch event.change {
        case .alarm(let alarm):
            text.append("ALARM ")
            text.append(alarm.kind.rawValue)
            text.append(", ")
            text.append(alarm.sentence)
        case .isOver(let alarm):
            text.append("over: ")
            text.append(alarm.kind.rawValue)
            text.append(", ")
            text.append(alarm.sentence)
        case .advertises: say(event, into: &text) { "advertises: \(SniffWords.summary($0))" }
        case .priority(let before): say(event, into: &text) { "has priority \($0.priority), and had \(before)" }
        case .resigned: say(event, into: &text) { _ in "resigned" }
        case .silent:
            say(event, into: &text) { "is not heard any more, after \($0.packets) packets" }
        }
        text.newline()
    }

    private static func say(_ event: SniffEvent, into text: inout Text, _ words: (SniffedSender) -> String) {
        guard let sender = event.sender else { return }
        text.append("\(event.router): \(sender.name.address)")
        if let mac = sender.name.mac { text.append(" (\(mac)\(sender.isOwn ? ", this host" : ""))") }
        text.append(" ")
        text.append(words(sender))
    }
}
