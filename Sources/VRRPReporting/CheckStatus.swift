/// How `vrrpctl check` ends.
package enum CheckStatus: Int32, Sendable {
    /// The configuration runs; there may be warnings.
    case runs = 0
    /// The command line is wrong.
    case usage = 2
    /// There are warnings, and they were asked to count.
    case warnings = 4
    /// Something that the configuration asks for cannot be done, or it cannot be read.
    case errors = 5
}
