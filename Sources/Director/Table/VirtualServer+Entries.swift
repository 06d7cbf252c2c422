import Addresses
package import IPVSModel
package import KeepalivedConfig

extension VirtualServer {
    /// How the kernel's table has a real server in one of this virtual server's services; nil where no packet of the
    /// service could get there, since only tunnels lead to the other family.
    package func entry(
        of real: KeepalivedConfig.RealServer, weight: Int, in service: VirtualService.Identity
    ) -> IPVSModel.RealServer? {
        var written: UInt16? = real.endpoint.value.port.map { UInt16(clamping: $0) }
        if written ?? 0 == 0, case .address(_, let port?) = identity.value { written = UInt16(clamping: port) }
        var entry = Self.entry(
            at: real.endpoint.value.address, port: written ?? 0, by: real.forwarding.value, weight, in: service)
        let upper = UInt32(clamping: real.upperThreshold.value)
        let lower = UInt32(clamping: real.lowerThreshold.value)
        entry?.upperThreshold = upper
        // The kernel refuses a server whose lower threshold is above the upper one.
        entry?.lowerThreshold = lower <= upper ? lower : 0
        return entry
    }

    /// How the kernel's table has the sorry server in one of this virtual server's services. Without a port of its own
    /// it keeps that of the packet.
    package func entryOfSorryServer(weight: Int, in service: VirtualService.Identity) -> IPVSModel.RealServer? {
        guard let sorry = sorryServer.value else { return nil }
        return Self.entry(
            at: sorry.address, port: UInt16(clamping: sorry.port ?? 0), by: forwardingOfSorryServer, weight,
            in: service)
    }

    private static func entry(
        at address: IPAddress, port: UInt16, by forwarding: Forwarding, _ weight: Int,
        in service: VirtualService.Identity
    ) -> IPVSModel.RealServer? {
        let method = ForwardingMethod(forwarding.method)
        guard method == .tunnel || address.family == service.family else { return nil }
        return IPVSModel.RealServer(
            endpoint: .init(address: address, port: method.keepsPort ? service.port : port), forwarding: method,
            weight: Int32(clamping: max(weight, 0)), tunnel: Tunnel(forwarding))
    }
}

extension ForwardingMethod {
    fileprivate init(_ method: Forwarding.Method) {
        switch method {
        case .masquerade: self = .masquerade
        case .direct: self = .direct
        case .tunnel: self = .tunnel
        }
    }
}

extension Tunnel {
    fileprivate init(_ forwarding: Forwarding) {
        self.init()
        guard forwarding.method == .tunnel else { return }
        switch forwarding.tunnel {
        case .ipip: return
        case .gue:
            type = .gue
            port = UInt16(clamping: forwarding.tunnelPort ?? 0)
        case .gre: type = .gre
        }
        switch forwarding.tunnelChecksum {
        case .none: checksum = .none
        case .checksum: checksum = .checksum
        case .remote: checksum = .remote
        }
    }
}
