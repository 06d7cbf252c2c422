import KeepalivedConfig
package import Reporting

/// A configuration in the form of keepalived.conf, each line with the place that it came from. What it writes can be
/// read again, and means the same.
package struct ShownConfigurationText {
    private let shown: ShownConfiguration
    /// Where the remarks begin, in columns.
    private static let remarkColumn = 56

    package init(_ shown: ShownConfiguration) { self.shown = shown }

    package func write(into text: inout Text) {
        write(shown.root.items, depth: 0, into: &text)
        guard !shown.ignored.isEmpty else { return }
        text.newline()
        text.append("# Without effect here:\n")
        for line in shown.ignored {
            let words = ([line.value.keyword] + line.value.words).map(Self.quoted).joined(separator: " ")
            let place = line.span.map(shown.place) ?? shown.path
            text.append("#   \(ShownText.harmless(words)) (\(line.value.reason)), \(ShownText.harmless(place))\n")
        }
    }

    private func write(_ items: [ShownBlock.Item], depth: Int, into text: inout Text) {
        for item in items {
            switch item {
            case .setting(let setting): write(setting, depth: depth, into: &text)
            case .line(let words, let origin):
                write(words.map(Self.quoted).joined(separator: " "), origin, depth: depth, into: &text)
            case .block(let block):
                if depth == 0, text.count > 0 { text.newline() }
                let words = ([block.keyword] + block.arguments.map(Self.quoted) + ["{"]).joined(separator: " ")
                write(words, block.origin.isStandard ? nil : block.origin, depth: depth, into: &text)
                write(block.items, depth: depth + 1, into: &text)
                write("}", nil, depth: depth, into: &text)
            }
        }
    }

    private func write(_ setting: ShownSetting, depth: Int, into text: inout Text) {
        let value = shown.visible(setting)
        if case .command(let command, let rest) = value {
            let words = [setting.keyword, Self.quotedCommand(command)] + rest.map(Self.quoted)
            write(words.joined(separator: " "), setting.origin, depth: depth, into: &text)
            return
        }
        if let words = value.words {
            let line = ([setting.keyword] + words.map(Self.quoted)).joined(separator: " ")
            write(line, setting.origin, depth: depth, into: &text)
        } else if case .flag = value, !setting.origin.isStandard {
            write("\(setting.keyword) no", setting.origin, depth: depth, into: &text)
        } else if let words = value.text {
            // Only left out can it have this value.
            write("# \(setting.keyword): \(words)", setting.origin, depth: depth, into: &text)
        }
    }

    private func write(_ line: String, _ origin: Origin?, depth: Int, into text: inout Text) {
        let line = String(repeating: "    ", count: depth) + ShownText.harmless(line)
        text.append(line)
        if let origin {
            let gap = max(1, Self.remarkColumn - line.count)
            text.append(String(repeating: " ", count: gap) + "# " + ShownText.harmless(shown.text(origin)))
        }
        text.newline()
    }

    /// The word as it must be written to be one word.
    static func quoted(_ word: String) -> String {
        let needsQuotes =
            word.isEmpty || word.utf8.contains { " \t#!{}'\\".utf8.contains($0) } || "$@~".contains(word.prefix(1))
        return needsQuotes ? "\"\(word)\"" : word
    }

    /// A command in the quotes and escapes that keywords of scripts know.
    static func quotedCommand(_ command: String) -> String {
        var text = "\""
        for character in command {
            if character == "\"" || character == "\\" { text.append("\\") }
            text.append(character)
        }
        return text + "\""
    }
}
