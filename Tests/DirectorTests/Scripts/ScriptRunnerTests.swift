import Glibc
import KeepalivedConfig
import Reactor
import Testing
import VRRPProtocol

@testable import Director

/// Runs of real scripts.
struct ScriptRunnerTests {
    // MARK: How it ends

    @Test(arguments: [
        ("exit 0", ScriptResult.exited(0)), ("exit 3", .exited(3)), ("exit 255", .exited(255)),
        ("kill -9 $$", .killed(9)), ("kill -TERM $$", .killed(15)),
    ])
    func resultIsThatOfTheProcess(text: String, expected: ScriptResult) throws {
        let (result, _) = try Stage().run(Stage.call(text))
        #expect(result == expected)
        #expect(expected.isSuccess == (text == "exit 0"))
    }

    @Test
    func resultNeverComesBeforeRunReturns() throws {
        let stage = try Stage()
        var results: [ScriptResult] = []
        let missing = ScriptCommand(words: ["/no/such/program"], text: "")
        stage.runner.run(ScriptCall("a", missing)) { results.append($0) }
        stage.runner.run(Stage.call("exit 0")) { results.append($0) }
        #expect(results.isEmpty)
        stage.wait("both results") { results.count == 2 }
        #expect(stage.runner.count == 0)
    }

    @Test
    func manyAtOnceAllEnd() throws {
        let stage = try Stage()
        var ended = 0
        for number in 0..<200 {
            stage.runner.run(Stage.call("exit \(number % 5)")) { result in
                #expect(result == .exited(Int32(number % 5)))
                ended += 1
            }
        }
        #expect(stage.runner.count == 200)
        stage.wait("all ends", within: .seconds(60)) { ended == 200 }
        #expect(stage.runner.count == 0)
    }

    // MARK: What it gets

    @Test
    func argumentsAreThoseOfTheCommandAndThenTheCalls() throws {
        let stage = try Stage()
        var call = Stage.call("printf '<%s>' \"$0\" \"$@\"; echo", arguments: ["INSTANCE", "VI 1", "MASTER", "150"])
        call.command.words += ["a b", ""]
        #expect(stage.run(call).1 == ["<script><a b><><INSTANCE><VI 1><MASTER><150>"])
    }

    @Test
    func nothingOfTheDaemonIsOpen() throws {
        let stage = try Stage()
        let (_, lines) = stage.run(Stage.call("exec ls -lv /proc/self/fd"))
        let open = lines.compactMap { line in line.firstRange(of: " -> ").map { line[$0.upperBound...] } }
        try #require(open.count == 5, "\(lines)")
        #expect(open[0] == "/dev/null")
        #expect(open[1].hasPrefix("pipe:"))
        #expect(open[2] == open[1])
        // What ls itself looks through.
        #expect(open[3].hasPrefix("/proc/"))
        // What it hangs on the daemon by.
        #expect(open[4].hasPrefix("socket:"))
    }

    @Test(arguments: [nil, "nobody"])
    func theDaemonsDeathEndsIt(user: String?) throws {
        let stage = try Stage()
        guard user == nil || geteuid() == 0 else { return }
        let command = Stage.shell("sleep 1000 & echo $!; exec sleep 1000", user: user)
        var lines: [String] = []
        let script = stage.runner.run(
            ScriptCall("x", command), heard: { lines.append($0) }, completion: { _ in })
        stage.wait("the start") { lines.count == 1 }
        let process = try #require(script.process)
        // As the kernel does when the daemon dies.
        script.closeLine()
        stage.wait("the end of the script") { !Stage.runs(process) }
        // keepalived's scripts' own children live on too.
        let child = try #require(lines.first.flatMap { Int32($0) })
        #expect(Stage.runs(child))
        kill(child, SIGKILL)
    }

    @Test
    func signalsAreAsUsualAndTheGroupIsItsOwn() throws {
        let stage = try Stage()
        try stage.loop.onSignals([SIGUSR2]) { _ in }
        let (_, lines) = stage.run(
            Stage.call("grep -E '^Sig(Blk|Ign)' /proc/self/status; cut -d' ' -f5 /proc/self/stat; echo $$"))
        // Signals from 32 on belong to the C library, which leaves them as they were.
        for line in lines.prefix(2) {
            #expect(line.split(separator: "\t").last.flatMap { UInt64($0, radix: 16) }.map { $0 & 0x7fff_ffff } == 0)
        }
        #expect(lines.count == 4)
        #expect(lines.last == lines.dropLast().last)
        #expect(lines.last != String(getpgrp()))
    }

    @Test
    func createsFilesWithTheMask() throws {
        let stage = try Stage()
        #expect(stage.run(Stage.call("umask")).1 == ["0022"])
        var policy = ScriptPolicy()
        policy.creationMask = 0o077
        stage.runner.configure(policy)
        #expect(stage.run(Stage.call("umask")).1 == ["0077"])
    }

