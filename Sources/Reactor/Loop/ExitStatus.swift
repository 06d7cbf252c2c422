/// How a process ended.
package enum ExitStatus: Hashable, Sendable {
    /// It exited with that status, 0 to 255.
    case exited(Int32)
    /// That signal killed it.
    case killed(Int32)
    /// It ended, and it was no child of this process, or somebody else collected it.
    case unknown
}
