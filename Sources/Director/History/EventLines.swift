package import ControlProtocol

/// The lines of a history's file, as somebody finds them: the last may be torn by a crash, and any may be damaged.
package enum EventLines {
    /// The events in them, in their order. What is no event is passed over.
    ///
    /// - Returns: Also how many lines that were.
    package static func read(_ bytes: [UInt8]) -> (events: [DirectorEvent], damaged: Int) {
        var events: [DirectorEvent] = []
        var damaged = 0
        for line in bytes.split(separator: 0x0a) {
            if let value = JSONValue(parsing: line), let event = DirectorEvent(value) {
                events.append(event)
            } else {
                damaged += 1
            }
        }
        return (events, damaged)
    }
}
