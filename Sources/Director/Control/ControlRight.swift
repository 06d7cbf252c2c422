/// What somebody may ask of the daemon.
package enum ControlRight: Int, Hashable, Sendable, Comparable {
    /// Nothing.
    case nothing
    /// To be told something: who is in the socket's group.
    case read
    /// To have something changed: root, and the user that the daemon runs as.
    case change

    package static func < (left: ControlRight, right: ControlRight) -> Bool { left.rawValue < right.rawValue }
}
