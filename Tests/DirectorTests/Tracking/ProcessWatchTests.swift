import Glibc
import KeepalivedConfig
import Reactor
import Testing
import VRRPProtocol

@testable import Director

/// Real processes that are counted; each test has a name of its own for them.
///
/// Whether the kernel tells or /proc is looked through, the result is the same; the kernel tells only root, and only in
/// the first network namespace.
struct ProcessWatchTests {
    private final class Heard {
        var readings: [Tracker.Reading] = []
    }

    private let stage: Stage
    private let heard = Heard()
    private let name: String

    init() throws {
        stage = try Stage()
        name = "vt\(UInt32.random(in: .min ... .max))"
        // The kernel names a process by the path that it was run by.
        symlink("/bin/sleep", stage.path(name))
    }

    private func watches(asksKernel: Bool) -> ProcessWatches {
        ProcessWatches(stage.loop, stage.log, asksKernel: asksKernel) { [heard] _, reading in
            heard.readings.append(reading)
        }
    }

    private func process(
        quorum: Int = 1, maximum: Int? = nil, terminateDelay: Duration = .zero, words: [String]? = nil
    ) -> TrackProcess {
        var process = TrackProcess(name: Setting("p"))
        process.process.value = words ?? [name]
        process.quorum.value = quorum
        process.quorumMaximum.value = maximum
        process.terminateDelay.value = terminateDelay
        return process
    }

    @discardableResult
    private func start(_ arguments: String = "1000") -> RunningScript {
        let command = ScriptCommand(words: [stage.path(name), arguments], text: "")
        return stage.runner.run(ScriptCall("process", command)) { _ in }
    }

    private func expectNext(
        _ reading: Tracker.Reading, _ count: Int, at location: SourceLocation = #_sourceLocation
    ) {
        stage.wait("the reading \(reading)", at: location) { [heard] in
            heard.readings.count == count && heard.readings.last == reading
        }
    }

    private func end(_ scripts: RunningScript...) {
        for script in scripts { script.stop() }
    }

    @Test(arguments: [true, false])
    func oneComesAndGoes(asksKernel: Bool) {
        let watches = watches(asksKernel: asksKernel)
        watches.update(to: [process()], buffer: 0, forced: false)
        #expect(watches.reading(of: "p") == .bad)
        let first = start()
        expectNext(.good, 1)
        end(first)
        expectNext(.bad, 2)
        #expect(watches.reading(of: "p") == .bad)
        #expect(watches.reading(of: "other") == .unknown)
    }

    @Test(arguments: [true, false])
    func oneThatRunsAlreadyCountsAtOnce(asksKernel: Bool) {
        let running = start()
        stage.wait("the process") { running.process.map { Stage.read("/proc/\($0)/comm") == name + "\n" } ?? false }
        let watches = watches(asksKernel: asksKernel)
        watches.update(to: [process()], buffer: 0, forced: false)
        #expect(watches.reading(of: "p") == .good)
        #expect(heard.readings.isEmpty)
        end(running)
        expectNext(.bad, 1)
    }

    @Test(arguments: [true, false])
    func quorumHasTwoEnds(asksKernel: Bool) {
        let watches = watches(asksKernel: asksKernel)
        watches.update(to: [process(quorum: 2, maximum: 3)], buffer: 0, forced: false)
        let first = start()
        stage.pass(.milliseconds(100))
        #expect(watches.reading(of: "p") == .bad)
        let second = start()
        expectNext(.good, 1)
        let third = start()
        let fourth = start()
        expectNext(.bad, 2)
        end(third)
        expectNext(.good, 3)
        end(first, second, fourth)
        expectNext(.bad, 4)
    }

    @Test(arguments: [true, false])
    func aRestartWithinTheDelayIsNoLoss(asksKernel: Bool) {
        let watches = watches(asksKernel: asksKernel)
        let first = start()
        stage.wait("the process") { first.process.map { Stage.read("/proc/\($0)/comm") == name + "\n" } ?? false }
        watches.update(to: [process(terminateDelay: .seconds(4))], buffer: 0, forced: false)
        #expect(watches.reading(of: "p") == .good)
        end(first)
        let second = start()
        stage.pass(.seconds(2))
        #expect(heard.readings.isEmpty)
        let began = EventLoop.clock()
        end(second)
        expectNext(.bad, 1)
        #expect(EventLoop.clock() - began >= .seconds(3))
    }

    @Test
    func parametersAreSeen() {
        let watches = watches(asksKernel: true)
        watches.update(to: [process(words: [stage.path(name), "4000"])], buffer: 0, forced: false)
        let other = start("1000")
        stage.pass(.milliseconds(200))
        #expect(watches.reading(of: "p") == .bad)
        let right = start("4000")
        expectNext(.good, 1)
        end(other, right)
        expectNext(.bad, 2)
    }

    @Test(.enabled(if: geteuid() == 0, "the kernel tells root only"))
    func theKernelTellsAtOnceAndOfForks() throws {
        let watches = watches(asksKernel: true)
        watches.update(to: [process(quorum: 3)], buffer: 0, forced: false)
        // In another network namespace it does not, and there is nothing to test.
        guard !stage.logged.contains("does not tell about processes") else { return }
        unlink(stage.path(name))
        symlink("/bin/dash", stage.path(name))
        let command = ScriptCommand(
            words: [
                stage.path(name), "-c",
                "(read x </proc/self/stat; :) & (exec 3<\(stage.path("wait"))) & (exec 3<\(stage.path("wait"))) & wait",
            ], text: "")
        mkfifo(stage.path("wait"), 0o600)
        stage.pass(.milliseconds(300))
        let began = EventLoop.clock()
        let script = stage.runner.run(ScriptCall("process", command)) { _ in }
        expectNext(.good, 1)
        #expect(EventLoop.clock() - began < .milliseconds(900))
        script.stop()
        expectNext(.bad, 2)
    }

    @Test
    func aReloadKeepsWhatIsAsBefore() {
        let watches = watches(asksKernel: false)
        watches.update(to: [process()], buffer: 0, forced: false)
        let running = start()
        expectNext(.good, 1)
        var weighted = process()
        weighted.weight.value = TrackWeight(20)
        watches.update(to: [weighted], buffer: 0, forced: false)
        #expect(watches.reading(of: "p") == .good)
        watches.update(to: [process(quorum: 2)], buffer: 0, forced: false)
        #expect(watches.reading(of: "p") == .bad)
        watches.update(to: [], buffer: 0, forced: false)
        #expect(watches.reading(of: "p") == .unknown)
        end(running)
        stage.pass(.milliseconds(100))
        #expect(heard.readings.count == 1)
    }
}
