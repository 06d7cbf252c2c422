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
            KernelModule.load()
            try self.init(table: VirtualServerTable())
        }
    }

    private init(table: consuming VirtualServerTable) throws(IPVSError) {
        let information = try table.information()
        self.table = table
        self.information = information
    }
}
