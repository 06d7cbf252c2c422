/// Why the daemon cannot start, or not do what it was asked, in words for the operator.
package struct DirectorError: Error, Hashable, Sendable {
    /// What, where, and what instead.
    package var message: String
    /// The exit status of `vrrpctl run`: 77 for missing rights, 75 for a second start, 5 for a configuration that
    /// cannot run, otherwise 1.
    package var status: Int32

    package init(_ message: String, status: Int32 = 1) {
        self.message = message
        self.status = status
    }
}
