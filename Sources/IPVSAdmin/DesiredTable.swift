import IPVSGrammar
import IPVSModel
import Reporting

/// The table that restore input describes, taken as a whole.
struct DesiredTable {
    private(set) var services: [ServiceWithServers] = []
    private(set) var faults: [[UInt8]] = []

    private var position: [VirtualService.Identity: Int] = [:]
    private var serviceLine: [VirtualService.Identity: Int] = [:]
    private var serverLine: [ServerKey: Int] = [:]

    private struct ServerKey: Hashable {
        var identity: VirtualService.Identity
        var endpoint: RealServer.Endpoint
    }

    init(_ rules: [RuleInput.Rule]) {
        for rule in rules {
            switch rule.command {
            case .addService(let service): add(service, rule.line)
            case .addServer(let server, let identity): add(server, identity, rule.line)
            default: fault(rule.line, "--replace takes the rules of a table, which are -A and -a")
            }
        }
    }

    /// The input line that a change comes from; `nil` for a removal.
    func line(of change: TableChange) -> Int? {
        switch change {
        case .addService(let service), .editService(let service):
            serviceLine[service.identity]
        case .addServer(let server, let identity), .editServer(let server, let identity):
            serverLine[ServerKey(identity: identity, endpoint: server.endpoint)]
        case .deleteService, .deleteServer: nil
        }
    }

    private mutating func add(_ service: VirtualService, _ line: Int) {
        if let first = serviceLine[service.identity] {
            fault(line, "this service is on line \(first) already")
            return
        }
        serviceLine[service.identity] = line
        position[service.identity] = services.count
        services.append(ServiceWithServers(service: service, servers: []))
    }

    private mutating func add(_ server: RealServer, _ identity: VirtualService.Identity, _ line: Int) {
        guard let position = position[identity] else {
            fault(line, "no line above adds this server's service; put its -A first")
            return
        }
        let key = ServerKey(identity: identity, endpoint: server.endpoint)
        if let first = serverLine[key] {
            fault(line, "this server is on line \(first) already")
            return
        }
        serverLine[key] = line
        services[position].servers.append(server)
    }

    private mutating func fault(_ line: Int, _ message: String) {
        faults.append(Array("line \(line): \(message)".utf8))
    }
}
