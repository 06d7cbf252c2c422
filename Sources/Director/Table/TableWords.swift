import Addresses
import Glibc
import IPVS
import IPVSModel

/// How the log speaks of the table.

extension VirtualService.Identity {
    var words: String {
        switch self {
        case .address(let transport, let address, let port):
            "\(transport.name?.uppercased() ?? "protocol \(transport.rawValue)") \(socketWords(address, port))"
        case .firewallMark(let mark, let family): "fwmark \(mark)\(family == .ipv6 ? " (IPv6)" : "")"
        }
    }
}

extension RealServer.Endpoint {
    var words: String { socketWords(address, port) }
}

private func socketWords(_ address: IPAddress, _ port: UInt16) -> String {
    address.family == .ipv6 ? "[\(address)]:\(port)" : "\(address):\(port)"
}

extension TableChange {
    /// What is done, as it goes after "refused to".
    var words: String {
        switch self {
        case .addService(let service): "add the service \(service.identity.words)"
        case .editService(let service): "change the service \(service.identity.words)"
        case .deleteService(let identity): "remove the service \(identity.words)"
        case .addServer(let server, let identity): "add \(server.endpoint.words) to \(identity.words)"
        case .editServer(let server, let identity): "change \(server.endpoint.words) in \(identity.words)"
        case .deleteServer(let endpoint, let identity): "remove \(endpoint.words) from \(identity.words)"
        }
    }
}

extension IPVSError {
    /// The kernel's word for it, and what it means for this request.
    var reason: String {
        guard let errno else { return "no IP Virtual Server" }
        let word = String(cString: strerror(errno))
        guard case .refused(let operation, _) = self else { return word }
        switch (operation, errno) {
        case (.addService, ENOENT), (.editService, ENOENT):
            return "\(word) (the kernel has no such scheduler or persistence engine)"
        case (.addServer, ERANGE), (.editServer, ERANGE): return "\(word) (weight or thresholds)"
        case (.addServer, EINVAL), (.editServer, EINVAL): return "\(word) (the address is not unicast)"
        default: return word
        }
    }
}

extension VirtualService {
    /// What this one has in place of what the other has.
    func differences(from other: VirtualService) -> String {
        var words: [String] = []
        if scheduler != other.scheduler { words.append("scheduler \(scheduler), not \(other.scheduler)") }
        let mine = flags.subtracting([.hashed, .persistent])
        let others = other.flags.subtracting([.hashed, .persistent])
        if mine != others { words.append("other flags") }
        let timeouts = [self, other].map { $0.flags.contains(.persistent) ? Int($0.persistenceTimeout) : 0 }
        if timeouts[0] != timeouts[1] { words.append("persistence for \(timeouts[0]) s, not \(timeouts[1])") }
        if persistenceMask != other.persistenceMask { words.append("another persistence mask") }
        if persistenceEngine != other.persistenceEngine { words.append("another persistence engine") }
        return words.isEmpty ? "other settings" : words.joined(separator: ", ")
    }
}

extension RealServer {
    /// What this one has in place of what the other has.
    func differences(from other: RealServer) -> String {
        var words: [String] = []
        if weight != other.weight { words.append("weight \(weight), not \(other.weight)") }
        if forwarding != other.forwarding { words.append("another forwarding method") }
        if upperThreshold != other.upperThreshold || lowerThreshold != other.lowerThreshold {
            words.append("other thresholds")
        }
        if effective.tunnel != other.effective.tunnel { words.append("another tunnel") }
        return words.isEmpty ? "other settings" : words.joined(separator: ", ")
    }
}
