package import ControlProtocol
package import Reporting

/// Asks a running daemon for something, and waits for its answer.
package struct ControlClient {
    private let path: String

    /// - Parameter path: The control socket.
    package init(path: String) {
        self.path = path
    }

    /// Sends a request and waits for one line.
    ///
    /// - Parameters:
    ///   - patience: Seconds to wait for each piece of the answer; nil for as long as it takes.
    ///   - members: Writes what the request has besides its version and name.
    /// - Returns: The answer of a daemon that did it.
    /// - Throws: What kept it from doing so, in its words, with the whole answer; or that there is nobody to ask.
    package func ask(
        _ request: String, patience: Int? = 30, _ members: (inout JSONWriter) -> Void = { _ in }
    ) throws(ControlFailure) -> JSONValue {
        try ControlConversation(path: path, patience: patience).ask(request, members)
    }

    /// Sends a request and takes the answer's members as a value.
    package func ask<Answer: Decodable>(
        _ request: String, as type: Answer.Type, patience: Int? = 30, _ members: (inout JSONWriter) -> Void = { _ in }
    ) throws(ControlFailure) -> Answer {
        try Self.value(type, of: ask(request, patience: patience, members))
    }

    /// Sends a request whose answer has more lines than one.
    ///
    /// - Parameters:
    ///   - patience: Seconds to wait for each piece of the answer; nil for as long as it takes.
    ///   - first: Given the first line.
    ///   - each: Given every further line; returns whether it wants the next one.
    package func stream(
        _ request: String, patience: Int? = 30, _ members: (inout JSONWriter) -> Void = { _ in },
        first: (JSONValue) throws(ControlFailure) -> Void = { _ throws(ControlFailure) in },
        each: (JSONValue) throws(ControlFailure) -> Bool
    ) throws(ControlFailure) {
        let conversation = try ControlConversation(path: path, patience: patience)
        let answer = try conversation.ask(request, members)
        try first(answer)
        guard answer["more"]?.bool == true else { return }
        while let line = try conversation.next() {
            guard try each(line) else { return }
        }
    }

    /// A value of an answer.
    ///
    /// - Throws: What the daemon said instead.
    package static func value<Value: Decodable>(
        _ type: Value.Type = Value.self, of json: JSONValue
    ) throws(ControlFailure) -> Value {
        do throws(ControlCodingError) {
            return try ControlCoder.decode(type, from: json)
        } catch {
            throw ControlFailure("the daemon's answer cannot be understood (\(error)); is it of another version?")
        }
    }
}
