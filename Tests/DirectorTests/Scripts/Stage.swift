import Glibc
import KeepalivedConfig
import Reactor
import Testing
import VRRPProtocol

@testable import Director

/// A loop with scripts that really run: a folder of its own, a log that can be read, and waiting for what should happen.
final class Stage {
    let folder: String
    let loop: EventLoop
    let log: Log
    let runner: ScriptRunner
    private let logFile: Int32
    private var condition: (() -> Bool)?
    private var isOver = false
    private var poll: Timer?
    private var end: Timer?

    init(level: LogLevel = .debug) throws {
        var template = Array("/tmp/vrrpctl-tests-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw ReactorError("mkdtemp", code: errno) }
        folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        // Scripts of other users are in it.
        chmod(folder, 0o755)
        logFile = open(folder + "/log", O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        loop = try EventLoop()
        log = Log(level: level, descriptor: logFile, priorities: false)
        runner = ScriptRunner(loop: loop, log: log)
        loop.atEndOfTurn { [unowned self] in
            if condition?() == true { loop.stop() }
        }
    }

    deinit {
        close(logFile)
        remove(below: folder)
    }

    /// Runs the loop until something is so; a failure if it does not come to be.
    func wait(
        _ what: Comment, within limit: Duration = .seconds(15), at location: SourceLocation = #_sourceLocation,
        until condition: @escaping () -> Bool
    ) {
        isOver = false
        self.condition = condition
        let end = loop.timer { [unowned self] _ in
            isOver = true
            loop.stop()
        }
        end.set(EventLoop.clock() + limit)
        // Files change without a descriptor of the loop becoming ready.
        let poll = loop.timer { [unowned self] now in self.poll?.set(now + .milliseconds(5)) }
        self.poll = poll
        poll.set(EventLoop.clock())
        loop.run()
        self.condition = nil
        self.poll = nil
        if isOver, !condition() { Issue.record("did not come: \(what)\n\(logged)", sourceLocation: location) }
    }

    /// Runs the loop for that long.
    func pass(_ duration: Duration) {
        let end = EventLoop.clock() + duration
        wait("time", within: duration + .seconds(15)) { EventLoop.clock() >= end }
    }

    /// Runs a script to its end.
    func run(_ call: ScriptCall, at location: SourceLocation = #_sourceLocation) -> (ScriptResult?, [String]) {
        var result: ScriptResult?
        var lines: [String] = []
        runner.run(call, heard: { lines.append($0) }, completion: { result = $0 })
        wait("the end of \(call.title)", at: location) { result != nil }
        return (result, lines)
    }

    /// A shell command.
    static func shell(_ text: String, user: String? = nil, group: String? = nil) -> ScriptCommand {
        ScriptCommand(words: ["/bin/sh", "-c", text, "script"], text: text, user: user, group: group)
    }

    static func call(
        _ text: String, arguments: [String] = [], user: String? = nil, timeout: Duration? = nil
    ) -> ScriptCall {
        ScriptCall("script", shell(text, user: user), arguments: arguments, timeout: timeout)
    }

    func path(_ name: String) -> String { folder + "/" + name }

    func write(_ name: String, _ text: String, mode: mode_t = 0o644) {
        let descriptor = open(path(name), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        var text = text
        _ = text.withUTF8 { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        fchmod(descriptor, mode)
        close(descriptor)
    }

    /// The file's text; empty if there is none.
    func read(_ name: String) -> String { Self.read(path(name)) }

    static func read(_ path: String) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var room = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(descriptor, &room, room.count)
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += room[..<count]
        }
    }

    func lines(_ name: String) -> [String] { read(name).split(separator: "\n").map(String.init) }

    func exists(_ name: String) -> Bool { access(path(name), F_OK) == 0 }

    var logged: String { read("log") }

    /// Whether a process runs; one that waits to be collected does not.
    static func runs(_ process: Int32) -> Bool {
        var files = ProcessFiles(length: 0)
        return !files.isZombie(process)
    }

    private func remove(below folder: String) {
        var process: Int32 = 0
        let arguments: [String] = ["rm", "-rf", "--", folder]
        let words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        if posix_spawn(&process, "/bin/rm", nil, nil, words, environ) == 0 { waitpid(process, nil, 0) }
    }
}
