package import Addresses

/// What was heard on the wire.
package struct WireFacts: Sendable {
    package struct Alarm: Hashable, Sendable {
        /// The kind's name: `split-brain`.
        package var kind: String
        package var sentence: String
        package var interface: String
        package var severity: Severity
        package var isOver: Bool

        package init(kind: String, sentence: String, interface: String, severity: Severity, isOver: Bool = false) {
            self.kind = kind
            self.sentence = sentence
            self.interface = interface
            self.severity = severity
            self.isOver = isOver
        }
    }

    /// Empty where nobody listened.
    package var interfaces: [String] = []
    package var listened = Duration.zero
    package var packets = 0
    package var alarms: [Alarm] = []
    /// The addresses that were asked for by ARP, with the interface.
    package var asked: [String: [IPv4Address]] = [:]
    package var answers: [AddressAnswer] = []
    /// Why it was not done, where it was not.
    package var unanswered: [String] = []

    package init() {}
}
