package import KeepalivedConfig

/// The VRRP side of the daemon: the virtual routers of a configuration, and all that they need.
package final class Daemon {
    package private(set) var configuration: Configuration
    let surroundings: Surroundings

    /// Nothing is opened or changed before `start`.
    package init(_ configuration: Configuration, in surroundings: Surroundings) {
        self.configuration = configuration
        self.surroundings = surroundings
    }

    /// Starts every virtual router. What one of them lacks keeps it in fault and is logged.
    ///
    /// - Throws: What keeps the whole daemon from running.
    package func start() throws(DirectorError) {}

    /// What `reload(to:)` would change, a phrase for each; empty for nothing.
    package func difference(to new: Configuration) -> [String] { [] }

    /// Runs another configuration from now on. What is the same in both goes on without noticing.
    ///
    /// - Parameter new: A configuration without errors.
    /// - Returns: What has changed, a phrase for each.
    /// - Throws: If a running daemon cannot make the change; nothing was changed then.
    package func reload(to new: Configuration) throws(DirectorError) -> [String] { [] }

    /// Resigns, takes everything out of the kernel again, and tells the scripts.
    ///
    /// - Parameter done: Called when the daemon may end: after a second at most.
    package func stop(then done: @escaping () -> Void) { done() }
}
