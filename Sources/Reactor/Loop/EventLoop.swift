import CLinux
import Glibc
package import VRRPProtocol

/// The one loop of a process: descriptors, timers, signals and exits of processes, one after the other on one thread.
///
/// A turn is: what is ready is handled; then what is due fires; then what is registered for the end of a turn runs,
/// such as sending what was put together; then it sleeps. So whatever arrived before a deadline is heard before it
/// passes, also when the machine stood still for a while. A body must not block, and one that empties a descriptor
/// stops after a bounded number of packets: the rest comes in the next turn, and no flood holds up the timers.
package final class EventLoop {
    private let epoll: Int32
    private let events: UnsafeMutableBufferPointer<epoll_event>
    private var watchers: [Watcher?] = []
    private var generation: UInt32 = 0
    private let timers = TimerQueue()
    private var endOfTurn: [() -> Void] = []
    private var isRunning = false
    private var isStopping = false
    private var ownDescriptors: [Int32] = []
    private var exits: [Int32: Int32] = [:]
    private var signalsBefore: sigset_t?
    /// For all sockets: one is emptied at a time.
    private(set) lazy var packetRoom = PacketRoom()

    /// The clock as it was read before what is running now: at the start of a turn's handling, and again before the
    /// timers.
    package private(set) var now: Instant

    /// Deadlines are rounded up to a multiple of this for sleeping, so that timers which are close to each other wake
    /// the process once. 250 instances at 10 ms are 25,000 deadlines a second; a sleep and its end cost 20 µs.
    private static let quantum: Int64 = 100_000
    /// More than the descriptors of any real configuration that are ready at once, so that timers wait for all of them.
    private static let mostEvents = 512

    private final class Watcher {
        let generation: UInt32
        let ready: () -> Void

        init(_ generation: UInt32, _ ready: @escaping () -> Void) {
            self.generation = generation
            self.ready = ready
        }
    }

    /// - Throws: Where the kernel has no descriptor left.
    package init() throws(ReactorError) {
        epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard epoll >= 0 else { throw ReactorError("epoll_create1", code: errno) }
        events = .allocate(capacity: Self.mostEvents)
        events.initialize(repeating: epoll_event())
        now = Self.clock()
    }

    deinit {
        for descriptor in ownDescriptors { close(descriptor) }
        if var before = signalsBefore { pthread_sigmask(SIG_SETMASK, &before, nil) }
        close(epoll)
        events.deallocate()
    }

    /// The monotonic clock (`CLOCK_MONOTONIC`) now.
    package static func clock() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Instant(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    /// Reads the clock anew, after something that took long: what is set from here on counts from the present.
    package func refresh() {
        now = Self.clock()
    }

    // MARK: Running

    /// Takes turns until `stop`. What is to be done at the end of a turn is done before the first sleep too.
    package func run() {
        precondition(!isRunning, "a loop runs once at a time")
        isRunning = true
        finishTurn()
        while !isStopping {
            turn()
            finishTurn()
        }
        isStopping = false
        isRunning = false
    }

    /// Lets `run` return at the end of this turn, after what is done at the end of each.
    package func stop() {
        isStopping = true
    }

    private func turn() {
        var count = clinux_epoll_wait(epoll, events.baseAddress, Int32(events.count), timeToSleep)
        if count <= 0 {
            // It slept to a deadline, or was stopped and continued. What came meanwhile is still heard before it.
            count = clinux_epoll_wait(epoll, events.baseAddress, Int32(events.count), 0)
        }
        now = Self.clock()
        for index in 0..<max(0, Int(count)) {
            let token = events[index].data.u64
            let descriptor = Int(truncatingIfNeeded: token & 0xffff_ffff)
            // A body before this one may have closed the descriptor, and another may have its number by now.
            guard descriptor < watchers.count, let watcher = watchers[descriptor],
                watcher.generation == UInt32(truncatingIfNeeded: token >> 32)
            else { continue }
            watcher.ready()
        }
        now = Self.clock()
        timers.fire(at: now)
    }

    private func finishTurn() {
        var index = 0
        while index < endOfTurn.count {
            endOfTurn[index]()
            index += 1
        }
    }

    /// Nanoseconds; negative for as long as it takes.
    private var timeToSleep: Int64 {
        guard let next = timers.next?.nanoseconds else { return -1 }
        let now = Self.clock().nanoseconds
        guard next > now else { return 0 }
        let (rounded, overflow) = next.addingReportingOverflow(Self.quantum - 1)
        return (overflow ? next : rounded - rounded % Self.quantum) - now
    }

    // MARK: What it watches

    /// Calls `ready` in every turn in which the descriptor is ready (level-triggered). A descriptor has one watcher; a
    /// later call replaces it. The descriptor stays the caller's, who calls `unwatch` before closing it.
    /// - Throws: EBADF, EPERM for a descriptor that cannot be watched, such as a file, ENOMEM, ENOSPC.
    package func watch(
        _ descriptor: Int32, _ interest: Interest = .readable, _ ready: @escaping () -> Void
    ) throws(ReactorError) {
        guard descriptor >= 0 else { throw ReactorError("epoll_ctl", code: EBADF) }
        let place = Int(descriptor)
        if place >= watchers.count { watchers += repeatElement(nil, count: place + 1 - watchers.count) }
        generation &+= 1
        var event = epoll_event()
        event.events = interest.rawValue
        event.data.u64 = UInt64(generation) << 32 | UInt64(UInt32(descriptor))
        var result = epoll_ctl(epoll, watchers[place] == nil ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, descriptor, &event)
        // Closed without `unwatch`, and its number given to another.
        if result != 0, errno == ENOENT { result = epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event) }
        guard result == 0 else { throw ReactorError("epoll_ctl", code: errno) }
        watchers[place] = Watcher(generation, ready)
    }

    /// Ends the watch, at once: also what is ready in this turn is not called any more. Nothing happens if there is
    /// none.
    package func unwatch(_ descriptor: Int32) {
        let place = Int(descriptor)
        guard watchers.indices.contains(place), watchers[place] != nil else { return }
        watchers[place] = nil
        epoll_ctl(epoll, EPOLL_CTL_DEL, descriptor, nil)
    }

    /// A timer, not armed. `fire` is given the instant at which the timers of its turn are fired.
    package func timer(_ fire: @escaping (Instant) -> Void) -> Timer {
        Timer(in: timers, fire)
    }

    /// Registers what is done at the end of every turn, in the order of registration. A timer that it sets is regarded
    /// before the loop sleeps.
    package func atEndOfTurn(_ body: @escaping () -> Void) {
        endOfTurn.append(body)
    }

    // MARK: Signals and processes

    /// Blocks the signals on this thread and calls `body` with each that comes, in a turn of its own order. Further
    /// calls add signals. A process that is started inherits the blocked signals: whoever starts one unblocks them
    /// there. When the loop goes, the thread's signals are as they were.
    ///
    /// Call it before there are other threads; they would get the signals else.
    package func onSignals(_ signals: [Int32], _ body: @escaping (Int32) -> Void) throws(ReactorError) {
        var before = sigset_t()
        let descriptor = clinux_signal_descriptor(signals, Int32(signals.count), &before)
        guard descriptor >= 0 else { throw ReactorError("signalfd", code: errno) }
        if signalsBefore == nil { signalsBefore = before }
        ownDescriptors.append(descriptor)
        try watch(descriptor) {
            var information = signalfd_siginfo()
            let size = MemoryLayout<signalfd_siginfo>.size
            while read(descriptor, &information, size) == size {
                body(Int32(truncatingIfNeeded: information.ssi_signo))
            }
        }
    }

    /// Calls `body` once when the process has ended, and collects it if it is a child. For a process that is no child the
    /// status is `.unknown`. A process has one body; a later call replaces it.
    /// - Throws: ESRCH if there is no such process.
    package func onExit(of pid: Int32, _ body: @escaping (ExitStatus) -> Void) throws(ReactorError) {
        let descriptor = clinux_pidfd_open(pid)
        guard descriptor >= 0 else { throw ReactorError("pidfd_open of process \(pid)", code: errno) }
        forgetExit(of: pid)
        do {
            try watch(descriptor) { [unowned self] in
                var value: Int32 = 0
                let end = clinux_reap(descriptor, &value)
                guard end != clinux_end_none else { return }
                forgetExit(of: pid)
                switch end {
                case clinux_end_exit: body(.exited(value))
                case clinux_end_signal: body(.killed(value))
                default: body(.unknown)
                }
            }
        } catch {
            close(descriptor)
            throw error
        }
        exits[pid] = descriptor
        ownDescriptors.append(descriptor)
    }

    /// Takes back `onExit`: the process is not waited for, nor collected.
    package func forgetExit(of pid: Int32) {
        guard let descriptor = exits.removeValue(forKey: pid) else { return }
        unwatch(descriptor)
        ownDescriptors.removeAll { $0 == descriptor }
        close(descriptor)
    }
}
