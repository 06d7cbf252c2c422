/// What of ours is in the kernel, on a file, so that another process can take it away when this one has died.
///
/// A line is appended before the kernel is asked to make a thing and after it has removed it. There are no secrets in it.
package final class Ledger {
    /// Opens or makes the file (0600).
    ///
    /// What a former run left must have been released before: the file is begun anew.
    package init(at path: String) throws(DirectorError) {}

    /// Removes from the kernel everything that the file at `path` says, the last first, puts the old values of sysctls
    /// back, and empties the file. Does nothing where there is no file, or where it is of another boot or another
    /// network namespace.
    ///
    /// - Returns: What was done, in sentences for the log.
    package static func releaseLeftovers(at path: String) -> [String] { [] }

    /// Removes the file: nothing of ours is in the kernel.
    package func close() {}
}
