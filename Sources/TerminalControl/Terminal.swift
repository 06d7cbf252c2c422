import CLinux
package import Glibc

/// The terminal of standard input and output, taken over for a full-screen picture and given back as it was: at the
/// end, while the job is stopped, and when the program crashes.
package final class Terminal {
    private var original = termios()
    private let signals: Int32
    private var isTaken = false

    /// What a wait ended with.
    package enum Happening: Equatable {
        /// Bytes that were typed.
        case typed([UInt8])
        /// It may have another size, or another program has written on it: the picture is to be sent whole.
        case changed
        /// The program is to end: a signal, or nobody is at the terminal any more.
        case end
        /// One of the other descriptors can be read or written.
        case ready
        /// The time has passed.
        case nothing
    }

    /// The alternate screen keeps what was on the terminal; the cursor would only blink, and a picture has no lines
    /// that go on in the next.
    private static let entering: StaticString = "\u{1b}[?1049h\u{1b}[?25l\u{1b}[?7l"
    private static let leaving: StaticString = "\u{1b}[m\u{1b}[?7h\u{1b}[?25h\u{1b}[?1049l"
    private static let watched = [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGWINCH, SIGTSTP, SIGCONT]

    /// Takes the terminal; `nil` where standard input is none.
    package init?() {
        guard tcgetattr(STDIN_FILENO, &original) == 0 else { return nil }
        // Signals are read like keys, so that none of them can leave the terminal in disorder.
        var set = Self.set(of: Self.watched)
        sigprocmask(SIG_BLOCK, &set, nil)
        signals = signalfd(-1, &set, Int32(SFD_CLOEXEC) | Int32(SFD_NONBLOCK))
        guard signals >= 0 else {
            sigprocmask(SIG_UNBLOCK, &set, nil)
            return nil
        }
        take()
    }

    deinit {
        restore()
        close(signals)
    }

    private func take() {
        guard tcgetattr(STDIN_FILENO, &original) == 0 else { return }
        _ = Self.leaving.withUTF8Buffer { bytes in
            bytes.withMemoryRebound(to: CChar.self) {
                // A static string ends with a zero byte.
                clinux_guard_terminal(STDIN_FILENO, STDOUT_FILENO, $0.baseAddress)
            }
        }
        var raw = original
        raw.c_lflag &= ~tcflag_t(ICANON | ECHO)
        // Ctrl-S and Ctrl-Q would hold the picture.
        raw.c_iflag &= ~tcflag_t(IXON)
        tcsetattr(STDIN_FILENO, TCSANOW, &raw)
        isTaken = true
        write(Self.entering)
    }

    /// Gives the terminal back.
    package func restore() {
        guard isTaken else { return }
        isTaken = false
        write(Self.leaving)
        tcsetattr(STDIN_FILENO, TCSANOW, &original)
        clinux_release_terminal()
    }

    /// Rows and columns; 24 × 80 where the terminal does not say.
    package var size: (rows: Int, columns: Int) {
        var rows: UInt16 = 0
        var columns: UInt16 = 0
        guard clinux_terminal_size(STDOUT_FILENO, &rows, &columns) == 0, rows > 0, columns > 0 else { return (24, 80) }
        return (Int(rows), Int(columns))
    }

    /// Writes to the terminal, and waits until it has taken all.
    ///
    /// - Returns: Whether it has.
    @discardableResult
    package func show(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let written = Glibc.write(STDOUT_FILENO, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if written < 0 {
                    if errno == EINTR { continue }
                    return false
                }
                rest = rest.dropFirst(written)
            }
            return true
        }
    }

    private func write(_ text: StaticString) {
        show(text.withUTF8Buffer { Array($0) })
    }

    /// Waits for a key, a change of size, another descriptor or the time to pass.
    ///
    /// - Parameters:
    ///   - milliseconds: At most; 0 looks and does not wait.
    ///   - others: Descriptors that are looked at as well.
    package func wait(milliseconds: Int64, others: [pollfd] = []) -> Happening {
        var watched =
            [
                pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
                pollfd(fd: signals, events: Int16(POLLIN), revents: 0),
            ] + others
        guard poll(&watched, nfds_t(watched.count), Int32(clamping: max(milliseconds, 0))) > 0 else { return .nothing }
        if watched[1].revents != 0 { return readSignal() }
        if watched[0].revents != 0 {
            var keys = [UInt8](repeating: 0, count: 256)
            let count = read(STDIN_FILENO, &keys, keys.count)
            if count < 0, errno == EINTR || errno == EAGAIN { return .nothing }
            return count <= 0 ? .end : .typed(Array(keys[..<count]))
        }
        return .ready
    }

    private func readSignal() -> Happening {
        var information = signalfd_siginfo()
        guard read(signals, &information, MemoryLayout<signalfd_siginfo>.size) > 0 else {
            return errno == EAGAIN || errno == EINTR ? .nothing : .end
        }
        switch Int32(bitPattern: information.ssi_signo) {
        case SIGWINCH: return .changed
        case SIGTSTP:
            stop()
            return .changed
        case SIGCONT:
            // It was stopped by a signal that nobody can catch, and the shell has set its own modes since.
            restore()
            take()
            return .changed
        default: return .end
        }
    }

    /// Lets the job be stopped as if nobody had caught the signal, and goes on when it is continued.
    private func stop() {
        restore()
        var set = Self.set(of: [SIGTSTP])
        kill(getpid(), SIGTSTP)
        // It stops here; in a process group without a shell it does not.
        sigprocmask(SIG_UNBLOCK, &set, nil)
        sigprocmask(SIG_BLOCK, &set, nil)
        take()
    }

    private static func set(of numbers: [Int32]) -> sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for number in numbers { sigaddset(&set, number) }
        return set
    }
}
