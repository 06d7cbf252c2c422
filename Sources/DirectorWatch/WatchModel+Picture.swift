import ControlProtocol
package import Screens
import VRRPReporting

extension WatchModel {
    /// Panes one above the other need as many lines between head and foot; with less, one is shown.
    private static let leastForAll = 12

    /// The picture for a terminal. What is selected is in it.
    ///
    /// - Parameters:
    ///   - rows: The terminal's; the picture has at most as many lines.
    ///   - columns: The terminal's; no line has more.
    package mutating func picture(rows: Int, columns: Int) -> [ScreenLine] {
        guard rows > 0, columns > 0 else { return [] }
        var picture = [head(columns)]
        let room = rows - 2
        if room > 0 {
            if let sheet {
                picture += self.sheet(sheet, rows: room, columns)
            } else {
                for (pane, lines) in shares(of: room) { picture += self.pane(pane, rows: lines, columns) }
            }
        }
        while picture.count < rows - 1 { picture.append(ScreenLine(glyphs)) }
        if rows > 1 { picture.append(foot(columns)) }
        if case .lost = contact {
            // How it was before, and not how it is.
            for index in picture.indices where index > 0 && index < rows - 1 {
                picture[index].restyle {
                    $0.colour = nil
                    $0.isBold = false
                    $0.isFaint = true
                }
            }
        }
        return picture
    }

    /// How many lines each pane gets, its title included.
    private func shares(of room: Int) -> [(WatchPane, Int)] {
        guard room >= Self.leastForAll else { return [(pane, room)] }
        let hasServices = !(servers?.services.isEmpty ?? true)
        let events = min(max(room / 5, 3), 9) + (hasServices ? 0 : room / 3)
        let services = hasServices ? (cursors[.services]?.items.count ?? 0) + 1 : 2
        let instances = max((cursors[.instances]?.items.count ?? 0) + 1, 2)
        let both = room - events
        // Each has what it needs if there is room for both, and at least a third of it if not.
        var first = min(instances, max(both / 3, both - services))
        if pane == .instances { first = min(instances, max(first, both / 2)) }
        return [(.instances, first), (.services, both - first), (.events, events)]
    }

    // MARK: Head and foot

    private func head(_ columns: Int) -> ScreenLine {
        let base = CellStyle.reversed
        var line = ScreenLine(glyphs)
        var right = ScreenLine(glyphs)
        if let node = status?.node {
            line.append(" " + ShownText.harmless(node.routerID.isEmpty ? "vrrpctl" : node.routerID), isBold(base))
            if let maintenance = node.maintenance {
                let style = CellStyle(.yellow, isBold: true, isReversed: true)
                line.append("  " + WatchWords.order(maintenance, today: node.now).uppercased(), style)
            }
            line.append("  vrrpctl " + ShownText.harmless(node.programVersion), base)
            line.append("  up " + ShortText.age(of: node.startedAt, at: node.now), base)
            line.append("  " + ShownText.harmless(node.file), base)
        } else {
            line.append(" vrrpctl watch", isBold(base))
        }
        switch contact {
        case .none: right.append("asking", base)
        case .live:
            if let node = status?.node { right.append(ShortText.clock(node.now, today: node.now) + "Z ", base) }
            right.append(isPaused ? "paused" : "every " + Self.seconds(interval), base)
        case .lost(_, let since):
            right.append(
                "DIRECTOR GONE since " + ShortText.clock(since, today: since) + "Z",
                CellStyle(.red, isBold: true, isReversed: true))
        }
        right.append(" ", base)
        let room = columns - right.columns - 1
        if room < 6 {
            right.cut(to: columns)
            right.space(columns - right.columns, base)
            return right
        }
        line.cut(to: room)
        line.space(columns - right.columns - line.columns, base)
        line.append(right)
        return line
    }

    private func isBold(_ style: CellStyle) -> CellStyle {
        var style = style
        style.isBold = true
        return style
    }

    /// Milliseconds in seconds, `0.5 s`.
    static func seconds(_ milliseconds: Int) -> String {
        let tenths = milliseconds / 100
        return tenths % 10 == 0 ? "\(tenths / 10) s" : "\(tenths / 10).\(tenths % 10) s"
    }

    private func foot(_ columns: Int) -> ScreenLine {
        var line = ScreenLine(glyphs)
        if filterBefore != nil {
            line.append("/" + ShownText.harmless(filter), .bold)
            line.append(" ", .reversed)
            line.append("  Enter keeps it, Esc does not", .faint)
        } else if case .lost(let why, _) = contact {
            line.append(ShownText.harmless(why), CellStyle(.red, isBold: true))
            line.append("; trying again")
        } else {
            if !filter.isEmpty {
                line.append("filter: " + ShownText.harmless(filter), CellStyle(.yellow, isBold: true))
                line.append(" (Esc)  ")
            }
            if sort != .configuration {
                line.append("by " + sort.rawValue, .bold)
                line.append(" (s)  ")
            }
            let isCovered = sheet != nil
            let back = [("Esc", "back"), ("up, down", "move"), ("q", "quit")]
            let hints =
                isCovered
                ? back
                : [
                    ("q", "quit"), ("?", "keys"), ("Tab", "pane"), ("/", "filter"), ("Enter", "details"),
                    ("Space", "fold"), ("s", "sort"), ("p", isPaused ? "go on" : "pause"),
                ]
            for (key, meaning) in hints {
                guard line.columns + key.count + meaning.count + 1 <= columns else { break }
                line.append(key, .bold)
                line.append(" " + meaning + "  ", .faint)
            }
        }
        line.fit(columns)
        return line
    }

    // MARK: Panes

    private mutating func pane(_ pane: WatchPane, rows: Int, _ columns: Int) -> [ScreenLine] {
        guard rows > 0 else { return [] }
        // In a single line there is what is selected, and no title.
        let room = max(rows - 1, 1)
        cursors[pane]?.show(room)
        let cursor = cursors[pane] ?? PaneCursor()
        let shown = cursor.items.dropFirst(cursor.top).prefix(room)
        let table = table(of: pane, columns)
        var lines: [ScreenLine] = []
        if rows > 1 { lines.append(table.title(title(of: pane, cursor, room), hasFocus: pane == self.pane)) }
        for (offset, item) in shown.enumerated() {
            let isSelected = pane == self.pane && cursor.top + offset == cursor.selected
            if let line = line(of: item, table, isSelected: isSelected) { lines.append(line) }
        }
        if cursor.items.isEmpty {
            var line = ScreenLine(glyphs)
            line.append("  " + nothing(in: pane), .faint)
            line.fit(columns)
            lines.append(line)
        }
        while lines.count < rows { lines.append(ScreenLine(glyphs)) }
        return lines
    }

    private func title(of pane: WatchPane, _ cursor: PaneCursor, _ rows: Int) -> String {
        guard cursor.items.count > rows else { return pane.title }
        return pane.title + " \(cursor.selected + 1)/\(cursor.items.count)"
    }

    private func nothing(in pane: WatchPane) -> String {
        if !filter.isEmpty { return "nothing with that" }
        switch pane {
        case .instances: return status == nil ? "not known yet" : "none in the configuration"
        case .services: return servers == nil ? "not known yet" : "none in the configuration"
        case .events: return "none yet"
        }
    }
}
