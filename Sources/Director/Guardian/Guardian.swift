import CLinux
import Glibc
import Reactor
import Routing
import VRRPProtocol

/// The process that the operator started. It starts the worker, which does everything, and cleans up after it.
///
/// It holds little: the worker's wills, and the path of the ledger. When the worker dies, for whatever reason, the wills
/// are sent at once, so that the peers wait for a skew time and not for silence; then everything is removed that the
/// worker had put into the kernel; then the worker is started again. When the guardian itself dies, the worker starts
/// another one, and nothing else happens.
final class Guardian {
    private let loop: EventLoop
    private let log: Log
    private let files: StateFiles
    private let arguments: [String]
    private let services: ServiceManager
    private let lock: InstanceLock
    /// For the wills; opened in advance, because when they are needed something has gone wrong.
    private var sender: AdvertisementSender

    private var worker: Worker?
    private var hasHadWorker = false
    private var wills: [String: Will] = [:]
    private var backOff = RestartBackOff()
    /// Whether somebody asked the daemon to end.
    private var isStopping = false
    /// What the program ends with.
    private var status: Int32 = 0
    private var restart: Timer?
    private var patience: Timer?
    private var watchdog: Timer?
    private let settling: Settling
    private let notes = GuardianNotes()

    /// How long a worker may be silent that says every second that it is alive.
    static let patienceWithWorker = Duration.seconds(10)

    /// How long a worker may take to be gone after its good-bye.
    private static let patienceWithEnd = Duration.seconds(2)

    private final class Worker {
        let process: Int32
        let channel: GuardianChannel
        let start: Instant
        /// What it said that it ends with.
        var ended: Int32?

        init(process: Int32, channel: GuardianChannel, start: Instant) {
            self.process = process
            self.channel = channel
            self.start = start
        }
    }

    init(
        log: Log, files: StateFiles, arguments: [String], services: ServiceManager, lock: InstanceLock
    ) throws(DirectorError) {
        self.log = log
        self.files = files
        self.arguments = arguments
        self.services = services
        self.lock = lock
        do throws(ReactorError) {
            loop = try EventLoop()
            sender = try AdvertisementSender()
            settling = Settling(loop)
            try loop.onSignals([SIGTERM, SIGINT, SIGHUP, SIGUSR1, SIGUSR2, SIGPIPE]) { [unowned self] in forward($0) }
        } catch {
            throw DirectorError("\(error)")
        }
        log.history = notes
        log.attach(to: loop)
        lock.sign(getpid())
        clinux_name_process("vrrpctl")
        restart = loop.timer { [unowned self] _ in startWorker() }
        patience = loop.timer { [unowned self] _ in losePatience() }
        if let interval = services.watchdogInterval {
            watchdog = loop.timer { [unowned self] now in
                services.tell("WATCHDOG=1")
                watchdog?.set(now + interval)
            }
            watchdog?.set(EventLoop.clock() + interval)
        }
    }

    /// Starts a worker and guards it, and those that come after it.
    ///
    /// - Returns: The program's exit status.
    func run() -> Int32 {
        startWorker()
        return guardUntilEnd()
    }

    /// Guards the worker that started this process because its guardian had died.
    func run(guarding process: Int32, over channel: Int32) -> Int32 {
        log.notice(
            "guarding process \(process) in place of a guardian that died", event: "guardian-start",
            ["pid": "\(getpid())", "worker": "\(process)"])
        services.tell("MAINPID=\(getpid())")
        watch(process, channel)
        return guardUntilEnd()
    }

    private func guardUntilEnd() -> Int32 {
        loop.run()
        log.finish()
        return status
    }

    // MARK: The worker

    private func startWorker() {
        do throws(DirectorError) {
            let (mine, its) = try GuardianChannel.pair()
            defer { close(its) }
            let process: Int32
            do throws(DirectorError) {
                process = try SecondProcess.start(
                    arguments,
                    as: .worker(
                        channel: its, lock: lock.descriptor, guardian: getpid(), isReplacement: hasHadWorker),
                    keeping: [its, lock.descriptor], services: services)
            } catch {
                close(mine)
                throw error
            }
            watch(process, mine)
            log.info("process \(process) does the work", event: "worker-start", ["worker": "\(process)"])
        } catch {
            log.error("\(error.message)", event: "worker-start")
            scheduleRestart(of: EventLoop.clock())
        }
    }

    private func watch(_ process: Int32, _ descriptor: Int32) {
        let worker = Worker(process: process, channel: GuardianChannel(descriptor), start: EventLoop.clock())
        self.worker = worker
        hasHadWorker = true
        do throws(ReactorError) {
            try loop.watch(descriptor) { [unowned self] in hear(worker) }
            try loop.onExit(of: process) { [unowned self] in end(worker, $0) }
        } catch {
            // ESRCH: gone already, and the channel says so too.
            guard error.code != ESRCH else { return }
            log.error("cannot watch process \(process): \(error)", event: "worker-start")
        }
        patience?.set(EventLoop.clock() + Self.patienceWithWorker)
    }

