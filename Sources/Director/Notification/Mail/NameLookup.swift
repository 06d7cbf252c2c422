import Addresses
import CLinux
import Glibc
import Reactor
import VRRPProtocol

/// One look-up of a host's addresses, beside the loop.
///
/// Whoever made it holds it: one that is released is ended, and tells nothing.
final class NameLookup {
    enum Answer {
        /// At least one, the preferred one first.
        case addresses([IPAddress])
        /// In words that go after the name.
        case failed(String)
    }

    private let loop: EventLoop
    private var descriptor: Int32 = -1
    /// The child that looks it up; −1 when there is none.
    private(set) var process: Int32 = -1
    private var found: [IPAddress] = []
    private var error: Int32 = 0
    private var told: ((Answer) -> Void)?
    private lazy var timer = loop.timer { [unowned self] _ in
        tell(failure ?? .failed("was not found within that time"))
    }
    /// What kept it from starting.
    private var failure: Answer?

    private static let mostAddresses = 16

    /// - Parameter told: Called once, never before this returns.
    init(_ name: String, within limit: Duration, _ loop: EventLoop, told: @escaping (Answer) -> Void) {
        self.loop = loop
        self.told = told
        process = clinux_look_up(name, &descriptor)
        if process < 0 {
            descriptor = -1
            failure = .failed("cannot be looked up: \(String(cString: strerror(errno)))")
            timer.set(loop.now)
            return
        }
        timer.set(EventLoop.clock() + limit)
        do throws(ReactorError) {
            try loop.onExit(of: process) { [unowned self] _ in process = -1 }
            try loop.watch(descriptor) { [unowned self] in read() }
        } catch {
            failure = .failed("cannot be looked up: \(error)")
            timer.set(loop.now)
        }
    }

    deinit { end() }

    private func read() {
        var answer = clinux_found()
        while true {
            let count = recv(descriptor, &answer, MemoryLayout<clinux_found>.size, 0)
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == EAGAIN { return }
            guard count == MemoryLayout<clinux_found>.size else { break }
            take(answer)
        }
        if !found.isEmpty { return tell(.addresses(found)) }
        let reason = error == 0 ? "the look-up has failed" : String(cString: gai_strerror(error))
        tell(.failed("was not found: \(reason)"))
    }

    private func take(_ answer: clinux_found) {
        guard found.count < Self.mostAddresses else { return }
        switch answer.family {
        case 4:
            let value = withUnsafeBytes(of: answer.address) { $0.loadUnaligned(as: UInt32.self) }
            found.append(.v4(IPv4Address(UInt32(bigEndian: value))))
        case 6:
            let (high, low) = withUnsafeBytes(of: answer.address) {
                ($0.loadUnaligned(as: UInt64.self), $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            }
            found.append(.v6(IPv6Address(high: UInt64(bigEndian: high), low: UInt64(bigEndian: low))))
        default: error = answer.error
        }
    }

    private func tell(_ answer: Answer) {
        let told = told
        self.told = nil
        end()
        told?(answer)
    }

    private func end() {
        timer.set(nil)
        if descriptor >= 0 {
            loop.unwatch(descriptor)
            close(descriptor)
            descriptor = -1
        }
        if process > 0 {
            loop.forgetExit(of: process)
            kill(process, SIGKILL)
            // It does not catch that, and is gone at once.
            waitpid(process, nil, 0)
            process = -1
        }
    }
}
