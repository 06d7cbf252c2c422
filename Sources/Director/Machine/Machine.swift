import KeepalivedConfig
import PacketFormats
import Reactor

/// This machine, as the daemon's surroundings.
final class Machine {
    let surroundings: Surroundings
    private let notifier: Notifier

    /// - Parameters:
    ///   - ledger: The path of the file that says what of ours is in the kernel; what a former run left is released.
    /// - Throws: What keeps everything from running.
    init(
        loop: EventLoop, log: Log, digests: any KeyedDigests, configuration: Configuration, ledger: String,
        wills: any WillKeeper
    ) throws(DirectorError) {
        let runner = ScriptRunner(loop: loop, log: log)
        notifier = Notifier(runner: runner)
        let listener = ScriptNotifier(runner, notifier)
        listener.update(to: configuration)
        let wire: KernelWire
        do throws(ReactorError) {
            wire = try KernelWire(loop, log: log)
        } catch {
            throw DirectorError("cannot open the sockets of VRRP: \(error)")
        }
        surroundings = Surroundings(
            time: LoopClock(loop), wire: wire, network: try KernelConfiguration(loop, log: log, ledger: ledger),
            listener: listener, feeds: TrackedReadings(runner), wills: wills, log: log, digests: digests)
    }

    /// Runs `startup_script`, and goes on when it has ended.
    func begin(then begin: @escaping () -> Void) {
        notifier.runStartupScript(then: begin)
    }

    /// Runs `shutdown_script` when everything else is over.
    func end(then done: @escaping () -> Void) {
        notifier.runShutdownScript(then: done)
    }
}
