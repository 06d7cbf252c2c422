package import HealthPolicy
package import KeepalivedConfig
package import Reactor
import VRRPProtocol

/// DNS_CHECK: a name server answers a question without an error.
///
/// As with keepalived the first response to the question decides, by its code alone: NOERROR is success, whatever was
/// answered, be it nothing or cut short. What is no response or answers another question is passed over.
package final class DNSProbe: Probe {
    private let connection: Connection
    private let limit: Duration
    private let name: DNSName
    private let type: DNSCheck.RecordType
    private let randomIdentifier: () -> UInt16

    package init(
        _ check: DNSCheck, along path: CheckPath, within limit: Duration, in loop: EventLoop,
        randomIdentifier: @escaping () -> UInt16 = { .random(in: .min ... .max) }
    ) {
        connection = Connection(along: path, .udp, in: loop)
        self.limit = limit
        // keepalived asks for the root where the name is none.
        name = DNSName(check.name.value) ?? .root
        type = check.type.value
        self.randomIdentifier = randomIdentifier
    }

    package func attempt(step: Int, then done: @escaping (CheckResult) -> Void) {
        connection.connect(within: limit) { [unowned self] failure in
            if let failure { return done(failure.result) }
            let identifier = randomIdentifier()
            switch connection.write(DNSMessage.query(name, type, identifier: identifier)) {
            case .failed(let failure): end(failure.result, done)
            case .moved, .later, .ended: awaitResponse(identifier, until: EventLoop.clock() + limit, done)
            }
        }
    }

    package func cancel() {
        connection.close()
    }

    private func awaitResponse(
        _ identifier: UInt16, until deadline: Instant, _ done: @escaping (CheckResult) -> Void
    ) {
        connection.wait(for: .readable, until: deadline) { [unowned self] isReady in
            guard isReady else { return end(ConnectionFailure.noAnswer(within: limit).result, done) }
            var octets: [UInt8] = []
            let transfer = connection.read(into: &octets, atMost: Self.enough)
            if case .failed(let failure) = transfer { return end(failure.result, done) }
            guard let response = DNSMessage.Response(octets), response.identifier == identifier else {
                return awaitResponse(identifier, until: deadline, done)
            }
            end(response.code == 0 ? .passed : .failed("answered with \(response.codeName)"), done)
        }
    }

    private func end(_ result: CheckResult, _ done: (CheckResult) -> Void) {
        connection.close()
        done(result)
    }

    /// The header is all that is looked at.
    private static let enough = 512
}
