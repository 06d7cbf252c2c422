package import ControlProtocol
package import PacketFormats
import Reporting

extension DirectorEvent {
    /// What a line of the log tells, as the history has it: the name that the sentence begins with is the subject, and the
    /// rest the text.
    init(_ line: LogLine, as kind: Kind, sequence: UInt64) {
        var fields: [String: String] = ["event": line.event]
        for (name, value) in line.fields where !value.isEmpty { fields[name] = value }
        self.init(line.message, fields, at: Timestamp(line.time), as: kind, sequence: sequence)
    }

    /// The same of a line that another process has logged, as JSON.
    ///
    /// - Returns: Nil for what is not kept.
    init?(logged bytes: [UInt8], sequence: UInt64) {
        guard let value = JSONValue(parsing: bytes[...]), case .object(let members) = value,
            let level = value["level"]?.string.flatMap({ LogLevel(rawValue: $0) }),
            let event = value["event"]?.string, let kind = HistoryKinds.kind(of: event, at: level),
            let message = value["message"]?.string,
            // Microseconds there, milliseconds here.
            let time = value["time"]?.string.flatMap({ Timestamp(String($0.prefix(23)) + "Z") })
        else { return nil }
        let own: Set = ["time", "level", "message"]
        var fields: [String: String] = [:]
        for member in members where !own.contains(member.name) { fields[member.name] = member.value.string }
        self.init(message, fields, at: time, as: kind, sequence: sequence)
    }

    private init(
        _ message: String, _ fields: [String: String], at time: Timestamp, as kind: Kind, sequence: UInt64
    ) {
        // Of a mail the field is what it is about, in words.
        let ordered = kind == .steering ? fields["subject"] : nil
        let subject = ordered ?? Self.subjectFields.lazy.compactMap { fields[$0] }.first ?? ""
        self.init(
            sequence: sequence, time: time, kind: kind, subject: subject, text: Self.text(message, of: subject),
            fields: fields)
    }

    private static func text(_ message: String, of subject: String) -> String {
        guard !subject.isEmpty, message.hasPrefix(subject) else { return message }
        var rest = message.dropFirst(subject.count)
        guard rest.first == ":" || rest.first == " " else { return message }
        if rest.first == ":" { rest.removeFirst() }
        return String(rest.drop { $0 == " " })
    }

    /// The longest text that is kept, in octets: what others say, such as a script's last words, has no end of its own.
    private static let longestText = 1024

    /// As one line of JSON, with its end.
    package var line: [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.key("sequence")
            writer.number(sequence)
            writer.key("time")
            writer.string(Array(time.description.utf8))
            writer.key("kind")
            writer.string(Array(kind.rawValue.utf8))
            writer.key("subject")
            writer.string(Self.bounded(subject))
            writer.key("text")
            writer.string(Self.bounded(text))
            writer.key("fields")
            writer.object { writer in
                for (name, value) in fields.sorted(by: { $0.key < $1.key }).prefix(16) {
                    writer.key(named: name)
                    writer.string(Self.bounded(value))
                }
            }
        }
        writer.text.newline()
        return writer.text.bytes
    }

    /// Cut between two characters.
    private static func bounded(_ text: String) -> [UInt8] {
        let bytes = Array(text.utf8)
        guard bytes.count > longestText else { return bytes }
        let end = bytes[...longestText].lastIndex { $0 & 0xc0 != 0x80 } ?? longestText
        return bytes[..<end] + Array("…".utf8)
    }

    /// - Returns: Nil for what is no event.
    package init?(_ value: JSONValue) {
        guard let sequence = value["sequence"]?.integer.flatMap({ UInt64(exactly: $0) }),
            let time = value["time"]?.string.flatMap({ Timestamp($0) }),
            let kind = value["kind"]?.string.flatMap({ Kind(rawValue: $0) }),
            let subject = value["subject"]?.string, let text = value["text"]?.string
        else { return nil }
        var fields: [String: String] = [:]
        if case .object(let members)? = value["fields"] {
            for member in members {
                if let value = member.value.string { fields[member.name] = value }
            }
        }
        self.init(sequence: sequence, time: time, kind: kind, subject: subject, text: text, fields: fields)
    }
}

extension Timestamp {
    package init(_ time: WallTime) {
        self.init(milliseconds: time.seconds * 1000 + Int64(time.nanoseconds / 1_000_000))
    }
}
