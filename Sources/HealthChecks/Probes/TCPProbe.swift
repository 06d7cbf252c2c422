package import HealthPolicy
package import Reactor

/// TCP_CHECK: the server accepts a connection. It is closed at once, in the ordinary way.
package final class TCPProbe: Probe {
    private let path: CheckPath
    private let limit: Duration
    private let loop: EventLoop
    /// While an attempt runs: most of the time none does, and there may be ten thousand checks.
    private var connection: Connection?

    package init(along path: CheckPath, within limit: Duration, in loop: EventLoop) {
        self.path = path
        self.limit = limit
        self.loop = loop
    }

    package func attempt(step: Int, then done: @escaping (CheckResult) -> Void) {
        let connection = Connection(along: path, in: loop)
        self.connection = connection
        connection.connect(within: limit) { [unowned self] failure in
            cancel()
            done(failure?.result ?? .passed)
        }
    }

    package func cancel() {
        connection?.close()
        connection = nil
    }
}
