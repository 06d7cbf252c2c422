/// What an attempt of a check found.
package enum CheckResult: Hashable, Sendable {
    /// How a check moves the weight of its real server.
    package enum Weight: Hashable, Sendable {
        /// It stays as the configuration or other checks have it.
        case unchanged
        /// It is this, 0 to 253: `misc_dynamic`.
        case absolute(Int)
        /// This is added to it: `FILE_CHECK`.
        case added(Int)
    }

    case passed(Weight)
    /// The phrase goes after the server's name: "refused the connection", "answered with status 503".
    case failed(String)
    /// The attempt could not be made, for a reason that lies with this host: no descriptor or port left, a source
    /// address or interface that it does not have. That says nothing of the server, whose state stays; it is tried again
    /// after the usual delay and the phrase is for the log.
    case undecided(String)

    package static let passed = CheckResult.passed(.unchanged)

    package var isSuccess: Bool {
        if case .passed = self { true } else { false }
    }
}
