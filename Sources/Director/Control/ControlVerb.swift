/// Something that the daemon can be asked for. One for each file `ControlVerb+Name.swift`, and all of them in
/// `Worker.verbs`.
package struct ControlVerb {
    package var name: String
    /// Carries it out, and answers at once or later. An answer may have several lines where the verb says so.
    package var carryOut: (ControlRequest, ControlReply) -> Void

    package init(_ name: String, _ carryOut: @escaping (ControlRequest, ControlReply) -> Void) {
        self.name = name
        self.carryOut = carryOut
    }
}
