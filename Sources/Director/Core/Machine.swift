package import PacketFormats
package import Reactor

extension Surroundings {
    /// This machine: its clock, its sockets, its kernel and its scripts.
    ///
    /// - Parameters:
    ///   - runner: Runs all scripts of the process.
    ///   - ledger: The path of the file that says what of ours is in the kernel. What a former run left was released.
    ///   - sessions: What `track_bfd` goes by.
    ///   - wills: Who sends the last words of this process.
    /// - Throws: What is missing, or not allowed.
    package init(
        loop: EventLoop, log: Log, digests: any KeyedDigests, sessions: BFDSessions, wills: any WillKeeper,
        runner: ScriptRunner, ledger: String
    ) throws(DirectorError) {
        let scripts = MachineScripts(runner: runner, sessions: sessions)
        self.init(
            time: loop, wire: try MachineWire(loop: loop, log: log),
            network: try MachineNetwork(loop: loop, log: log, ledger: ledger), listener: scripts, feeds: scripts,
            wills: wills, log: log, digests: digests)
    }
}
