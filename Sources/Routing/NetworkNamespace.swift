import CLinux
import Glibc

/// The network namespace of the calling thread.
package enum NetworkNamespace {
    /// What tells it from the others that there are now.
    static var identity: UInt64 { status.map { UInt64($0.st_ino) } ?? 0 }

    private static var status: stat? {
        var status = stat()
        return stat("/proc/thread-self/ns/net", &status) == 0 ? status : nil
    }

    /// Enters the namespace that a file stands for, such as /run/netns/NAME. Sockets that are open stay in the old one.
    package static func enter(_ path: String) throws(RoutingError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw RoutingError(operation: "netns \(path)", code: errno) }
        defer { close(descriptor) }
        // Who is there already may lack the right to go there: the guardian's second worker does.
        var there = stat()
        if fstat(descriptor, &there) == 0, let here = status, there.st_ino == here.st_ino, there.st_dev == here.st_dev {
            return
        }
        guard clinux_enter_network(descriptor) == 0 else {
            throw RoutingError(operation: "netns \(path)", code: errno)
        }
    }
}