    private func hear(_ worker: Worker) {
        // A dead worker's last messages are still there, and come before its end.
        while true {
            switch worker.channel.receive() {
            case .messages(let messages?):
                for message in messages { take(message, from: worker) }
                if self.worker === worker { patience?.set(loop.now + Self.patienceWithWorker) }
                tellNotes(to: worker)
            case .messages(nil):
                log.error("process \(worker.process) talks nonsense to its guardian", event: "worker-nonsense")
            case .nothing: return
            case .closed:
                loop.unwatch(worker.channel.descriptor)
                if worker.ended == nil {
                    cleanUp(after: worker)
                } else {
                    patience?.set(loop.now + Self.patienceWithEnd)
                }
                return
            }
        }
    }

    /// A worker that speaks is one that listens.
    private func tellNotes(to worker: Worker) {
        guard worker.ended == nil else { return }
        for note in notes.take() {
            var datagram: [UInt8] = []
            note.write(into: &datagram)
            _ = worker.channel.send(datagram)
        }
    }

    private func take(_ message: GuardianMessage, from worker: Worker) {
        switch message {
        case .will(let instance, let will): wills[instance] = will
        case .namespace(let path): enter(path)
        case .ready:
            services.tell("READY=1\nMAINPID=\(getpid())")
            // The worker has the rights that it needs.
            Rights.limit()
            settling.begin()
        case .reloading:
            services.tell("RELOADING=1\nMONOTONIC_USEC=\(EventLoop.clock().nanoseconds / 1000)")
        case .stopping:
            isStopping = true
            services.tell("STOPPING=1")
        case .ended(let status): worker.ended = status
        case .alive, .noted: break
        }
    }

    private func enter(_ namespace: String) {
        do {
            try NetworkNamespace.enter(namespace)
            // A socket belongs to the namespace in which it was opened.
            sender = try AdvertisementSender()
        } catch {
            log.error("the guardian cannot enter the network namespace \(namespace): \(error)", event: "namespace")
        }
    }

    /// The worker can do nothing any more: does for it what it would have done.
    private func cleanUp(after worker: Worker) {
        guard self.worker === worker else { return }
        self.worker = nil
        let heirs = wills.count
        for will in wills.values {
            for packet in will.packets { sender.enqueue(packet.bytes, on: packet.interface) }
        }
        sender.flush { [log] failure in
            log.warning("the guardian could not send: \(failure)", event: "will-failed")
        }
        wills.removeAll()
        // It closed its end, or talks to nobody: two of them must not go on.
        kill(worker.process, SIGKILL)
        log.error(
            "process \(worker.process) died; priority 0 was sent for \(heirs) \(heirs == 1 ? "instance" : "instances")",
            event: "worker-died", ["worker": "\(worker.process)", "instances": "\(heirs)"])
        for line in Ledger.releaseLeftovers(at: files.ledger) { log.notice(line, event: "released") }
        patience?.set(nil)
        if isStopping {
            finish(1)
        } else {
            scheduleRestart(of: worker.start)
        }
    }

    private func scheduleRestart(of start: Instant) {
        let now = EventLoop.clock()
        let wait = backOff.wait(afterStart: start, death: now)
        if wait > .zero {
            log.notice("it is started again in \(wait.components.seconds) s", event: "worker-restart")
        }
        restart?.set(now + wait)
    }

    private func end(_ worker: Worker, _ exit: ExitStatus) {
        hear(worker)
        if let status = worker.ended {
            finish(status)
            return
        }
        let reason =
            switch exit {
            case .exited(let status): "it ended with status \(status)"
            case .killed(let signal): "signal \(signal) killed it"
            case .unknown: "why is not known, it was no child of this process"
            }
        log.notice("process \(worker.process): \(reason)", event: "worker-exit", ["worker": "\(worker.process)"])
    }

    /// A worker that hangs holds addresses and does not speak for them: its peers have long taken over.
    private func losePatience() {
        guard let worker else { return }
        if let status = worker.ended { return finish(status) }
        log.error(
            "process \(worker.process) has not been heard of for \(Self.patienceWithWorker.components.seconds) s and "
                + "is killed", event: "worker-hangs", ["worker": "\(worker.process)"])
        kill(worker.process, SIGKILL)
    }

    private func finish(_ status: Int32) {
        self.status = status
        loop.stop()
    }

    // MARK: Signals

    private func forward(_ signal: Int32) {
        guard signal != SIGPIPE else { return }
        if signal == SIGTERM || signal == SIGINT {
            isStopping = true
            services.tell("STOPPING=1")
        }
        if let worker {
            kill(worker.process, signal)
        } else if isStopping {
            // It was waiting to start a worker again, and everything has been cleaned up.
            finish(0)
        }
    }
}
