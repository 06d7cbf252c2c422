package import KeepalivedConfig

/// Finds virtual and real servers of a configuration by what operators write.
///
/// A virtual server: its endpoint in any form of `WrittenEndpoint`, `fwmark:7`, or the name of its group, with or without
/// the protocol. A real server: its endpoint. Whatever is left out must not be needed to tell two of them apart.
package struct ServerNames {
    private let services: [VirtualServer]

    package init(_ configuration: Configuration) { services = configuration.virtualServers }

    /// The place of a virtual server in the configuration.
    package func service(named text: String) throws(UnknownName) -> Int {
        let found = services.indices.filter { services[$0].isCalled(text) }
        guard let first = found.first else {
            throw UnknownName(
                "virtual server", text, among: services.map(\.name),
                and: services.map(\.toldName) + services.map(\.nameWithoutTransport))
        }
        guard found.count == 1 else {
            throw UnknownName("virtual server", text, isOneOf: found.map { services[$0].name })
        }
        return first
    }

    /// The place of a real server in its virtual server.
    package func server(named text: String, of service: Int) throws(UnknownName) -> Int {
        let its = services[service]
        let found = its.realServers.indices.filter { its.isCalled(text, its.realServers[$0]) }
        guard let first = found.first else {
            throw UnknownName(
                "real server", text, of: its.name, among: its.realServers.map(\.endpoint.value.name),
                and: its.realServers.map { its.toldName(of: $0) })
        }
        guard found.count == 1 else {
            throw UnknownName(
                "real server", text, of: its.name, isOneOf: found.map { its.realServers[$0].endpoint.value.name })
        }
        return first
    }

    /// Every real server of that name, with its virtual server: the same one may serve for several.
    package func servers(named text: String) -> [(service: Int, server: Int)] {
        services.indices.flatMap { service in
            services[service].realServers.indices
                .filter { services[service].isCalled(text, services[service].realServers[$0]) }
                .map { (service, $0) }
        }
    }

    /// All names, for the orders that outlast a configuration.
    package var all: Set<ServerName> {
        Set(services.flatMap { service in service.realServers.map { service.serverName(of: $0) } })
    }
}

extension VirtualServer {
    /// What an order knows one of its real servers by.
    package func serverName(of server: RealServer) -> ServerName {
        ServerName(service: toldName, server: toldName(of: server))
    }

    fileprivate var nameWithoutTransport: String {
        switch identity.value {
        case .address(let address, let port): ServerEndpoint(address: address, port: port).name
        case .firewallMark(let mark): "fwmark:\(mark)"
        case .group(let name): name
        }
    }

    fileprivate func isCalled(_ text: String) -> Bool {
        if text == name || text == toldName { return true }
        switch identity.value {
        case .address(let address, let port):
            guard let written = WrittenEndpoint(text), written.address == address else { return false }
            return (written.port.map { $0 == port ?? 0 } ?? true) && speaks(written.transport)
        case .firewallMark(let mark):
            return ["fwmark:\(mark)", "fwmark \(mark)", "FWM \(mark)", "FWM:\(mark)"].contains(text)
        case .group(let name): return text == name || text == "group \(name)"
        }
    }

    fileprivate func isCalled(_ text: String, _ server: RealServer) -> Bool {
        if text == toldName(of: server) { return true }
        let endpoint = server.endpoint.value
        guard let written = WrittenEndpoint(text), written.address == endpoint.address else { return false }
        var ports = [endpoint.port ?? 0]
        // Without a port of its own it has that of its virtual server.
        if endpoint.port ?? 0 == 0, case .address(_, let port?) = identity.value { ports.append(port) }
        return (written.port.map(ports.contains) ?? true) && speaks(written.transport)
    }

    private func speaks(_ written: String?) -> Bool {
        if case .firewallMark = identity.value { return written == nil || written == "none" }
        return written == nil || written == transport.value.rawValue.lowercased()
    }
}
