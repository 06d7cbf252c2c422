import CLinux
import Glibc

/// The network namespace of the calling thread.
package enum NetworkNamespace {
    /// What tells it from the others that there are now.
    package static var identity: UInt64 {
        var status = stat()
        return stat("/proc/thread-self/ns/net", &status) == 0 ? UInt64(status.st_ino) : 0
    }

    /// Enters the namespace that a file stands for, such as /run/netns/NAME. Sockets that are open stay in the old one.
    package static func enter(_ path: String) throws(RoutingError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw RoutingError(operation: "netns \(path)", code: errno) }
        defer { close(descriptor) }
        guard clinux_enter_network(descriptor) == 0 else {
            throw RoutingError(operation: "netns \(path)", code: errno)
        }
    }

    /// Enters a new one, which has nothing but a loopback interface.
    package static func enterNew() throws(RoutingError) {
        guard clinux_enter_network(-1) == 0 else { throw RoutingError(operation: "netns add", code: errno) }
    }
}
