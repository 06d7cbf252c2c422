import CLinux
import Glibc

extension NetworkNamespace {
    /// Calls `body` with this thread in the namespace that a file stands for, such as /run/netns/NAME. The sockets that
    /// it opens stay there.
    package static func visit<Failure: Error>(
        _ path: String, _ body: () throws(Failure) -> Void
    ) throws(RoutingError) -> Result<Void, Failure> {
        let home = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC)
        guard home >= 0 else { throw RoutingError(operation: "netns of this process", code: errno) }
        defer { close(home) }
        try enter(path)
        let outcome: Result<Void, Failure>
        do throws(Failure) {
            try body()
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        guard clinux_enter_network(home) == 0 else {
            throw RoutingError(operation: "back to the network namespace of this process", code: errno)
        }
        return outcome
    }
}
