import Glibc
package import HealthPolicy
import KeepalivedConfig

/// Why nothing more comes of a connection.
package enum ConnectionFailure: Error, Hashable, Sendable {
    case refused
    /// The server's host says that nobody takes datagrams there.
    case nobody
    /// The server ended it by a reset, or by closing while this host still had something to say.
    case reset
    /// Nothing for that long.
    case noAnswer(within: Duration)
    /// The network, or this host's view of it, does not lead there; with the errno.
    case unreachable(Int32)
    /// This host cannot make the attempt: it has no descriptor, port or memory left, or not the source address or
    /// interface that the check is to use. That says nothing about the server.
    case impossible(operation: String, Int32)

    /// What a call that talks to the server failed with.
    init(errno code: Int32, _ operation: String) {
        switch code {
        case ECONNREFUSED: self = .refused
        case ECONNRESET, EPIPE, ECONNABORTED, ENOTCONN: self = .reset
        // No local address or port is left, or the very connection exists.
        case EADDRNOTAVAIL, EADDRINUSE, EAGAIN, EALREADY, EISCONN, EBADF, EAFNOSUPPORT, EMFILE, ENFILE, ENOBUFS, ENOMEM,
            ENODEV, EINTR:
            self = .impossible(operation: operation, code)
        default: self = .unreachable(code)
        }
    }

    /// What goes after the server's name in a sentence.
    package var phrase: String {
        switch self {
        case .refused: "refused the connection"
        case .nobody: "has nobody on that port"
        case .reset: "reset the connection"
        case .noAnswer(let limit): "did not answer within \(limit.secondsText) s"
        case .unreachable(let code): Self.unreachable(code)
        case .impossible(let operation, let code): "cannot be checked: \(Self.local(code)) (\(operation))"
        }
    }

    package var result: CheckResult {
        if case .impossible = self { .undecided(phrase) } else { .failed(phrase) }
    }

    private static func unreachable(_ code: Int32) -> String {
        switch code {
        case EHOSTUNREACH: "is not reachable: no route to host"
        case ENETUNREACH: "is not reachable: no route to its network"
        case ETIMEDOUT: "did not answer until the kernel gave up"
        case EHOSTDOWN: "is not reachable: host is down"
        case ENETDOWN: "is not reachable: interface is down"
        // Routes of these types answer so.
        case EINVAL: "is not reachable: blackhole route"
        case EACCES: "is not reachable: prohibit route or broadcast address"
        case EPERM: "is not reachable: forbidden by a packet filter of this host"
        default: "is not reachable: \(String(cString: strerror(code)))"
        }
    }

    private static func local(_ code: Int32) -> String {
        switch code {
        case EMFILE: "this process has no descriptor left"
        case ENFILE: "this host has no descriptor left"
        case EADDRNOTAVAIL, EAGAIN: "this host does not have the source address, or no port left for it"
        case EADDRINUSE: "the source port is in use on this host"
        case ENODEV: "this host has no such interface"
        case ENOBUFS, ENOMEM: "this host has no memory left"
        default: "this host: \(String(cString: strerror(code)))"
        }
    }
}
