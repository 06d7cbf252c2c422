import Glibc
import Reactor
import Testing
import VRRPProtocol

@testable import Director
@testable import KeepalivedConfig

/// What a configuration tracks, from its definitions to the readings.
struct TrackerFeedsTests {
    private final class Heard {
        var readings: [String] = []
    }

    private let stage: Stage
    private let heard = Heard()
    private let feeds: TrackerFeeds

    init() throws {
        stage = try Stage()
        feeds = TrackerFeeds(runner: stage.runner) { [heard] kind, name, reading in
            heard.readings.append("\(kind) \(name) \(reading)")
        }
    }

    private func script(
        _ text: String, name: String = "chk", interval: Duration = .milliseconds(100), rise: Int = 1, fall: Int = 1,
        startsFailed: Bool = false
    ) -> VRRPScript {
        var script = VRRPScript(name: Setting(name))
        script.command.value = Stage.shell(text)
        script.interval.value = interval
        script.timeout.value = interval
        script.rise.value = rise
        script.fall.value = fall
        script.startsFailed.value = startsFailed
        return script
    }

    /// A configuration whose only instance tracks the scripts of these names.
    private func configuration(_ scripts: [VRRPScript], tracked: [String] = ["chk"]) -> Configuration {
        var configuration = Configuration()
        configuration.scripts = scripts
        var instance = VRRPInstance(name: Setting("VI_1"))
        instance.tracked.scripts = tracked.map { Setting(TrackedObject(name: $0)) }
        configuration.instances = [instance]
        return configuration
    }

    private var reading: Tracker.Reading { feeds.reading(of: .script, name: "chk") }

    private func expectNext(_ readings: [String], at location: SourceLocation = #_sourceLocation) {
        stage.wait("the readings \(readings)", at: location) { [heard] in heard.readings.count >= readings.count }
        #expect(heard.readings == readings, sourceLocation: location)
    }

    @Test
    func scriptsRunAtOnceAndAtTheirInterval() {
        feeds.update(
            to: configuration([
                script("echo >>\(stage.path("runs")); [ ! -e \(stage.path("bad")) ]", interval: .milliseconds(200))
            ]))
        #expect(reading == .unknown)
        let began = EventLoop.clock()
        expectNext(["script chk good"])
        stage.wait("five runs") { stage.read("runs").count >= 5 }
        #expect(EventLoop.clock() - began >= .milliseconds(700))
        stage.write("bad", "")
        expectNext(["script chk good", "script chk bad"])
        #expect(stage.logged.contains("vrrp_script chk exited with status 1: it counts as failed now"))
        unlink(stage.path("bad"))
        expectNext(["script chk good", "script chk bad", "script chk good"])
        feeds.stop()
    }

    @Test
    func onlyWhatIsTrackedIsRun() {
        feeds.update(
            to: configuration([
                script("exit 0"), script("echo >\(stage.path("other"))", name: "other"),
            ]))
        expectNext(["script chk good"])
        stage.pass(.milliseconds(300))
        #expect(!stage.exists("other"))
        #expect(feeds.reading(of: .script, name: "other") == .unknown)
        feeds.stop()
    }

    @Test
    func groupsTrackToo() {
        var configuration = configuration([script("exit 0")], tracked: [])
        var group = SyncGroup(name: Setting("G"))
        group.tracked.scripts = [Setting(TrackedObject(name: "chk"))]
        configuration.syncGroups = [group]
        feeds.update(to: configuration)
        expectNext(["script chk good"])
        feeds.stop()
    }

    @Test
    func riseAndFallAreCounted() {
        feeds.update(
            to: configuration([
                script("[ -e \(stage.path("good")) ] && echo >>\(stage.path("runs"))", rise: 3, startsFailed: true)
            ]))
        // Said at once.
        #expect(heard.readings == ["script chk bad"])
        stage.pass(.milliseconds(300))
        #expect(heard.readings == ["script chk bad"])
        stage.write("good", "")
        expectNext(["script chk bad", "script chk good"])
        #expect(stage.read("runs").count >= 3)
        feeds.stop()
    }

