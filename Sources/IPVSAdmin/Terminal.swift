import CLinux
import Glibc

/// The terminal, taken over for a full-screen picture and given back as it was.
final class Terminal {
    private var original = termios()
    private let signals: Int32
    private var isTaken = false

    enum Key {
        case quit, up, down, sort, nothing
    }

    /// Takes the terminal; `nil` where standard input is none.
    init?() {
        guard tcgetattr(STDIN_FILENO, &original) == 0 else { return nil }
        // Signals are read like keys, so that none of them can leave the terminal in disorder.
        var set = sigset_t()
        sigemptyset(&set)
        for signal in [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGWINCH] { sigaddset(&set, signal) }
        sigprocmask(SIG_BLOCK, &set, nil)
        signals = signalfd(-1, &set, Int32(SFD_CLOEXEC))
        guard signals >= 0 else { return nil }

        var raw = original
        raw.c_lflag &= ~tcflag_t(ICANON | ECHO)
        tcsetattr(STDIN_FILENO, TCSANOW, &raw)
        isTaken = true
        // The alternate screen keeps what was on the terminal; the cursor would only blink.
        write("\u{1b}[?1049h\u{1b}[?25l")
    }

    deinit {
        restore()
        close(signals)
    }

    func restore() {
        guard isTaken else { return }
        isTaken = false
        write("\u{1b}[?25h\u{1b}[?1049l")
        tcsetattr(STDIN_FILENO, TCSANOW, &original)
    }

    /// Rows and columns; 24 × 80 where the terminal does not say.
    var size: (rows: Int, columns: Int) {
        var rows: UInt16 = 0
        var columns: UInt16 = 0
        guard clinux_terminal_size(STDOUT_FILENO, &rows, &columns) == 0, rows > 0, columns > 0 else { return (24, 80) }
        return (Int(rows), Int(columns))
    }

    func show(_ bytes: [UInt8]) {
        _ = writeAll(STDOUT_FILENO, bytes)
    }

    private func write(_ text: StaticString) {
        show(text.withUTF8Buffer { Array($0) })
    }

    /// Waits for a key, a change of size or the time to pass.
    func wait(milliseconds: Int64) -> Key {
        var watched = [
            pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
            pollfd(fd: signals, events: Int16(POLLIN), revents: 0),
        ]
        guard poll(&watched, 2, Int32(clamping: milliseconds)) > 0 else { return .nothing }
        if watched[1].revents != 0 {
            var information = signalfd_siginfo()
            guard read(signals, &information, MemoryLayout<signalfd_siginfo>.size) > 0 else { return .quit }
            return information.ssi_signo == UInt32(SIGWINCH) ? .nothing : .quit
        }
        var keys = [UInt8](repeating: 0, count: 16)
        let count = read(STDIN_FILENO, &keys, keys.count)
        if count <= 0 { return .quit }
        switch Array(keys[..<count]) {
        case [UInt8(ascii: "q")], [UInt8(ascii: "Q")]: return .quit
        case [0x1b, UInt8(ascii: "["), UInt8(ascii: "A")], [UInt8(ascii: "k")]: return .up
        case [0x1b, UInt8(ascii: "["), UInt8(ascii: "B")], [UInt8(ascii: "j")]: return .down
        case [UInt8(ascii: "s")]: return .sort
        default: return .nothing
        }
    }
}
