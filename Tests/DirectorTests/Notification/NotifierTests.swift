import Glibc
import Reactor
import Testing
import VRRPProtocol

@testable import Director
@testable import KeepalivedConfig

/// Notices told to real scripts and FIFOs.
struct NotifierTests {
    private let stage: Stage
    private let notifier: Notifier

    init() throws {
        stage = try Stage()
        notifier = Notifier(runner: stage.runner)
    }

    /// A notify script that writes what it is called with to `told`.
    private func scripts(_ before: String = "") -> NotifyScripts {
        let told = stage.path("told")
        var scripts = NotifyScripts()
        scripts.any.value = Stage.shell("\(before) echo \"$@\" >>\(told)")
        scripts.active.value = Stage.shell("\(before) echo own master >>\(told)")
        scripts.stop.value = Stage.shell("\(before) echo own stop >>\(told)")
        return scripts
    }

    private func notify(_ name: String, _ state: Notice.State, _ scripts: NotifyScripts) {
        notifier.notify(Notice(.instance, name, state, priority: 150, scripts: scripts))
    }

    private func stop(at location: SourceLocation = #_sourceLocation) -> Duration {
        let began = EventLoop.clock()
        var isOver = false
        notifier.stop { isOver = true }
        #expect(!isOver)
        stage.wait("the end", at: location) { isOver }
        return EventLoop.clock() - began
    }

    // MARK: Order

