public import Netlink

/// What went wrong between us and the kernel's IPVS.
public enum IPVSError: Error, Hashable {
    /// The kernel has no IPVS: the module ip_vs is not loaded, or not built.
    case unavailable
    /// The kernel refused a request.
    case refused(Operation, errno: Int32)
    /// The exchange itself failed.
    case transport(NetlinkError)

    /// What was asked. The same errno means different things to different requests.
    public enum Operation: Hashable, Sendable {
        case addService, editService, deleteService, zero, flush
        case addServer, editServer, deleteServer
        case startDaemon, stopDaemon
        case readInformation, readService, readServices, readServers, readDaemons, readTimeouts, setTimeouts
    }

    /// The errno behind it; `nil` for `unavailable`.
    public var errno: Int32? {
        switch self {
        case .unavailable: nil
        case .refused(_, let errno): errno
        case .transport(let error): error.code
        }
    }
}
