import Addresses
package import HealthPolicy
package import Reactor
import VRRPProtocol

/// PING_CHECK: an echo comes back.
///
/// The kernel gives every socket for echoes an identifier of its own and hands it only what carries it. Through a raw
/// socket, which sees all replies that come from that host, the identifier is random for each attempt and compared
/// here. The sequence number tells a reply from a late one to an earlier attempt.
package final class PingProbe: Probe {
    private let connection: Connection
    private let limit: Duration
    private let family: AddressFamily
    private let randomIdentifier: () -> UInt16
    private var sequence: UInt16 = 0

    package init(
        along path: CheckPath, within limit: Duration, in loop: EventLoop,
        randomIdentifier: @escaping () -> UInt16 = { .random(in: .min ... .max) }
    ) {
        connection = Connection(along: path, .echo, in: loop)
        self.limit = limit
        family = path.destination.family
        self.randomIdentifier = randomIdentifier
    }

    package func attempt(step: Int, then done: @escaping (CheckResult) -> Void) {
        connection.connect(within: limit) { [unowned self] failure in
            if let failure { return done(failure.result) }
            let message = EchoMessage(identifier: randomIdentifier(), sequence: sequence)
            sequence &+= 1
            switch connection.write(message.request(family)) {
            case .failed(let failure): end(failure.result, done)
            case .moved, .later, .ended: awaitReply(to: message, until: EventLoop.clock() + limit, done)
            }
        }
    }

    package func cancel() {
        connection.close()
    }

    private func awaitReply(
        to message: EchoMessage, until deadline: Instant, _ done: @escaping (CheckResult) -> Void
    ) {
        connection.wait(for: .readable, until: deadline) { [unowned self] isReady in
            guard isReady else { return end(ConnectionFailure.noAnswer(within: limit).result, done) }
            var packet: [UInt8] = []
            let transfer = connection.read(into: &packet, atMost: Self.enough)
            if case .failed(let failure) = transfer { return end(failure.result, done) }
            let isRaw = connection.isRaw
            guard let reply = EchoMessage(reply: packet, family, hasHeader: isRaw && family == .ipv4),
                reply.sequence == message.sequence, !isRaw || reply.identifier == message.identifier
            else { return awaitReply(to: message, until: deadline, done) }
            end(.passed, done)
        }
    }

    private func end(_ result: CheckResult, _ done: (CheckResult) -> Void) {
        connection.close()
        done(result)
    }

    /// The headers are all that is looked at: 60 octets of IPv4, 8 of ICMP.
    private static let enough = 128
}
