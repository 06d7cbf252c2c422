import Glibc
import IPVS

extension IPVSError {
    /// The text that ipvsadm gives a refusal: what it means for this request, else what it means for any, else the C
    /// library's word for it.
    var message: String {
        guard let errno else { return "Protocol not available" }
        if case .refused(let operation, _) = self, let special = Self.special(operation, errno) { return special }
        switch errno {
        case EPERM: return "Permission denied (you must be root)"
        case EINVAL: return "Invalid operation.  Possibly wrong module version, address not unicast, ..."
        case ENOPROTOOPT: return "Protocol not available"
        case ENOMEM: return "Memory allocation problem"
        case EOPNOTSUPP: return "Operation not supported with IPv6"
        case EAFNOSUPPORT: return "Operation not supported with specified address family"
        case EMSGSIZE: return "Module is wrong version"
        default: return describe(errno: errno)
        }
    }

    private static func special(_ operation: Operation, _ errno: Int32) -> String? {
        switch (operation, errno) {
        case (.addService, EEXIST): "Service already exists"
        case (.addService, ENOENT), (.editService, ENOENT): "Scheduler or persistence engine not found"
        case (.editService, ESRCH), (.deleteService, ESRCH), (.zero, ESRCH), (.readService, ESRCH),
            (.readServers, ESRCH):
            "No such service"
        case (.addServer, ESRCH), (.editServer, ESRCH), (.deleteServer, ESRCH): "Service not defined"
        case (.addServer, EEXIST): "Destination already exists"
        case (.editServer, ENOENT), (.deleteServer, ENOENT): "No such destination"
        case (.startDaemon, EEXIST): "Daemon has already run"
        case (.stopDaemon, ESRCH): "No daemon is running"
        default: nil
        }
    }
}
