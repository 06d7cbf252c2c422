import ControlProtocol
import Director
import Glibc

/// Waits for the last active connection of a drained real server.
struct DrainPatience {
    private let request: ConnectionsRequest
    private let client: ControlClient
    private let seconds: Int?

    /// Between two looks, in microseconds.
    private static let pause: UInt32 = 250_000

    /// - Parameter seconds: How long at most; nil for as long as it takes.
    init(_ service: String, _ server: String, client: ControlClient, seconds: Int?) {
        request = ConnectionsRequest(service: service, server: server)
        self.client = client
        self.seconds = seconds
    }

    /// - Throws: Where connections are left at the end, the drain is ended meanwhile, or nobody can be asked.
    func wait() throws(ControlFailure) {
        let start = Self.now
        var shown: Int?
        let isTerminal = isatty(STDERR_FILENO) == 1
        while true {
            let report = try client.ask("connections", with: request, as: ConnectionsReport.self, patience: 10)
            guard report.order != nil else {
                end(isTerminal, shown)
                throw ControlFailure("\(request.server) is not drained any more: somebody has enabled it")
            }
            let elapsed = Self.now - start
            if report.active == 0 {
                end(isTerminal, shown)
                StandardStream.write(
                    "no active connection is left, after \(elapsed) s; \(report.inactive) inactive\n", to: STDOUT_FILENO
                )
                return
            }
            if let seconds, elapsed >= seconds {
                end(isTerminal, shown)
                throw ControlFailure(
                    "\(report.active) active connections are left after \(elapsed) s; \(request.server) stays drained")
            }
            if isTerminal {
                StandardStream.write(
                    "\r\u{1b}[K\(report.active) active and \(report.inactive) inactive connections, \(elapsed) s",
                    to: STDERR_FILENO)
            } else if shown != report.active {
                StandardStream.write("\(report.active) active connections are left\n", to: STDOUT_FILENO)
            }
            shown = report.active
            usleep(Self.pause)
        }
    }

    private func end(_ isTerminal: Bool, _ shown: Int?) {
        if isTerminal, shown != nil { StandardStream.write("\r\u{1b}[K", to: STDERR_FILENO) }
    }

    /// Seconds of the monotonic clock.
    private static var now: Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec
    }
}
