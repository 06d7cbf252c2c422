package import PacketFormats

/// What an instance has seen and done since it was started.
package struct Counters: Hashable, Sendable {
    package var sent = 0
    package var received = 0
    package var resignationsSent = 0
    package var resignationsReceived = 0
    package var becameActive = 0
    package var leftActive = 0
    /// Packets that were not believed, by the reason.
    package var rejected: [Rejection: Int] = [:]
    /// Valid advertisements that came faster than anybody needs to answer them.
    package var unanswered = 0
    package var encodingFailures = 0
}
