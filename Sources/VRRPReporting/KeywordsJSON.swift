package import KeepalivedConfig
package import Reporting

/// The table of keywords as one JSON document, for the tests that hold the manual page against it.
package enum KeywordsJSON {
    package static func write(_ keywords: [Keyword], into writer: inout JSONWriter) {
        writer.array { writer in
            for keyword in keywords {
                writer.newline()
                write(keyword, into: &writer)
            }
        }
        writer.text.newline()
    }

    private static func write(_ keyword: Keyword, into writer: inout JSONWriter) {
        writer.object { writer in
            writer.key("scope")
            writer.string(keyword.scope.name)
            writer.key("name")
            writer.string(keyword.name)
            writer.key("form")
            writer.string(keyword.form.text)
            writer.key("range")
            write(keyword.form.range, into: &writer)
            writer.key("unit")
            write(keyword.unit, into: &writer)
            writer.key("default")
            write(keyword.standard, into: &writer)
            writer.key("repeatable")
            writer.bool(keyword.repetition == .repeatable)
            writer.key("effect")
            switch keyword.effect {
            case .takesEffect: writer.string("takes effect")
            case .noEffectHere: writer.string("no effect")
            case .oldSpelling: writer.string("old spelling")
            }
            writer.key("modern")
            if case .oldSpelling(let modern) = keyword.effect { writer.string(modern) } else { writer.null() }
            writer.key("reason")
            if case .noEffectHere(let reason) = keyword.effect { writer.string(reason) } else { writer.null() }
            writer.key("opens")
            write(keyword.opens?.name, into: &writer)
            writer.key("summary")
            writer.string(keyword.summary)
        }
    }

    private static func write(_ string: String?, into writer: inout JSONWriter) {
        if let string { writer.string(string) } else { writer.null() }
    }
}
