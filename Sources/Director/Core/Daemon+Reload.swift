package import KeepalivedConfig
import VRRPAssembly
import VRRPProtocol

extension Daemon {
    /// What `reload(to:)` would change, a phrase for each; empty for nothing.
    package func difference(to new: Configuration) -> [String] { [] }

    /// Runs another configuration from now on. What is the same in both goes on without noticing.
    ///
    /// - Parameter new: A configuration without errors.
    /// - Returns: What has changed, a phrase for each.
    /// - Throws: If a running daemon cannot make the change; nothing was changed then.
    package func reload(to new: Configuration) throws(DirectorError) -> [String] { [] }
}
