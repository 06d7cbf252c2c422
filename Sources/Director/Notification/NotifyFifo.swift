import CLinux
import Glibc
import KeepalivedConfig
import Reactor

/// A named pipe to which a line is written for every change of state.
///
/// It is open for reading too, as keepalived's is: so it can be opened and written to before anybody reads, and what is
/// written waits in it, up to what a pipe holds.
final class NotifyFifo {
    let definition: ScriptDefinitions.Fifo
    private let runner: ScriptRunner
    private var descriptor: Int32 = -1
    /// Device and inode, if the file was made here.
    private var made: (dev_t, ino_t)?

    var path: String { definition.path }

    /// Opens it, and makes it where there is nothing; what is wrong is logged.
    ///
    /// - Parameter reader: Whom the script that reads it runs as: whose the pipe is, if it does not say so itself.
    init(_ definition: ScriptDefinitions.Fifo, reader: ScriptCommand?, _ runner: ScriptRunner) {
        self.definition = definition
        self.runner = runner
        open(reader)
    }

    private func open(_ reader: ScriptCommand?) {
        let isNew = mkfifo(path, 0o600) == 0
        guard isNew || errno == EEXIST else { return fail("cannot be made", errno) }
        descriptor = Glibc.open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return fail("cannot be opened", errno) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFIFO else {
            Glibc.close(descriptor)
            descriptor = -1
            return fail("is there already, and is no FIFO", nil)
        }
        // A failover of a thousand instances is more than the 64 KiB that a pipe has at first.
        _ = clinux_enlarge_pipe(descriptor)
        guard isNew else { return }
        made = (status.st_dev, status.st_ino)
        // The definition's user, or else the reader's, or else whom all scripts run as.
        let user = definition.user.map { ScriptUser(user: $0, group: definition.group) }
        let command = (user == nil ? reader : nil) ?? ScriptCommand(words: [], text: "")
        do {
            guard let account = try runner.account(ScriptCall("", command, user: user)) else { return }
            if fchown(descriptor, account.user, account.group) != 0 { fail("cannot be given to its user", errno) }
        } catch {
            runner.log.error("the FIFO \(path) stays the daemon's: \(error.reason)", event: "fifo", ["path": path])
        }
    }

    deinit { close() }

    /// Whether somebody has not read all yet.
    var holdsLines: Bool {
        var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return descriptor >= 0 && poll(&ready, 1, 0) == 1
    }

    /// Writes a line; it is dropped, and that is logged, if the pipe is full.
    func write(_ line: String) {
        guard descriptor >= 0 else { return }
        var line = line
        let written = line.withUTF8 { bytes in
            // What is longer than this would be written in part.
            bytes.count <= Int(PIPE_BUF) ? Glibc.write(descriptor, bytes.baseAddress, bytes.count) : -1
        }
        guard written < 0 else { return }
        runner.log.limited(
            "fifo \(path)", at: runner.loop.now, .warning,
            "nobody reads the FIFO \(path): it is full, and \(line.dropLast()) is not told", event: "fifo-full",
            ["path": path, "line": String(line.dropLast())])
    }

    /// Closes it, which is the end of file for its reader, and removes it if it was made here.
    func close() {
        guard descriptor >= 0 else { return }
        Glibc.close(descriptor)
        descriptor = -1
        var status = stat()
        if let made, lstat(path, &status) == 0, made == (status.st_dev, status.st_ino) { unlink(path) }
    }

    private func fail(_ what: String, _ code: Int32?) {
        let reason = code.map { ": \(String(cString: strerror($0)))" } ?? ""
        runner.log.error("the FIFO \(path) \(what)\(reason)", event: "fifo", ["path": path])
    }
}
