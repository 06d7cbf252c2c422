import ControlProtocol
import Screens
import VRRPReporting

/// What lies over the panes: the keys, and everything that is known of one thing.
extension WatchModel {
    mutating func sheet(_ sheet: WatchSheet, rows: Int, _ columns: Int) -> [ScreenLine] {
        let lines: [ScreenLine]
        switch sheet {
        case .help: lines = Self.help(glyphs)
        case .details(let item): lines = details(of: item)
        }
        sheetHeight = rows
        sheetTop = max(min(sheetTop, lines.count - rows), 0)
        return lines.dropFirst(sheetTop).prefix(rows).map {
            var line = $0
            line.fit(columns)
            return line
        }
    }

    private static let keys = [
        ("up, down, j, k", "one line up or down"),
        ("PgUp, PgDn", "a page"),
        ("Home, End, g, G", "the first, the last line"),
        ("Tab, Shift-Tab", "the next pane, the one before"),
        ("Enter", "all about the selected line; Esc goes back"),
        ("Space, left, right", "fold or unfold a virtual server; z all of them"),
        ("/", "show only what has a text in it: name, state, address; Esc shows all"),
        ("s", "sort by configuration, trouble, connections, traffic"),
        ("p", "hold the picture, and go on"),
        ("+, -", "ask less often, more often"),
        ("Ctrl-L", "draw the picture anew"),
        ("q, Ctrl-C", "quit"),
    ]

    private static func help(_ glyphs: GlyphSet) -> [ScreenLine] {
        var title = ScreenLine(glyphs)
        title.append("Keys", .bold)
        return [title]
            + keys.map { key, meaning in
                var line = ScreenLine(glyphs)
                line.append("  ")
                line.append(key, width: 20, .left, .bold)
                line.append(meaning)
                return line
            }
    }

    private func details(of item: WatchItem) -> [ScreenLine] {
        var sheet = DetailSheet(glyphs, now: status?.node.now ?? servers?.now)
        switch item {
        case .instance(let name):
            guard let instance = instance(name) else { break }
            sheet.describe(instance)
            return sheet.lines
        case .service(let name):
            guard let service = service(name) else { break }
            sheet.describe(service)
            return sheet.lines
        case .server(let name, let service):
            guard let service = self.service(service),
                let server = service.servers.first(where: { $0.name == name })
            else { break }
            sheet.describe(server, in: service)
            return sheet.lines
        case .event(let sequence):
            guard let event = event(sequence) else { break }
            sheet.describe(event)
            return sheet.lines
        }
        sheet.title("It is not there any more.", .plain)
        return sheet.lines
    }
}