    @Test
    func whatIsMissingFailsAndIsNamed() {
        var missing = script("")
        missing.command.value = ScriptCommand(words: ["/no/such/check"], text: "/no/such/check")
        feeds.update(to: configuration([missing]))
        expectNext(["script chk bad"])
        stage.pass(.milliseconds(500))
        let lines = stage.lines("log").filter {
            $0.contains("error: vrrp_script chk was not run: there is no /no/such/check on this machine")
        }
        // Once, not at each run.
        #expect(lines.count == 1)
        feeds.stop()
    }

    @Test
    func aRunThatTakesTooLongFailsAndIsNeverDoubled() {
        feeds.update(
            to: configuration([
                script("echo $$ >>\(stage.path("runs")); exec sleep 1000", interval: .milliseconds(200))
            ]))
        expectNext(["script chk bad"])
        #expect(stage.logged.contains("vrrp_script chk took too long and was ended: it counts as failed now"))
        var mostAtOnce = 0
        stage.wait("five runs") {
            mostAtOnce = max(mostAtOnce, stage.lines("runs").compactMap { Int32($0) }.filter(Stage.runs).count)
            return stage.lines("runs").count >= 5
        }
        #expect(mostAtOnce <= 1)
        feeds.stop()
        stage.wait("the end of the last run") { stage.runner.count == 0 }
    }

    @Test
    func outputExplainsAChangeAndIsNotRepeated() {
        feeds.update(to: configuration([script("echo because; exit 1")]))
        expectNext(["script chk bad"])
        stage.pass(.milliseconds(500))
        #expect(stage.lines("log").filter { $0.hasSuffix("notice: vrrp_script chk says: because") }.count == 1)
        feeds.stop()
    }

    // MARK: Reload

    @Test
    func aReloadKeepsWhatIsAsBefore() {
        let slow = script("echo >>\(stage.path("runs")); sleep 0.5", interval: .seconds(600))
        feeds.update(to: configuration([slow]))
        stage.wait("the run") { stage.exists("runs") }
        var weighted = slow
        weighted.weight.value = TrackWeight(10)
        feeds.update(to: configuration([weighted]))
        expectNext(["script chk good"])
        #expect(stage.read("runs").count == 1)
        feeds.stop()
    }

    @Test
    func anotherScriptCountsAsBeforeUntilItsFirstResult() {
        feeds.update(to: configuration([script("exit 0")]))
        expectNext(["script chk good"])
        feeds.update(
            to: configuration([
                script(
                    "while [ ! -e \(stage.path("go")) ]; do sleep 0.01; done; exit 1", interval: .seconds(20),
                    startsFailed: true)
            ]))
        #expect(reading == .good)
        stage.pass(.milliseconds(100))
        #expect(heard.readings.count == 1)
        stage.write("go", "")
        expectNext(["script chk good", "script chk bad"])
        // What is not tracked any more is not known.
        feeds.update(to: configuration([], tracked: []))
        #expect(reading == .unknown)
        #expect(heard.readings.count == 2)
        // Tracked again, it is a new one.
        feeds.update(to: configuration([script("exec sleep 1000", interval: .seconds(20))]))
        #expect(heard.readings == ["script chk good", "script chk bad", "script chk unknown"])
        feeds.stop()
        stage.wait("the end of all runs") { stage.runner.count == 0 }
    }

    @Test
    func filesAndProcessesAreFed() {
        var configuration = configuration([], tracked: [])
        var file = TrackFile(name: Setting("load"))
        file.path.value = stage.path("value")
        configuration.trackFiles = [file, TrackFile(name: Setting("unused"))]
        var process = TrackProcess(name: Setting("own"))
        process.process.value = ["no-such-name"]
        configuration.trackProcesses = [process]
        configuration.instances[0].tracked.files = [Setting(TrackedObject(name: "load"))]
        configuration.instances[0].tracked.processes = [Setting(TrackedObject(name: "own"))]
        stage.write("value", "7")
        feeds.update(to: configuration)
        #expect(feeds.reading(of: .file, name: "load") == .value(7))
        #expect(feeds.reading(of: .file, name: "unused") == .unknown)
        #expect(feeds.reading(of: .process, name: "own") == .bad)
        #expect(heard.readings == ["file load value(7)", "process own bad"])
        stage.write("value", "9")
        expectNext(["file load value(7)", "process own bad", "file load value(9)"])
        feeds.stop()
        #expect(feeds.reading(of: .file, name: "load") == .unknown)
        #expect(feeds.reading(of: .process, name: "own") == .unknown)
    }
}
