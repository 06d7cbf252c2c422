package import ControlProtocol

/// What came of asking, where it was not what was asked for.
package struct ControlFailure: Error, Hashable, Sendable {
    package var message: String
    /// The exit status that says so: 69 where there is nobody to ask, 77 without rights, otherwise the daemon's.
    package var status: Int32
    /// What the daemon said.
    package var answer: JSONValue?

    package init(_ message: String, status: Int32 = 1, answer: JSONValue? = nil) {
        self.message = message
        self.status = status
        self.answer = answer
    }
}
