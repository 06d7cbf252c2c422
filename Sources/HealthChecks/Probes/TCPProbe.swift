package import HealthPolicy
package import Reactor

/// TCP_CHECK: the server accepts a connection. It is closed at once, in the ordinary way.
package final class TCPProbe: Probe {
    private let connection: Connection
    private let limit: Duration

    package init(along path: CheckPath, within limit: Duration, in loop: EventLoop) {
        connection = Connection(along: path, in: loop)
        self.limit = limit
    }

    package func attempt(step: Int, then done: @escaping (CheckResult) -> Void) {
        connection.connect(within: limit) { [connection] failure in
            connection.close()
            done(failure?.result ?? .passed)
        }
    }

    package func cancel() {
        connection.close()
    }
}
