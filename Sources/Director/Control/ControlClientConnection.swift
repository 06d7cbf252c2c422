import Glibc
import Reactor
import VRRPProtocol

/// One client of the control socket, as the daemon sees it.
final class ControlClientConnection {
    private let descriptor: Int32
    private let loop: EventLoop
    private let answer: (ArraySlice<UInt8>, ControlReply) -> Void
    private let ended: () -> Void
    private var input: [UInt8] = []
    private var output: [UInt8] = []
    private var idle: Timer?
    private var isClosed = false
    /// The client has sent its last request, and waits for answers only.
    private var isHalfClosed = false
    /// Requests that have no answer yet.
    private var unanswered = 0

    /// The longest request, in octets.
    private static let longestRequest = 1 << 16
    /// Answers that a client may leave unread, in octets.
    private static let longestOutput = 1 << 23
    /// How long a client may do nothing at all.
    private static let patience = Duration.seconds(60)

    /// Takes over the descriptor.
    ///
    /// - Parameter ended: Called when the client is gone.
    init(
        _ descriptor: Int32, loop: EventLoop, answer: @escaping (ArraySlice<UInt8>, ControlReply) -> Void,
        ended: @escaping () -> Void
    ) {
        self.descriptor = descriptor
        self.loop = loop
        self.answer = answer
        self.ended = ended
        idle = loop.timer { [unowned self] _ in end() }
        watch()
        touch()
    }

    private func touch() {
        idle?.set(loop.now + Self.patience)
    }

    private func watch() {
        let interest: EventLoop.Interest
        switch (isHalfClosed, output.isEmpty) {
        case (false, true): interest = .readable
        case (false, false): interest = [.readable, .writable]
        case (true, false): interest = .writable
        case (true, true): interest = []
        }
        do throws(ReactorError) {
            try loop.watch(descriptor, interest) { [unowned self] in turn() }
        } catch {
            end()
        }
    }

    private func turn() {
        // Nothing is awaited from this client, nor kept for it: it has hung up.
        if isHalfClosed, output.isEmpty { return end() }
        write()
        guard !isClosed else { return }
        if !isHalfClosed { read() }
    }

    private func read() {
        let more: [UInt8]? = withUnsafeTemporaryAllocation(byteCount: 1 << 14, alignment: 1) { room in
            let count = recv(descriptor, room.baseAddress, room.count, Int32(MSG_DONTWAIT))
            if count > 0 { return Array(room[..<count]) }
            return count == 0 ? nil : errno == EAGAIN || errno == EINTR ? [] : nil
        }
        guard let more else {
            isHalfClosed = true
            if output.isEmpty, unanswered == 0 { end() } else { watch() }
            return
        }
        guard !more.isEmpty else { return }
        touch()
        input += more
        while let length = input.firstIndex(of: 0x0a) {
            let line = Array(input[..<length])
            input.removeFirst(length + 1)
            unanswered += 1
            answer(line[...], ControlReply { [weak self] in self?.send($0) })
            guard !isClosed else { return }
        }
        guard input.count <= Self.longestRequest else { return end() }
    }

    private func send(_ line: [UInt8]) {
        guard !isClosed, output.count + line.count <= Self.longestOutput else { return end() }
        let wasEmpty = output.isEmpty
        unanswered = max(unanswered - 1, 0)
        output += line
        write()
        if wasEmpty, !output.isEmpty, !isClosed { watch() }
    }

    private func write() {
        guard !output.isEmpty else { return }
        while !output.isEmpty {
            let count = Glibc.send(descriptor, output, output.count, Int32(MSG_DONTWAIT | MSG_NOSIGNAL))
            if count < 0 {
                if errno == EINTR { continue }
                if errno != EAGAIN { end() }
                return
            }
            touch()
            output.removeFirst(count)
        }
        if isHalfClosed, unanswered == 0 { end() } else { watch() }
    }

    private func end() {
        guard !isClosed else { return }
        close()
        ended()
    }

    /// Lets the client go.
    func close() {
        guard !isClosed else { return }
        isClosed = true
        idle?.set(nil)
        loop.unwatch(descriptor)
        Glibc.close(descriptor)
    }
}
