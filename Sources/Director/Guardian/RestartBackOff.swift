package import VRRPProtocol

/// How long to wait before a process that died is started again: not at all, 1 s, 2 s, 4 s and so on up to a minute.
/// Who has run for a minute has a clean record.
package struct RestartBackOff: Sendable {
    private static let longest = Duration.seconds(60)
    private var deaths = 0

    package init() {}

    /// - Parameters:
    ///   - start: When the process was started.
    ///   - death: When it died.
    /// - Returns: The wait from then on.
    package mutating func wait(afterStart start: Instant, death: Instant) -> Duration {
        if death - start >= Self.longest { deaths = 0 }
        defer { deaths += 1 }
        guard deaths > 0 else { return .zero }
        return deaths > 6 ? Self.longest : .seconds(1 << (deaths - 1))
    }
}
