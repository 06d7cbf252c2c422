import Glibc
import IPVS
import Netlink
import Testing

@testable import IPVSAdmin

@Suite("What the kernel's refusals mean")
struct KernelMessageTests {
    /// ipvsadm's own words, by what was asked.
    @Test(
        "A refusal in the C program's words",
        arguments: [
            (IPVSError.Operation.addService, EEXIST, "Service already exists"),
            (.addService, ENOENT, "Scheduler or persistence engine not found"),
            (.editService, ENOENT, "Scheduler or persistence engine not found"),
            (.editService, ESRCH, "No such service"),
            (.deleteService, ESRCH, "No such service"),
            (.zero, ESRCH, "No such service"),
            (.readService, ESRCH, "No such service"),
            (.addServer, ESRCH, "Service not defined"),
            (.editServer, ESRCH, "Service not defined"),
            (.deleteServer, ESRCH, "Service not defined"),
            (.addServer, EEXIST, "Destination already exists"),
            (.editServer, ENOENT, "No such destination"),
            (.deleteServer, ENOENT, "No such destination"),
            (.startDaemon, EEXIST, "Daemon has already run"),
            (.stopDaemon, ESRCH, "No daemon is running"),
            // The same for every request.
            (.addService, EINVAL, "Invalid operation.  Possibly wrong module version, address not unicast, ..."),
            (.startDaemon, EPERM, "Permission denied (you must be root)"),
            (.flush, ENOPROTOOPT, "Protocol not available"),
            (.addServer, ENOMEM, "Memory allocation problem"),
            (.addServer, EOPNOTSUPP, "Operation not supported with IPv6"),
            (.addServer, EAFNOSUPPORT, "Operation not supported with specified address family"),
            (.readInformation, EMSGSIZE, "Module is wrong version"),
            // Else the C library's: a lower threshold above the upper, no such interface.
            (.editServer, ERANGE, "Numerical result out of range"),
            (.startDaemon, ENODEV, "No such device"),
        ])
    func refusals(operation: IPVSError.Operation, code: Int32, message: String) {
        #expect(IPVSError.refused(operation, errno: code).message == message)
    }

    @Test("No IPVS in the kernel, and an exchange that broke down")
    func others() {
        #expect(IPVSError.unavailable.message == "Protocol not available")
        #expect(
            IPVSError.transport(NetlinkError(operation: "recvmmsg", code: ENOBUFS)).message
                == "No buffer space available")
    }
}
