/// Something that the daemon can be asked for. One for each file `ControlVerb+Name.swift`, and all of them in
/// `Worker.verbs`.
package struct ControlVerb {
    package var name: String
    /// What whoever asks must have.
    package var right: ControlRight
    /// Carries it out, and answers at once or later.
    package var carryOut: (ControlRequest, ControlReply) -> Void

    /// - Parameter right: `.read` for what changes nothing.
    package init(
        _ name: String, _ right: ControlRight, _ carryOut: @escaping (ControlRequest, ControlReply) -> Void
    ) {
        self.name = name
        self.right = right
        self.carryOut = carryOut
    }
}
