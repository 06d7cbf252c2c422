import ControlProtocol
package import Reporting

/// The way back to whoever asked.
package struct ControlReply {
    /// The first line of an answer, and what follows it.
    let send: ([UInt8], ControlStream?) -> Void

    /// Answers that it was done.
    ///
    /// - Parameter members: Writes what the answer has besides `version` and `ok`.
    package func answer(_ members: (inout JSONWriter) -> Void = { _ in }) {
        send(Self.line(isDone: true, members), nil)
    }

    /// Answers with the members of a value. A long one is better streamed.
    package func answer(_ value: some Encodable) {
        guard let line = line(of: value) else { return }
        send(line, nil)
    }

    /// Answers with the members of a value, `"more":true`, and further lines. `{"end":true}` follows the last of them.
    package func answer(_ value: some Encodable, then stream: ControlStream) {
        guard let line = line(of: value, hasMore: true) else { return stream.close() }
        send(line, stream)
    }

    /// Answers that it is done, and goes on with further lines.
    package func stream(_ stream: ControlStream) {
        send(
            Self.line(isDone: true) { writer in
                writer.key("more")
                writer.bool(true)
            }, stream)
    }

    /// Answers that it was not done.
    ///
    /// - Parameter members: Writes what there is to say besides the refusal.
    package func refuse(_ refusal: ControlRefusal, _ members: (inout JSONWriter) -> Void = { _ in }) {
        send(
            Self.line(isDone: false) { writer in
                refusal.write(into: &writer)
                members(&writer)
            }, nil)
    }

    /// Nil after a refusal, where a value cannot be written.
    private func line(of value: some Encodable, hasMore: Bool = false) -> [UInt8]? {
        var failure: (any Error)?
        let line = Self.line(isDone: true) { writer in
            do {
                try ControlCoder.writeMembers(of: value, into: &writer)
            } catch {
                failure = error
            }
            guard hasMore else { return }
            writer.key("more")
            writer.bool(true)
        }
        guard failure == nil else {
            refuse(ControlRefusal("the daemon cannot write its answer"))
            return nil
        }
        return line
    }

    private static func line(isDone: Bool, _ members: (inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.key("version")
            writer.number(ControlRequest.version)
            writer.key("ok")
            writer.bool(isDone)
            members(&writer)
        }
        writer.text.newline()
        return writer.text.bytes
    }
}

extension ControlRefusal {
    func write(into writer: inout JSONWriter) {
        writer.key("error")
        writer.string(message)
        writer.key("status")
        writer.number(status)
    }

    /// The last line of a stream that cannot go on, or that has come to its end.
    static func end(_ refusal: ControlRefusal?) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.key("end")
            writer.bool(true)
            refusal?.write(into: &writer)
        }
        writer.text.newline()
        return writer.text.bytes
    }
}
