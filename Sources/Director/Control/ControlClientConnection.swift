import Glibc
import Reactor
import VRRPProtocol

/// One client of the control socket, as the daemon sees it.
///
/// Its requests are carried out one after the other, and none before the answer to the last one is nearly read: a
/// client that asks and does not read costs no more than one answer. Of an answer in many lines, only what it has room
/// for is made.
final class ControlClientConnection {
    private let descriptor: Int32
    private let loop: EventLoop
    private let share: ControlShare
    private let answer: (ArraySlice<UInt8>, ControlReply) -> Void
    private let ended: () -> Void
    private var input: [UInt8] = []
    private var output: [UInt8] = []
    /// How much of the output is sent.
    private var sent = 0
    private var idle: Timer?
    /// Goes on with what a turn had no time for.
    private var later: Timer?
    private var isClosed = false
    /// The client has sent its last request, and waits for answers only.
    private var isHalfClosed = false
    /// A request that has no answer yet.
    private var isAnswering = false
    private var requests = 0
    /// What is left of an answer.
    private var stream: ControlStream?
    private var isWorking = false
    private var interest: EventLoop.Interest?

    /// The longest request, in octets.
    private static let longestRequest = 1 << 16
    /// What waits for a client to read it while more is made, in octets. A single line may be longer.
    private static let mostWaiting = 1 << 16
    /// How long a client may do nothing at all while something is awaited from it.
    private static let patience = Duration.seconds(60)

    /// Takes over the descriptor.
    ///
    /// - Parameter ended: Called when the client is gone.
    init(
        _ descriptor: Int32, loop: EventLoop, share: ControlShare,
        answer: @escaping (ArraySlice<UInt8>, ControlReply) -> Void, ended: @escaping () -> Void
    ) {
        self.descriptor = descriptor
        self.loop = loop
        self.share = share
        self.answer = answer
        self.ended = ended
        idle = loop.timer { [unowned self] _ in end() }
        later = loop.timer { [unowned self] _ in work() }
        touch()
        watch()
    }

    /// Whether it has not been let go.
    var isOpen: Bool { !isClosed }
    private var waiting: Int { output.count - sent }
    private var isBusy: Bool { isAnswering || stream != nil }

    // MARK: Turns

    private func turn() {
        // Neither its requests nor its reading are waited for: it has hung up.
        if interest == [] { return end() }
        if waiting > 0 { write() }
        if !isClosed, !isHalfClosed, !isBusy { read() }
        work()
    }

    /// Does what can be done: sends, makes more of the answer, takes up the next request.
    private func work() {
        guard !isClosed, !isWorking else { return }
        isWorking = true
        var goesOn = true
        while goesOn, !isClosed {
            guard share.isLeft else {
                later?.set(loop.now)
                break
            }
            share.spend { goesOn = step() }
        }
        isWorking = false
        guard !isClosed else { return }
        if waiting > 0 { write() }
        guard !isClosed else { return }
        if isHalfClosed, waiting == 0, !isBusy { return end() }
        // Who waits for something to happen is not idle.
        if waiting == 0, isBusy { idle?.set(nil) } else if idle?.deadline == nil { touch() }
        watch()
    }

    /// - Returns: Whether there may be more to do now.
    private func step() -> Bool {
        if waiting >= Self.mostWaiting {
            write()
            guard !isClosed, waiting < Self.mostWaiting else { return false }
        }
        if stream != nil { return continueStream() }
        return !isAnswering && takeRequest()
    }

    private func touch() {
        idle?.set(loop.now + Self.patience)
    }

    private func watch() {
        var wanted: EventLoop.Interest = []
        if waiting > 0 { wanted.insert(.writable) }
        if !isHalfClosed, !isBusy, waiting < Self.mostWaiting { wanted.insert(.readable) }
        guard wanted != interest else { return }
        interest = wanted
        do throws(ReactorError) {
            try loop.watch(descriptor, wanted) { [unowned self] in turn() }
        } catch {
            end()
        }
    }

    // MARK: Requests

    private func read() {
        let more: [UInt8]? = withUnsafeTemporaryAllocation(byteCount: 1 << 14, alignment: 1) { room in
            let count = recv(descriptor, room.baseAddress, room.count, Int32(MSG_DONTWAIT))
            if count > 0 { return Array(room[..<count]) }
            return count == 0 ? nil : errno == EAGAIN || errno == EINTR ? [] : nil
        }
        guard let more else {
            isHalfClosed = true
            return
        }
        guard !more.isEmpty else { return }
        touch()
        input += more
        if input.count > Self.longestRequest, !input.contains(0x0a) { end() }
    }

    /// - Returns: Whether there was a whole one.
    private func takeRequest() -> Bool {
        guard let length = input.firstIndex(of: 0x0a) else { return false }
        let line = Array(input[..<length])
        input.removeFirst(length + 1)
        isAnswering = true
        requests += 1
        let number = requests
        answer(
            line[...],
            ControlReply { [weak self] line, stream in
                guard let self, !isClosed, isAnswering, number == requests else {
                    stream?.close()
                    return
                }
                begin(line, stream)
            })
        return true
    }

    // MARK: Answers

    private func begin(_ line: [UInt8], _ stream: ControlStream?) {
        isAnswering = false
        output += line
        self.stream = stream
        stream?.wakeUp = { [weak self] in self?.work() }
        // At once, also where the daemon is about to end.
        write()
        work()
    }

    /// - Returns: Whether there may be more to do now.
    private func continueStream() -> Bool {
        guard let stream else { return true }
        switch stream.next() {
        case .line(let line):
            output += line
            output.append(0x0a)
            return true
        case .again: return true
        case .nothing: return false
        case .end: finishStream(nil)
        case .failure(let refusal): finishStream(refusal)
        }
        return true
    }

    private func finishStream(_ refusal: ControlRefusal?) {
        output += ControlRefusal.end(refusal)
        let stream = stream
        self.stream = nil
        stream?.close()
    }

    private func write() {
        guard !isClosed else { return }
        var failure: Int32?
        output.withUnsafeBytes { bytes in
            while sent < bytes.count {
                let rest = UnsafeRawBufferPointer(rebasing: bytes[sent...])
                let count = Glibc.send(descriptor, rest.baseAddress, rest.count, Int32(MSG_DONTWAIT | MSG_NOSIGNAL))
                if count < 0 {
                    if errno == EINTR { continue }
                    if errno != EAGAIN { failure = errno }
                    return
                }
                touch()
                sent += count
            }
        }
        if failure != nil { return end() }
        if sent == output.count {
            output.removeAll(keepingCapacity: output.count <= Self.mostWaiting)
            sent = 0
        } else if sent >= Self.mostWaiting {
            output.removeFirst(sent)
            sent = 0
        }
    }

    // MARK: End

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
        later?.set(nil)
        let stream = stream
        self.stream = nil
        stream?.close()
        loop.unwatch(descriptor)
        Glibc.close(descriptor)
    }
}
