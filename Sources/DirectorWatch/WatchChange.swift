package import ControlProtocol
package import Reporting
import VRRPReporting

/// Something that is otherwise than at the look before: a line where `vrrpctl watch` writes lines.
package struct WatchChange: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
        case node
        case instance
        case service
        case server
    }

    /// What about it has changed.
    package enum Aspect: String, Hashable, Sendable {
        /// It is there at the first look.
        case listed
        case state
        case priority
        case weight
        /// What an operator has ordered.
        case orders
        case added
        case removed
        /// The director does not answer any more.
        case gone
        /// It answers again.
        case back
        /// Another worker answers: it has crashed or was started anew.
        case restarted
    }

    package var time: Timestamp
    package var kind: Kind
    package var name: String
    /// The virtual server of a real server.
    package var service: String?
    package var aspect: Aspect
    package var from: String?
    package var to: String?
    /// What more there is to say, in words.
    package var text: String?

    package init(
        _ time: Timestamp, _ kind: Kind, _ name: String, in service: String? = nil, _ aspect: Aspect,
        from: String? = nil, to: String? = nil, text: String? = nil
    ) {
        self.time = time
        self.kind = kind
        self.name = name
        self.service = service
        self.aspect = aspect
        self.from = from
        self.to = to
        self.text = text
    }

    // MARK: Lines

    /// A line for people, with its end:
    /// `2026-11-21T22:14:33.123Z instance VI_1: state backup -> active: …`
    package func write(into output: inout Text) {
        var line = "\(time) \(kind.rawValue)"
        if !name.isEmpty { line += " \(name)" }
        if let service { line += " of \(service)" }
        line += ":"
        if aspect != .listed { line += " \(aspect.rawValue)" }
        switch (from, to) {
        case (let from?, let to?): line += " \(from) -> \(to)"
        case (nil, let to?): line += " \(to)"
        case (let from?, nil): line += " no more \(from)"
        case (nil, nil): break
        }
        if let text, !text.isEmpty { line += (from ?? to) == nil && aspect == .listed ? " \(text)" : ": \(text)" }
        output.append(ShownText.harmless(line))
        output.newline()
    }

    /// A JSON object on a line.
    package func writeJSON(into output: inout Text) {
        var writer = JSONWriter()
        writer.object { writer in
            writer.key("time")
            writer.string(time.description)
            writer.key("kind")
            writer.string(kind.rawValue)
            writer.key("name")
            writer.string(name)
            func member(_ key: StaticString, _ value: String?) {
                guard let value else { return }
                writer.key(key)
                writer.string(value)
            }
            member("service", service)
            member("change", aspect.rawValue)
            member("from", from)
            member("to", to)
            member("text", text)
        }
        output.append(writer.text.bytes)
        output.newline()
    }
}