    @Test
    func environmentIsTheDaemonsWithoutWhatIsItsOwn() {
        let kept = ["PATH=/bin", "HOME=/root", "NOTIFY=1", "EMPTY="]
        #expect(
            ScriptEnvironment.forScripts(
                kept + ["NOTIFY_SOCKET=/run/x", "WATCHDOG_USEC=1", "LISTEN_FDS=1", "JOURNAL_STREAM=8:1"]) == kept)
    }

    // MARK: Time

    @Test
    func timeOutEndsTheWholeGroup() throws {
        let stage = try Stage()
        let began = EventLoop.clock()
        let (result, lines) = stage.run(
            Stage.call("sleep 1000 & echo $!; echo $$; wait", timeout: .milliseconds(300)))
        #expect(result == .timedOut)
        #expect(EventLoop.clock() - began >= .milliseconds(300))
        let processes = lines.compactMap { Int32($0) }
        #expect(processes.count == 2)
        stage.wait("the end of all of the group") { !processes.contains(where: Stage.runs) }
    }

    @Test
    func whoIgnoresTheSignalIsKilledTwoSecondsLater() throws {
        let stage = try Stage()
        let began = EventLoop.clock()
        let (result, lines) = stage.run(
            Stage.call(
                "trap '' TERM; sleep 1000 & echo $!; echo $$; while :; do sleep 1; done", timeout: .milliseconds(200)))
        #expect(result == .timedOut)
        let took = EventLoop.clock() - began
        #expect(took >= .milliseconds(2200))
        #expect(took < .seconds(8))
        let processes = lines.compactMap { Int32($0) }
        #expect(processes.count == 2)
        stage.wait("the end of all of the group") { !processes.contains(where: Stage.runs) }
    }

    @Test
    func whatIsLeftOfTheGroupAfterATimeOutIsKilled() throws {
        let stage = try Stage()
        let (result, lines) = stage.run(
            Stage.call("(trap '' TERM; echo $$; exec sleep 1000) & echo $!; wait", timeout: .milliseconds(300)))
        #expect(result == .timedOut)
        let child = try #require(lines.compactMap { Int32($0) }.last)
        stage.wait("the end of the one that ignores SIGTERM", within: .seconds(1)) { !Stage.runs(child) }
    }

    @Test
    func stoppedRunsAreEndedAndWaitingOnesNeverStarted() throws {
        let stage = try Stage()
        var results: [ScriptResult] = []
        let first = stage.runner.run(Stage.call("sleep 1000")) { results.append($0) }
        stage.wait("the start") { first.process != nil }
        let second = stage.runner.run(Stage.call("echo >\(stage.path("started"))")) { results.append($0) }
        second.stop()
        #expect(results.isEmpty)
        first.stop()
        first.stop()
        stage.wait("both ends") { results.count == 2 }
        #expect(results == [.stopped, .stopped])
        #expect(!stage.exists("started"))
    }

    // MARK: What cannot be run

    @Test
    func whatCannotBeRunSaysWhy() throws {
        let stage = try Stage()
        stage.write("plain", "exit 0\n", mode: 0o644)
        stage.write("interpreter", "#!/no/such/shell\n", mode: 0o755)
        stage.write("headless", "exit 0\n", mode: 0o755)
        func result(_ word: String) -> ScriptResult? {
            stage.run(ScriptCall("x", ScriptCommand(words: [word], text: word))).0
        }
        #expect(result("/no/such/program") == .failed("there is no /no/such/program on this machine"))
        #expect(result("no-such-program-anywhere") == .failed("there is no no-such-program-anywhere on this machine"))
        #expect(result(stage.folder) == .failed("\(stage.folder) is not a file"))
        #expect(result(stage.path("plain")) == .failed("\(stage.path("plain")) is not executable"))
        #expect(
            result(stage.path("interpreter"))
                == .failed("the interpreter that \(stage.path("interpreter")) names in its first line is missing"))
        #expect(
            result(stage.path("headless"))
                == .failed("\(stage.path("headless")) is no program, and has no first line such as #!/bin/sh"))
        #expect(ScriptResult.failed("there is no x").text == "was not run: there is no x")
    }

    @Test
    func namesAreLookedUpInThePath() throws {
        let stage = try Stage()
        let (result, lines) = stage.run(
            ScriptCall("x", ScriptCommand(words: ["sh", "-c", "echo here"], text: "")))
        #expect(result == .exited(0))
        #expect(lines == ["here"])
    }

    // MARK: Users

    @Test(.enabled(if: geteuid() == 0, "only root can run scripts as others"))
    func runsAsItsUserWithItsGroupsOnly() throws {
        let stage = try Stage()
        func identity(_ user: String?, _ group: String? = nil) -> [String] {
            stage.run(ScriptCall("x", Stage.shell("id -u; id -g; id -G", user: user, group: group))).1
        }
        #expect(identity("nobody") == ["65534", "65534", "65534"])
        #expect(identity("nobody", "daemon") == ["65534", "1", "1"])
        #expect(identity("4711") == ["4711", "4711", "4711"])
        #expect(identity("4711", "12") == ["4711", "12", "12"])
        // The call's user, and then the policy's, where the command says nothing.
        let call = ScriptCall("x", Stage.shell("id -u"), user: ScriptUser(user: "daemon"))
        #expect(stage.run(call).1 == ["1"])
        var policy = ScriptPolicy()
        policy.user = ScriptUser(user: "bin")
        stage.runner.configure(policy)
        #expect(identity(nil) == ["2", "2", "2"])
        #expect(stage.run(call).1 == ["1"])
        #expect(identity("nobody") == ["65534", "65534", "65534"])
    }

    @Test
    func unknownUsersAreNoReasonToRunAsRoot() throws {
        let stage = try Stage()
        #expect(
            stage.run(Stage.call("exit 0", user: "no-such-user")).0 == .failed("there is no user no-such-user"))
        let call = ScriptCall("x", Stage.shell("exit 0", user: "nobody", group: "no-such-group"))
        #expect(stage.run(call).0 == .failed("there is no group no-such-group"))
    }

    @Test(.enabled(if: geteuid() == 0, "only root can run scripts as others"))
    func aUserThatMayNotRunTheScriptIsNamed() throws {
        let stage = try Stage()
        stage.write("private", "#!/bin/sh\n", mode: 0o700)
        let path = stage.path("private")
        let call = ScriptCall("x", ScriptCommand(words: [path], text: "", user: "nobody"))
        #expect(stage.run(call).0 == .failed("the user of the script may not run \(path)"))
    }

    // MARK: Security

    @Test(.enabled(if: geteuid() == 0, "what is refused is running as root"))
    func rootDoesNotRunWhatOthersCanChange() throws {
        let stage = try Stage()
        mkdir(stage.path("open"), 0o777)
        chmod(stage.path("open"), 0o777)
        stage.write("open/script", "#!/bin/sh\nexit 0\n", mode: 0o755)
        let path = stage.path("open/script")
        let call = ScriptCall("x", ScriptCommand(words: [path], text: path))
        #expect(stage.run(call).0 == .exited(0))
        var policy = ScriptPolicy()
        policy.isSecured = true
        stage.runner.configure(policy)
        #expect(
            stage.run(call).0
                == .failed(
                    "enable_script_security does not let root run \(path): anyone can write \(stage.path("open"))"))
        // Another user may.
        var other = call
        other.command.user = "nobody"
        #expect(stage.run(other).0 == .exited(0))
        // Looked at each time.
        chmod(stage.path("open"), 0o755)
        #expect(stage.run(call).0 == .exited(0))
    }

    // MARK: Output

    @Test
    func outputGoesToTheLogWithTheScriptsName() throws {
        let stage = try Stage(level: .notice)
        var isOver = false
        stage.runner.run(
            ScriptCall("notify_master of VI_1", Stage.shell("echo one; echo two >&2; printf three"))
        ) { _ in isOver = true }
        stage.wait("the end") { isOver }
        let lines = stage.lines("log").map { $0.drop { $0 != " " }.dropFirst() }
        #expect(
            lines == [
                "notice: notify_master of VI_1 says: one", "notice: notify_master of VI_1 says: two",
                "notice: notify_master of VI_1 says: three",
            ])
    }

    @Test
    func longLinesAreCutAndManyAreCounted() throws {
        let stage = try Stage()
        let (_, long) = stage.run(Stage.call("head -c 5000 /dev/zero | tr '\\0' x; echo; echo end"))
        #expect(long == [String(repeating: "x", count: 1000) + "…", "end"])
        let (result, many) = stage.run(Stage.call("i=0; while [ $i -lt 1000 ]; do echo $i; i=$((i+1)); done"))
        #expect(result == .exited(0))
        #expect(many.prefix(200) == (0..<200).map(String.init)[...])
        #expect(many.dropFirst(200) == ["… and 800 more lines"])
    }

    @Test
    func aFloodOfOutputHoldsUpNothing() throws {
        let stage = try Stage()
        var result: ScriptResult?
        var lines: [String] = []
        stage.runner.run(
            Stage.call("yes", timeout: .milliseconds(800)), heard: { lines.append($0) }, completion: { result = $0 })
        var ticks = 0
        var ticking: Timer?
        let timer = stage.loop.timer { now in
            ticks += 1
            ticking?.set(now + .milliseconds(10))
        }
        ticking = timer
        timer.set(EventLoop.clock())
        stage.wait("the time-out") { result != nil }
        ticking = nil
        #expect(result == .timedOut)
        #expect(ticks >= 20)
        #expect(lines.count <= 201)
    }

    @Test
    func whatIsLeftInTheBackgroundMayWriteOn() throws {
        let stage = try Stage()
        var lines: [String] = []
        var result: ScriptResult?
        let text = """
            (while [ ! -e \(stage.path("go")) ]; do sleep 0.01; done; echo late; echo >\(stage.path("written"))) & echo early
            """
        stage.runner.run(Stage.call(text), heard: { lines.append($0) }, completion: { result = $0 })
        stage.wait("the end of the script") { result != nil }
        #expect(result == .exited(0))
        stage.write("go", "")
        stage.wait("what was written after it") { lines == ["early", "late"] && stage.exists("written") }
    }
}
