import Glibc
import Reactor
import VRRPProtocol

/// What a script writes to its standard output and standard error, as lines.
///
/// It may write as much as it likes and cost little: a line has an end, so has the number of lines of a run, and what is
/// beyond that is read in pieces with pauses between them, and counted.
final class ScriptOutput {
    private let loop: EventLoop
    private let descriptor: Int32
    private let heard: (String) -> Void
    /// Called once, when nobody can write any more.
    var ended: (() -> Void)?
    private var line: [UInt8] = []
    /// Whether the line has been longer than it may be.
    private var isCut = false
    private var lines = 0
    private var leftOut = 0
    private(set) var isOpen = true
    private var pause: Timer?

    private static let longestLine = 1_000
    private static let mostLines = 200
    private static let chunk = 1 << 14

    /// - Parameters:
    ///   - descriptor: The end of a pipe that is read from, not blocking; it becomes this object's.
    ///   - heard: Called with each line that is not empty.
    init(_ descriptor: Int32, _ loop: EventLoop, heard: @escaping (String) -> Void) throws(ReactorError) {
        self.descriptor = descriptor
        self.loop = loop
        self.heard = heard
        do {
            try loop.watch(descriptor) { [unowned self] in read() }
        } catch {
            isOpen = false
            Glibc.close(descriptor)
            throw error
        }
    }

    deinit { close() }

    /// Takes in what has been written so far; for the end of the script, though what it started may write on.
    func drain() {
        for _ in 0..<8 where isOpen { guard read() else { break } }
        if isOpen { takeLine() }
    }

    func close() {
        guard isOpen else { return }
        isOpen = false
        pause = nil
        loop.unwatch(descriptor)
        Glibc.close(descriptor)
        takeLine()
        if leftOut > 0 { heard("… and \(leftOut) more lines") }
    }

    /// - Returns: Whether there may be more.
    @discardableResult
    private func read() -> Bool {
        var bytes = [UInt8](repeating: 0, count: Self.chunk)
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        if count < 0, errno == EAGAIN || errno == EINTR { return false }
        guard count > 0 else {
            close()
            ended?()
            ended = nil
            return false
        }
        for byte in bytes.prefix(count) { take(byte) }
        if leftOut > 0, pause == nil { rest() }
        return true
    }

    /// From now on what it writes is not worth waking up for each time.
    private func rest() {
        loop.unwatch(descriptor)
        let timer = loop.timer { [unowned self] now in
            pause?.set(now + .milliseconds(50))
            read()
        }
        timer.set(EventLoop.clock() + .milliseconds(50))
        pause = timer
    }

    private func take(_ byte: UInt8) {
        if byte == UInt8(ascii: "\n") {
            takeLine()
        } else if line.count < Self.longestLine {
            line.append(byte)
        } else {
            isCut = true
        }
    }

    private func takeLine() {
        defer {
            line.removeAll(keepingCapacity: true)
            isCut = false
        }
        guard !line.isEmpty else { return }
        guard lines < Self.mostLines else {
            leftOut += 1
            return
        }
        lines += 1
        heard(String(decoding: line, as: UTF8.self) + (isCut ? "…" : ""))
    }
}
