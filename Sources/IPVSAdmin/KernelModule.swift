import CLinux
import Glibc
import IPVS
import IPVSModel

/// The kernel's table, opened for this run, and what the kernel says of its IPVS.
struct Kernel: ~Copyable {
    let table: VirtualServerTable
    let information: IPVSInformation

    /// Opens the table, loading the module where the kernel lacks it.
    init() throws(IPVSError) {
        do throws(IPVSError) {
            try self.init(table: VirtualServerTable())
        } catch .unavailable {
            if geteuid() != 0 { throw .refused(.readInformation, errno: EPERM) }
            loadModule()
            try self.init(table: VirtualServerTable())
        }
    }

    private init(table: consuming VirtualServerTable) throws(IPVSError) {
        let information = try table.information()
        self.table = table
        self.information = information
    }
}

/// Runs `/sbin/modprobe -- ip_vs` and waits for it; what it has to say goes to standard error.
private func loadModule() {
    let arguments: [StaticString] = ["/sbin/modprobe", "--", "ip_vs"]
    var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map {
        UnsafeMutableRawPointer(mutating: $0.utf8Start).assumingMemoryBound(to: CChar.self)
    }
    pointers.append(nil)
    var child: pid_t = 0
    guard posix_spawn(&child, "/sbin/modprobe", nil, nil, &pointers, environ) == 0 else { return }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
}
