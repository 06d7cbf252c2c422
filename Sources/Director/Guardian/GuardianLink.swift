import Glibc
import Reactor
import VRRPProtocol

/// The worker's side: leaves wills with the guardian, tells it what goes on, and puts another one in its place when it
/// dies.
final class GuardianLink: WillKeeper {
    private let loop: EventLoop
    private let log: Log
    /// Starts another guardian at the other end of the connection that is given.
    private let startGuardian: (Int32) throws(DirectorError) -> Int32

    private var channel: GuardianChannel?
    /// Process, and since when.
    private var guardian: (process: Int32, start: Instant)
    private var backOff = RestartBackOff()
    private var wills: [String: Will] = [:]
    /// Instances whose will the guardian has not been told, in order.
    private var untold: [String] = []
    private var isUntold: Set<String> = []
    private var namespace: String?
    private var isReady = false
    private var pulse: Timer?
    /// Told of what the guardian has logged.
    var noted: ([UInt8]) -> Void = { _ in }
    private var replacement: Timer?

    private static let pulseInterval = Duration.seconds(1)

    /// - Parameter guardian: nil if it is not there any more.
    init(
        loop: EventLoop, log: Log, channel: Int32, guardian: Int32,
        startGuardian: @escaping (Int32) throws(DirectorError) -> Int32
    ) {
        self.loop = loop
        self.log = log
        self.startGuardian = startGuardian
        self.guardian = (guardian, EventLoop.clock())
        pulse = loop.timer { [unowned self] now in
            tell(.alive)
            pulse?.set(now + Self.pulseInterval)
        }
        pulse?.set(EventLoop.clock() + Self.pulseInterval)
        replacement = loop.timer { [unowned self] _ in replaceGuardian() }
        listen(to: GuardianChannel(channel))
    }

    /// Hands on wills at the end of each turn from now on; to be called when everybody who leaves wills at the end of a
    /// turn has registered for it.
    func attach() {
        loop.atEndOfTurn { [unowned self] in flush() }
    }

    // MARK: Wills

    func leave(_ will: Will?, for instance: String) {
        guard wills[instance] != will else { return }
        wills[instance] = will
        if isUntold.insert(instance).inserted { untold.append(instance) }
    }

    private func flush() {
        guard !untold.isEmpty, let channel else { return }
        var datagram: [UInt8] = []
        var told = 0
        var inDatagram = 0
        for instance in untold {
            GuardianMessage.will(instance: instance, wills[instance]).write(into: &datagram)
            inDatagram += 1
            guard datagram.count >= GuardianChannel.datagramLength || told + inDatagram == untold.count else {
                continue
            }
            guard channel.send(datagram) == .done else { break }
            told += inDatagram
            inDatagram = 0
            datagram.removeAll(keepingCapacity: true)
        }
        for instance in untold.prefix(told) { isUntold.remove(instance) }
        untold.removeFirst(told)
        // What is left goes at the end of a later turn; the pulse makes sure that there is one.
    }

    // MARK: What goes on

    func enter(namespace path: String) {
        namespace = path
        tell(.namespace(path))
    }

    func ready() {
        isReady = true
        tell(.ready)
    }

    func reloading() { tell(.reloading) }

    func stopping() { tell(.stopping) }

    /// Says good-bye: the guardian does nothing in this worker's place and ends too.
    func end(_ status: Int32) {
        flush()
        tell(.ended(status))
    }

    private func tell(_ message: GuardianMessage) {
        guard let channel else { return }
        var datagram: [UInt8] = []
        message.write(into: &datagram)
        guard channel.send(datagram) == .full else { return }
        if message == .alive { return }
        // Rare, and the guardian reads at once unless somebody stopped it.
        var ready = pollfd(fd: channel.descriptor, events: Int16(POLLOUT), revents: 0)
        guard poll(&ready, 1, 100) == 1 else { return }
        _ = channel.send(datagram)
    }

    // MARK: The guardian's death

    private func listen(to channel: GuardianChannel) {
        self.channel = channel
        do throws(ReactorError) {
            try loop.watch(channel.descriptor) { [unowned self] in
                switch channel.receive() {
                case .messages(let messages):
                    for case .noted(let line) in messages ?? [] { noted(line) }
                case .nothing: break
                case .closed:
                    loop.unwatch(channel.descriptor)
                    loseGuardian()
                }
            }
        } catch {
            log.error("cannot watch the guardian: \(error)", event: "guardian")
        }
    }

    private func loseGuardian() {
        channel = nil
        let wait = backOff.wait(afterStart: guardian.start, death: loop.now)
        log.error(
            "the guardian, process \(guardian.process), died; "
                + (wait == .zero ? "it is replaced" : "it is replaced in \(wait.components.seconds) s"),
            event: "guardian-died", ["guardian": "\(guardian.process)"])
        if wait == .zero { replaceGuardian() } else { replacement?.set(loop.now + wait) }
    }

    private func replaceGuardian() {
        do throws(DirectorError) {
            let (mine, its) = try GuardianChannel.pair()
            defer { close(its) }
            let process: Int32
            do throws(DirectorError) {
                process = try startGuardian(its)
            } catch {
                close(mine)
                throw error
            }
            guardian = (process, EventLoop.clock())
            // Collects it if it dies before this process does.
            _ = try? loop.onExit(of: process) { _ in }
            listen(to: GuardianChannel(mine))
        } catch {
            log.error(error.message, event: "guardian-start")
            replacement?.set(loop.now + backOff.wait(afterStart: loop.now, death: loop.now))
            return
        }
        if let namespace { tell(.namespace(namespace)) }
        untold = Array(wills.keys)
        isUntold = Set(untold)
        flush()
        if isReady { tell(.ready) }
    }
}
