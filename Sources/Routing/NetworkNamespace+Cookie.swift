import CLinux
import Glibc

extension NetworkNamespace {
    /// A number that no other network namespace of this machine has until it is started again; where the kernel does
    /// not have that (before 5.14), the number of the namespace's file.
    package static var cookie: UInt64 {
        let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return identity }
        defer { close(descriptor) }
        var cookie: UInt64 = 0
        var size = socklen_t(MemoryLayout<UInt64>.size)
        guard getsockopt(descriptor, SOL_SOCKET, Int32(clinux_socket_network_cookie), &cookie, &size) == 0 else {
            return identity
        }
        return cookie
    }
}
