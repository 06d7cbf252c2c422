/// `Sta`, the state of a session of bidirectional forwarding detection: RFC 5880, section 4.1.
public enum BFDState: UInt8, Hashable, Sendable, CaseIterable {
    /// Held down by its operator.
    case adminDown = 0
    /// Nothing is heard from the other end, or it has only just begun.
    case down = 1
    /// The other end is heard and does not know yet that it is.
    case initializing = 2
    /// Packets pass in both directions.
    case up = 3

    /// As the RFC writes it.
    public var name: String {
        switch self {
        case .adminDown: "AdminDown"
        case .down: "Down"
        case .initializing: "Init"
        case .up: "Up"
        }
    }
}
