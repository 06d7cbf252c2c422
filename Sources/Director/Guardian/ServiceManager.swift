import Glibc
import VRRPProtocol

/// Tells systemd what the daemon is doing (sd_notify(3)); does nothing where it was not started by it.
struct ServiceManager: Sendable {
    private let socket: String?
    private let watchdog: String?

    /// Reads the environment and removes from it what is meant for this program only.
    static func take() -> ServiceManager {
        let manager = ServiceManager(
            socket: getenv("NOTIFY_SOCKET").map { String(cString: $0) },
            watchdog: getenv("WATCHDOG_USEC").map { String(cString: $0) })
        manager.takeAway()
        return manager
    }

    init(socket: String?, watchdog: String? = nil) {
        self.socket = socket
        self.watchdog = watchdog
    }

    /// How often the watchdog wants to hear something: half of its patience. Nil for never.
    var watchdogInterval: Duration? {
        guard socket != nil, let microseconds = watchdog.flatMap({ Int64($0) }), microseconds > 0 else { return nil }
        return .microseconds(microseconds / 2)
    }

    /// For a process that is started now and is this program again.
    func putBack() {
        if let socket { setenv("NOTIFY_SOCKET", socket, 1) }
        if let watchdog { setenv("WATCHDOG_USEC", watchdog, 1) }
    }

    func takeAway() {
        for name in ["NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"] { unsetenv(name) }
    }

    /// - Parameter state: Assignments, each on a line: `READY=1`.
    func tell(_ state: String) {
        guard let socket, var address = LocalAddress(socket) else { return }
        let descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        let bytes = Array(state.utf8)
        address.withPointer { pointer, length in
            _ = sendto(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT), pointer, length)
        }
    }
}