    @Test
    func statesAreToldInTheirOrderHoweverSlowTheScripts() {
        // The first transition's scripts take longest.
        notify("VI_1", .active, scripts("sleep 0.3;"))
        notify("VI_1", .backup, scripts("sleep 0.1;"))
        notify("VI_1", .fault, scripts())
        stage.wait("all scripts") { stage.lines("told").count == 4 }
        #expect(
            stage.lines("told") == [
                "own master", "INSTANCE VI_1 MASTER 150", "INSTANCE VI_1 BACKUP 150", "INSTANCE VI_1 FAULT 150",
            ])
    }

    @Test
    func instancesDoNotWaitForEachOther() {
        notify("VI_1", .backup, scripts("while [ ! -e \(stage.path("go")) ]; do sleep 0.01; done;"))
        notify("VI_2", .backup, scripts())
        stage.wait("the second instance's script") { stage.lines("told") == ["INSTANCE VI_2 BACKUP 150"] }
        stage.write("go", "")
        stage.wait("the first's") { stage.lines("told").count == 2 }
    }

    @Test
    func whatFailsIsNamedAndHoldsUpNothing() {
        var scripts = scripts()
        scripts.active.value = ScriptCommand(words: ["/no/such/script"], text: "")
        notify("VI_1", .active, scripts)
        stage.wait("the other script") { stage.lines("told").count == 1 }
        #expect(
            stage.logged.contains(
                "warning: notify_master of VI_1 was not run: there is no /no/such/script on this machine"))
    }

    @Test
    func aScriptThatHangsHoldsTheNextUpForTenSecondsOnly() {
        var hanging = scripts()
        hanging.any.value = Stage.shell("exec sleep 1000")
        notify("VI_1", .backup, hanging)
        let began = EventLoop.clock()
        notify("VI_1", .fault, scripts())
        stage.wait("the second script", within: .seconds(30)) { stage.lines("told").count == 1 }
        #expect(EventLoop.clock() - began >= .seconds(10))
        #expect(stage.logged.contains("notify of VI_1 waits no longer for the script before it"))
        stage.runner.stopAll()
        stage.wait("its end") { stage.runner.count == 0 }
    }

    // MARK: The end

    @Test
    func stopWaitsForTheScripts() {
        notify("VI_1", .stop, scripts("sleep 0.2;"))
        #expect(stop() < .seconds(1))
        #expect(stage.lines("told") == ["own stop", "INSTANCE VI_1 STOP 150"])
    }

    @Test
    func stopWaitsNoLongerThanASecond() {
        notify("VI_1", .stop, scripts("sleep 1000;"))
        let took = stop()
        #expect(took >= .seconds(1))
        #expect(took < .seconds(3))
        stage.runner.stopAll()
        stage.wait("its end") { stage.runner.count == 0 }
    }

    @Test
    func stopIsAtOnceWhereNothingRuns() {
        #expect(stop() < .milliseconds(500))
    }

    @Test
    func startupScriptIsWaitedForButNotForEver() {
        var definitions = ScriptDefinitions()
        definitions.startup.value = Stage.shell("echo started >\(stage.path("told"))")
        definitions.shutdown.value = Stage.shell("exec sleep 1000")
        definitions.shutdownTimeout.value = .milliseconds(300)
        notifier.update(to: definitions)
        var isOver = false
        notifier.runStartupScript { isOver = true }
        #expect(!isOver)
        stage.wait("startup_script") { isOver }
        #expect(stage.lines("told") == ["started"])
        isOver = false
        notifier.runShutdownScript { isOver = true }
        stage.wait("the time-out of shutdown_script") { isOver }
        #expect(stage.logged.contains("notice: startup_script succeeded"))
        #expect(stage.logged.contains("warning: shutdown_script took too long and was ended"))
        var isCalled = false
        notifier.update(to: ScriptDefinitions())
        notifier.runStartupScript { isCalled = true }
        #expect(isCalled)
    }

    // MARK: FIFOs

    private func fifos(_ first: String?, _ second: String? = nil) -> ScriptDefinitions {
        var definitions = ScriptDefinitions()
        definitions.fifo.value = first.map { .init(path: stage.path($0)) }
        definitions.vrrpFifo.value = second.map { .init(path: stage.path($0)) }
        return definitions
    }

    @Test
    func bothFifosGetEachLineAndAreRemovedAtTheEnd() {
        notifier.update(to: fifos("one", "two"))
        notify("VI_1", .active, NotifyScripts())
        notify("VI_1", .activePriority, NotifyScripts())
        let expected = "INSTANCE \"VI_1\" MASTER 150\nINSTANCE \"VI_1\" MASTER_PRIORITY 150\n"
        #expect(stage.read("one") == expected)
        #expect(stage.read("two") == expected)
        var status = stat()
        #expect(lstat(stage.path("one"), &status) == 0)
        #expect(status.st_mode == S_IFIFO | 0o600)
        _ = stop()
        #expect(!stage.exists("one"))
        #expect(!stage.exists("two"))
    }

    @Test
    func serversAndRoutersHaveAFifoOfTheirOwnAndOneInCommon() {
        var definitions = fifos("all", "vrrp")
        definitions.directorFifo.value = .init(path: stage.path("lvs"))
        notifier.update(to: definitions)
        let service = VirtualServer(identity: Setting(.firewallMark(5)))
        notifier.notify(HealthNotice.quorum(of: service, isUp: true, sum: 1))
        notify("VI_1", .active, NotifyScripts())
        notifier.notify(HealthNotice.quorum(of: service, isUp: false, sum: 0))
        let (up, down, router) = ("VS FWM 5 UP\n", "VS FWM 5 DOWN\n", "INSTANCE \"VI_1\" MASTER 150\n")
        #expect(stage.read("all") == up + router + down)
        #expect(stage.read("vrrp") == router)
        #expect(stage.read("lvs") == up + down)
        _ = stop()
        #expect(!stage.exists("lvs"))
    }

    @Test
    func scriptsOfAServiceRunInOrder() {
        var service = VirtualServer(identity: Setting(.firewallMark(5)))
        service.quorumUp.value = Stage.shell("sleep 0.3; echo up >>\(stage.path("told"))")
        service.quorumDown.value = Stage.shell("echo down >>\(stage.path("told"))")
        notifier.notify(HealthNotice.quorum(of: service, isUp: true, sum: 1))
        notifier.notify(HealthNotice.quorum(of: service, isUp: false, sum: 0))
        stage.wait("both scripts") { stage.lines("told").count == 2 }
        #expect(stage.lines("told") == ["up", "down"])
    }

    @Test
    func mailIsWaitedForAtTheEndButNoLongerThanASecond() throws {
        let server = try MailServerDouble(stage.loop)
        notifier.update(to: .sample(port: server.port))
        notifier.notify(Notice(.instance, "VI_1", .stop, priority: 1, scripts: NotifyScripts(), sendsMail: true))
        #expect(stop() < .seconds(1))
        #expect(server.letters.count == 1)
        #expect(server.letters[0].contains("Subject: [LVS_A] VRRP Instance VI_1 - Stopping\n"))
    }

    @Test
    func aMailServerThatHangsDelaysTheEndByASecondOnly() throws {
        let server = try MailServerDouble(stage.loop)
        server.answer = { _ in nil }
        notifier.update(to: .sample(port: server.port))
        notifier.notify(Notice(.instance, "VI_1", .stop, priority: 1, scripts: NotifyScripts(), sendsMail: true))
        let took = stop()
        #expect(took >= .seconds(1))
        #expect(took < .seconds(3))
        #expect(stage.logged.contains("1 mail is not sent"))
    }

    @Test
    func aFifoThatWasThereStays() {
        mkfifo(stage.path("one"), 0o620)
        notifier.update(to: fifos("one"))
        notify("VI_1", .backup, NotifyScripts())
        #expect(stage.read("one") == "INSTANCE \"VI_1\" BACKUP 150\n")
        _ = stop()
        #expect(stage.exists("one"))
    }

    @Test
    func whatIsNoFifoIsNotWrittenTo() {
        stage.write("one", "mine")
        symlink(stage.path("one"), stage.path("two"))
        notifier.update(to: fifos("one", "two"))
        notify("VI_1", .backup, NotifyScripts())
        #expect(stage.read("one") == "mine")
        #expect(stage.logged.contains("error: the FIFO \(stage.path("one")) is there already, and is no FIFO"))
        #expect(stage.logged.contains("error: the FIFO \(stage.path("two")) cannot be opened"))
        _ = stop()
        #expect(stage.read("one") == "mine")
    }

    @Test
    func nobodyReadingHoldsUpNothing() {
        notifier.update(to: fifos("one"))
        for _ in 0..<50_000 { notify("VI_1", .backup, NotifyScripts()) }
        #expect(stage.logged.contains("warning: nobody reads the FIFO \(stage.path("one")): it is full"))
        #expect(stage.lines("log").count == 1)
        let lines = stage.read("one")
        #expect(lines.utf8.count > 1_000_000)
        #expect(lines.hasSuffix("INSTANCE \"VI_1\" BACKUP 150\n"))
        // Room again.
        notify("VI_1", .active, NotifyScripts())
        #expect(stage.read("one") == "INSTANCE \"VI_1\" MASTER 150\n")
    }

    @Test
    func theReaderGetsThePathLastAndEveryLineToTheEnd() {
        var definitions = fifos("one")
        let text = "echo \"$@\" >>\(stage.path("arguments")); exec cat \"$2\" >>\(stage.path("told"))"
        definitions.fifoScript.value = ScriptCommand(words: ["/bin/sh", "-c", text, "script", "own"], text: text)
        notifier.update(to: definitions)
        notify("VI_1", .backup, NotifyScripts())
        stage.wait("the first line") { stage.lines("told").count == 1 }
        notify("VI_1", .active, scripts("sleep 0.1;"))
        notify("VI_1", .stop, scripts("sleep 0.1;"))
        #expect(stop() < .seconds(1))
        let lines = stage.lines("told").filter { $0.contains("\"VI_1\"") }
        #expect(lines == ["BACKUP", "MASTER", "STOP"].map { "INSTANCE \"VI_1\" \($0) 150" })
        #expect(stage.lines("arguments") == ["own \(stage.path("one"))"])
        stage.wait("the reader's end") { stage.runner.count == 0 }
    }

    @Test
    func aReaderThatEndsIsStartedAgain() {
        var definitions = fifos("one")
        definitions.fifoScript.value = Stage.shell("echo run >>\(stage.path("runs")); exit 4")
        notifier.update(to: definitions)
        stage.wait("the second run") { stage.lines("runs").count == 2 }
        #expect(stage.logged.contains("notify_fifo_script exited with status 4; it is started again in 1 s"))
        _ = stop()
        #expect(stage.lines("runs").count == 2)
    }

    @Test
    func aReloadKeepsWhatIsAsBefore() {
        var definitions = fifos("one", "two")
        definitions.fifoScript.value = Stage.shell("echo $$ >>\(stage.path("runs")); exec cat \"$1\" >/dev/null")
        notifier.update(to: definitions)
        stage.wait("the reader") { stage.lines("runs").count == 1 }
        notifier.update(to: definitions)
        definitions.vrrpFifo.value = nil
        notifier.update(to: definitions)
        #expect(!stage.exists("two"))
        #expect(stage.exists("one"))
        stage.pass(.milliseconds(200))
        #expect(stage.lines("runs").count == 1)
        _ = stop()
    }

    @Test(.enabled(if: geteuid() == 0, "only root can give files away"))
    func aFifoBelongsToItsUserOrElseItsReaders() {
        var definitions = fifos("one", "two")
        definitions.fifo.value?.user = "nobody"
        definitions.fifo.value?.group = "daemon"
        definitions.vrrpFifoScript.value = Stage.shell("exec cat \"$1\" >/dev/null", user: "daemon")
        notifier.update(to: definitions)
        var status = stat()
        #expect(stat(stage.path("one"), &status) == 0)
        #expect(status.st_uid == 65534 && status.st_gid == 1)
        #expect(stat(stage.path("two"), &status) == 0)
        #expect(status.st_uid == 1 && status.st_gid == 1)
        _ = stop()
    }
}
