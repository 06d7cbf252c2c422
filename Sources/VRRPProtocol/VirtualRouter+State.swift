extension VirtualRouter {
    /// The state as an operator and a notify script see it.
    public enum State: UInt8, Hashable, Sendable, CaseIterable {
        /// Not started, stopped, or waiting for its startup delay to pass.
        case initialize
        /// Started, but something that it needs is missing: see `faults`. RFC 9568 has no such state; by its rules
        /// this is Initialize.
        case fault
        /// Listens to the active router (RFC 9568 section 6.4.2).
        case backup
        /// Holds the addresses and advertises; "master" until RFC 9568 (section 6.4.3).
        case active
    }
}
