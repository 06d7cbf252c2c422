import KeepalivedConfig
package import Reporting

/// A configuration as one JSON document. Members are only ever added.
package struct ShownConfigurationJSON {
    private let shown: ShownConfiguration

    package init(_ shown: ShownConfiguration) { self.shown = shown }

    package func write(into writer: inout JSONWriter) {
        writer.object { writer in
            writer.key("version")
            writer.number(1)
            writer.key("file")
            writer.string(shown.path)
            write(shown.root.items, into: &writer)
            writer.key("without_effect")
            writer.array { writer in
                for line in shown.ignored {
                    writer.newline()
                    writer.object { writer in
                        writer.key("keyword")
                        writer.string(line.value.keyword)
                        writer.key("words")
                        writer.array { writer in for word in line.value.words { writer.string(word) } }
                        writer.key("reason")
                        writer.string(line.value.reason)
                        writer.key("origin")
                        write(line.origin, into: &writer)
                    }
                }
            }
        }
        writer.text.newline()
    }

    /// The members `settings`, `lines` and `blocks`.
    private func write(_ items: [ShownBlock.Item], into writer: inout JSONWriter) {
        writer.key("settings")
        writer.array { writer in
            for case .setting(let setting) in items {
                writer.newline()
                write(setting, into: &writer)
            }
        }
        writer.key("lines")
        writer.array { writer in
            for case .line(let words, let origin) in items {
                writer.newline()
                writer.object { writer in
                    writer.key("words")
                    writer.array { writer in for word in words { writer.string(word) } }
                    writer.key("origin")
                    write(origin, into: &writer)
                }
            }
        }
        writer.key("blocks")
        writer.array { writer in
            for case .block(let block) in items {
                writer.newline()
                writer.object { writer in
                    writer.key("keyword")
                    writer.string(block.keyword)
                    writer.key("arguments")
                    writer.array { writer in for word in block.arguments { writer.string(word) } }
                    writer.key("origin")
                    write(block.origin, into: &writer)
                    write(block.items, into: &writer)
                }
            }
        }
    }

    private func write(_ setting: ShownSetting, into writer: inout JSONWriter) {
        writer.object { writer in
            writer.key("keyword")
            writer.string(setting.keyword)
            writer.key("value")
            var note: String?
            switch shown.visible(setting) {
            case .flag(let value): writer.bool(value)
            case .integer(let number): writer.number(number)
            case .seconds(let duration): writer.number(decimal: duration.secondsText)
            case .milliseconds(let duration): writer.number(decimal: (duration * 1000).secondsText)
            case .text(let text): writer.string(text)
            case .words(let words): writer.array { writer in for word in words { writer.string(word) } }
            case .command(let text, let rest):
                writer.array { writer in for word in [text] + rest { writer.string(word) } }
            case .absent(let text):
                writer.null()
                note = text
            }
            if let note {
                writer.key("meaning")
                writer.string(note)
            }
            writer.key("origin")
            write(setting.origin, into: &writer)
        }
    }

    private func write(_ origin: Origin, into writer: inout JSONWriter) {
        writer.object { writer in
            writer.key("kind")
            switch origin {
            case .standard: writer.string("default")
            case .file: writer.string("file")
            case .inherited(let scope, _):
                writer.string("inherited")
                writer.key("from")
                writer.string(scope.name)
            case .because(let reason, _):
                writer.string("rule")
                writer.key("because")
                writer.string(reason.text)
            }
            guard let span = origin.span else { return }
            writer.key("file")
            writer.string(shown.file(span))
            writer.key("line")
            writer.number(span.line)
            writer.key("column")
            writer.number(span.column)
        }
    }
}
