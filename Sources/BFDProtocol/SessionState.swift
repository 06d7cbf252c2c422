/// `Sta`, the state of a session: RFC 5880, section 4.1.
package enum SessionState: UInt8, Hashable, Sendable, CaseIterable {
    case adminDown = 0
    case down = 1
    case initializing = 2
    case up = 3
}
