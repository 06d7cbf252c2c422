import Addresses
import Glibc
import HealthChecks
import HealthPolicy
import KeepalivedConfig
import NetworkTestSupport
import Reactor
import VRRPProtocol

/// A loop for one test, with what tests want of it.
final class TestLoop {
    let loop: EventLoop

    init() throws { loop = try EventLoop() }

    /// Runs the loop until `isDone`, for ten seconds at most; returns how long it took.
    @discardableResult
    func run(until isDone: @escaping () -> Bool) -> Duration {
        let start = EventLoop.clock()
        let watchdog = loop.timer { [loop] _ in loop.stop() }
        watchdog.set(start + .seconds(10))
        var isOver = false
        loop.atEndOfTurn { [loop] in if !isOver, isDone() { loop.stop() } }
        loop.run()
        isOver = true
        return EventLoop.clock() - start
    }

    /// One attempt of a probe: its result, nil if there was none in ten seconds, and how long it took.
    func attempt(_ probe: any Probe) -> (result: CheckResult?, time: Duration) {
        var result: CheckResult?
        probe.attempt(step: 0) { result = $0 }
        let time = run { result != nil }
        return (result, time)
    }

    /// Connects: nil for success.
    func connect(_ connection: Connection, within limit: Duration = .seconds(2)) -> (
        failure: ConnectionFailure?, time: Duration
    ) {
        var outcome: ConnectionFailure??
        connection.connect(within: limit) { outcome = .some($0) }
        let time = run { outcome != nil }
        return (outcome ?? .impossible(operation: "nothing was told", 0), time)
    }
}

/// Puts 10.9.0.1 and fd00::1 on w0 of this thread's network.
func haveOwnAddresses() throws {
    try shell(
        """
        ip addr add 10.9.0.1/24 dev w0; ip addr add fd00::1/64 dev w0 nodad
        # The kernel makes an IPv6 address its own in its own time, also without looking for duplicates.
        until ip -6 route show table local | grep -q 'fd00::1 dev'; do sleep 0.01; done
        """)
}

func address(_ text: String) -> IPAddress {
    let bytes = ArraySlice(text.utf8)
    if let address = IPv4Address(dottedQuad: bytes) { return .v4(address) }
    guard let address = IPv6Address(bytes) else { preconditionFailure("no address: \(text)") }
    return .v6(address)
}

func path(_ text: String, _ port: Int, _ change: (inout CheckConnection) -> Void = { _ in }) -> CheckPath {
    var connection = CheckConnection()
    change(&connection)
    return CheckPath(to: ServerEndpoint(address: address(text), port: port), connection)
}

/// A socket that listens (TCP) or receives (UDP) on every address of this network namespace.
final class LocalServer {
    let descriptor: Int32

    init(_ kind: __socket_type = SOCK_STREAM, port: UInt16, backlog: Int32 = 16) throws {
        descriptor = socket(AF_INET6, Int32(kind.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var one: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &one, 4)
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        address.sin6_port = port.bigEndian
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in6>.size))
            }
        }
        guard bound == 0, kind != SOCK_STREAM || listen(descriptor, backlog) == 0 else {
            throw ServerFailure(code: errno)
        }
    }

    struct ServerFailure: Error { var code: Int32 }

    deinit { close(descriptor) }

    /// The next connection and who it comes from, or nil.
    func accept() -> (descriptor: Int32, peer: IPAddress, port: UInt16)? {
        var peer = sockaddr_in6()
        var size = socklen_t(MemoryLayout<sockaddr_in6>.size)
        let accepted = withUnsafeMutablePointer(to: &peer) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { Glibc.accept(descriptor, $0, &size) }
        }
        guard accepted >= 0 else { return nil }
        return (accepted, Self.address(peer), UInt16(bigEndian: peer.sin6_port))
    }

    /// The next datagram and an answerer, or nil.
    func receive() -> (bytes: [UInt8], answer: ([UInt8]) -> Void)? {
        var room = [UInt8](repeating: 0, count: 2048)
        var peer = sockaddr_in6()
        var size = socklen_t(MemoryLayout<sockaddr_in6>.size)
        let count = withUnsafeMutablePointer(to: &peer) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                recvfrom(descriptor, &room, room.count, 0, $0, &size)
            }
        }
        guard count >= 0 else { return nil }
        let sender = peer
        return (
            Array(room[..<count]),
            { [descriptor] bytes in
                withUnsafePointer(to: sender) {
                    $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                        _ = sendto(descriptor, bytes, bytes.count, 0, $0, size)
                    }
                }
            }
        )
    }

    private static func address(_ raw: sockaddr_in6) -> IPAddress {
        withUnsafeBytes(of: raw.sin6_addr) { bytes in
            let high = UInt64(bigEndian: bytes.load(as: UInt64.self))
            let low = UInt64(bigEndian: bytes.load(fromByteOffset: 8, as: UInt64.self))
            // ::ffff:a.b.c.d
            return high == 0 && low >> 32 == 0xffff
                ? .v4(IPv4Address(UInt32(truncatingIfNeeded: low))) : .v6(IPv6Address(high: high, low: low))
        }
    }
}
