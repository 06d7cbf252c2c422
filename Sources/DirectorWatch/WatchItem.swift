/// What a line of a pane is about. It stays the same while the lines move.
package enum WatchItem: Hashable, Sendable {
    case instance(String)
    case service(String)
    case server(String, service: String)
    /// By its sequence number.
    case event(UInt64)
}
