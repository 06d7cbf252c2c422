package import HealthPolicy
package import KeepalivedConfig
package import Reactor
import VRRPProtocol

/// UDP_CHECK: a datagram is sent, and the network does not say that it cannot be delivered; or, where a reply is
/// required, the right one comes.
package final class UDPProbe: Probe {
    private let connection: Connection
    private let limit: Duration
    private let payload: [UInt8]
    private let expectation: ReplyExpectation?

    package init(_ check: UDPCheck, along path: CheckPath, within limit: Duration, in loop: EventLoop) {
        connection = Connection(along: path, .udp, in: loop)
        self.limit = limit
        payload = check.payload.value?.bytes ?? Filler.bytes(32)
        expectation = ReplyExpectation(check)
    }

    package func attempt(step: Int, then done: @escaping (CheckResult) -> Void) {
        connection.connect(within: limit) { [unowned self] failure in
            if let failure { return done(failure.result) }
            // An empty datagram is one too.
            switch connection.write(payload) {
            case .failed(let failure): end(failure.result, done)
            case .moved, .later, .ended: awaitReply(until: EventLoop.clock() + limit, done)
            }
        }
    }

    package func cancel() {
        connection.close()
    }

    private func awaitReply(until deadline: Instant, _ done: @escaping (CheckResult) -> Void) {
        connection.wait(for: .readable, until: deadline) { [unowned self] isReady in
            guard isReady else {
                return end(expectation == nil ? .passed : ConnectionFailure.noAnswer(within: limit).result, done)
            }
            var reply: [UInt8] = []
            switch connection.read(into: &reply, atMost: Int(UInt16.max)) {
            case .later: awaitReply(until: deadline, done)
            case .failed(let failure): end(failure.result, done)
            case .moved, .ended: end(expectation?.judge(reply) ?? .passed, done)
            }
        }
    }

    private func end(_ result: CheckResult, _ done: (CheckResult) -> Void) {
        connection.close()
        done(result)
    }
}
