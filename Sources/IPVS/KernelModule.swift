import Glibc

/// The kernel module ip_vs.
package enum KernelModule {
    /// Starts `/sbin/modprobe -- ip_vs`; what it has to say goes to standard error.
    ///
    /// - Returns: The process, to be waited for; nil where it could not be started.
    package static func startLoading() -> Int32? {
        let arguments: [StaticString] = ["/sbin/modprobe", "--", "ip_vs"]
        var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map {
            UnsafeMutableRawPointer(mutating: $0.utf8Start).assumingMemoryBound(to: CChar.self)
        }
        pointers.append(nil)
        var child: pid_t = 0
        guard posix_spawn(&child, "/sbin/modprobe", nil, nil, &pointers, environ) == 0 else { return nil }
        return child
    }

    /// Loads it, and waits until that is done or has failed.
    package static func load() {
        guard let child = startLoading() else { return }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
    }
}
