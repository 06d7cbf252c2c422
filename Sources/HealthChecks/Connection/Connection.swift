import Addresses
import CLinux
import Glibc
package import Reactor
package import VRRPProtocol

/// A socket to one place, opened and closed again for every attempt of a check, that never blocks.
///
/// Everything is waited for with a deadline, one thing at a time. Whoever made it holds it: one that is released is
/// closed, and nothing is called any more. A body that is called may do anything, `close` and `connect` included.
package final class Connection {
    package enum Transport: Hashable, Sendable {
        case tcp
        /// Connecting succeeds at once; what the network says of the datagrams comes as an error when reading.
        case udp
        /// ICMP echoes, like UDP; see `EchoMessage`.
        case echo
    }

    package let path: CheckPath
    package let transport: Transport
    package let loop: EventLoop

    /// The socket, for those that hand it to a library; −1 when it is closed. Not to be closed by others.
    package private(set) var descriptor: Int32 = -1

    /// Whether echoes go through a raw socket, which shows what others are sent too.
    private(set) var isRaw = false

    /// What waits, and for what it is told: true for ready, false for the deadline.
    private var waiter: ((Bool) -> Void)?
    /// What the descriptor is watched for; empty if it is not.
    private var watched: EventLoop.Interest = []
    private let timer: Timer
    private let relay: Relay

    /// So that loop and timer can hold bodies that were made once, without holding the connection.
    private final class Relay {
        weak var connection: Connection?
        func expired() { connection?.wake(isReady: false) }
        func ready() { connection?.wake(isReady: true) }
    }

    package init(along path: CheckPath, _ transport: Transport = .tcp, in loop: EventLoop) {
        self.path = path
        self.transport = transport
        self.loop = loop
        let relay = Relay()
        self.relay = relay
        timer = loop.timer { [relay] _ in relay.expired() }
        relay.connection = self
    }

    deinit {
        release()
    }

    package var isOpen: Bool { descriptor >= 0 }

    // MARK: Opening and closing

    /// Opens a socket and connects it. `done` is called once, never before this returns: with nil when it is connected,
    /// or with what went wrong; then it is closed again.
    package func connect(within limit: Duration, then done: @escaping (ConnectionFailure?) -> Void) {
        close()
        if let failure = open() ?? watch(.writable) {
            release()
            // Told in the next turn.
            waiter = { _ in done(failure) }
            timer.set(loop.now)
            return
        }
        wait(for: .writable, within: limit) { [unowned self] isReady in
            let failure = isReady ? pendingFailure : .noAnswer(within: limit)
            if failure != nil { close() }
            done(failure)
        }
    }

    /// Closes it in the ordinary way, for TCP with FIN. What waits is forgotten. Harmless when it is closed.
    package func close() {
        waiter = nil
        timer.set(nil)
        release()
    }

    /// Closes it with a reset (TCP), so that neither side keeps anything of it.
    package func abort() {
        if isOpen, transport == .tcp {
            var linger = linger(l_onoff: 1, l_linger: 0)
            setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
        }
        close()
    }

    private func release() {
        guard descriptor >= 0 else { return }
        if !watched.isEmpty { loop.unwatch(descriptor) }
        watched = []
        Glibc.close(descriptor)
        descriptor = -1
    }

    /// Opens the socket and begins to connect it.
    private func open() -> ConnectionFailure? {
        descriptor = transport == .tcp ? socket(SOCK_STREAM) : openForDatagrams()
        guard descriptor >= 0 else { return .impossible(operation: "socket", errno) }
        if transport != .tcp { reportErrors() }
        if let failure = path.prepare(descriptor) { return failure }
        let result = path.destination.withPointer { Glibc.connect(descriptor, $0, $1) }
        guard result != 0, errno != EINPROGRESS else { return nil }
        return failure(errno, "connect")
    }

    private func socket(_ kind: __socket_type, _ number: Int = 0) -> Int32 {
        let flags = kind.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue
        return Glibc.socket(path.destination.domain, Int32(flags), Int32(number))
    }

    private func openForDatagrams() -> Int32 {
        isRaw = false
        guard transport == .echo else { return socket(SOCK_DGRAM) }
        let number = path.destination.family == .ipv4 ? IPPROTO_ICMP : IPPROTO_ICMPV6
        // The kernel's own sockets for echoes give each an identifier that no other process of this host has. Where
        // net.ipv4.ping_group_range does not let us have one, a raw socket does.
        let own = socket(SOCK_DGRAM, number)
        guard own < 0, errno == EACCES || errno == EPERM else { return own }
        let raw = socket(SOCK_RAW, number)
        isRaw = raw >= 0
        return raw
    }

    /// What a call that talks to the server failed with.
    func failure(_ code: Int32, _ operation: String) -> ConnectionFailure {
        let failure = ConnectionFailure(errno: code, operation)
        return failure == .refused && transport != .tcp ? .nobody : failure
    }

    /// Has ICMP errors come as errors of the socket, also those that could pass, as that a host is unreachable.
    private func reportErrors() {
        var one: Int32 = 1
        let size = socklen_t(MemoryLayout.size(ofValue: one))
        if path.destination.family == .ipv4 {
            setsockopt(descriptor, Int32(IPPROTO_IP), IP_RECVERR, &one, size)
        } else {
            setsockopt(descriptor, Int32(IPPROTO_IPV6), IPV6_RECVERR, &one, size)
        }
    }

    /// Takes the socket's error, if there is one.
    private var pendingFailure: ConnectionFailure? {
        var code: Int32 = 0
        var size = socklen_t(MemoryLayout.size(ofValue: code))
        guard getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size) == 0 else {
            return .impossible(operation: "getsockopt", errno)
        }
        if code != 0 { return failure(code, "connect") }
        // Connecting to a port of this host that nobody listens on may meet itself, when the kernel happens to take
        // that very port to connect from.
        if transport == .tcp, path.source == nil, path.destination.isLocalAddress(of: descriptor) { return .refused }
        return nil
    }

    // MARK: Waiting

    /// Calls `body` once, never before this returns: with true when the connection is ready, which may mean an error
    /// that the next `read` or `write` tells, or with false when `limit` has passed. A later call replaces it.
    package func wait(
        for interest: EventLoop.Interest, within limit: Duration, then body: @escaping (Bool) -> Void
    ) {
        wait(for: interest, until: EventLoop.clock() + limit, then: body)
    }

    /// The same, until an instant. One that has passed is given a last look at what has come.
    package func wait(
        for interest: EventLoop.Interest, until deadline: Instant, then body: @escaping (Bool) -> Void
    ) {
        precondition(isOpen, "what is closed is never ready")
        waiter = body
        timer.set(deadline)
        // Out of memory: the caller hears of a deadline in the next turn.
        if watch(interest) != nil { timer.set(loop.now) }
    }

    private func watch(_ interest: EventLoop.Interest) -> ConnectionFailure? {
        guard watched != interest else { return nil }
        do {
            try loop.watch(descriptor, interest) { [relay] in relay.ready() }
            watched = interest
            return nil
        } catch {
            return .impossible(operation: error.operation, error.code)
        }
    }

    private func wake(isReady: Bool) {
        guard let body = waiter else { return }
        waiter = nil
        timer.set(nil)
        withExtendedLifetime(self) {
            body(isReady)
            // Nobody waits for it: level-triggered, it would be called in every turn.
            if waiter == nil, !watched.isEmpty {
                loop.unwatch(descriptor)
                watched = []
            }
        }
    }
}
