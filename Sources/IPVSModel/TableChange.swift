/// One step from one virtual server table to another.
public enum TableChange: Hashable, Sendable {
    case addService(VirtualService)
    case editService(VirtualService)
    /// Takes the service's real servers along.
    case deleteService(VirtualService.Identity)
    case addServer(RealServer, VirtualService.Identity)
    case editServer(RealServer, VirtualService.Identity)
    case deleteServer(RealServer.Endpoint, VirtualService.Identity)
}
