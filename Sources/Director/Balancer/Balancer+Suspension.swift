import KeepalivedConfig

extension Balancer {
    /// `ha_suspend`: what has no address on this host is not checked.
    func lookAtAddresses() {
        for service in services {
            guard configuration.virtualServers[service.place].suspendsWithoutAddress.value else {
                service.suspend(false)
                continue
            }
            let suspends = !isHere(configuration.virtualServers[service.place].identity.value)
            guard suspends != service.isSuspended else { continue }
            surroundings.log.notice(
                suspends
                    ? "\(service.name): its address is not on this host: its checks rest"
                    : "\(service.name): its address is on this host: its checks go on",
                event: suspends ? "checks-suspended" : "checks-resumed", ["virtualServer": service.name])
            service.suspend(suspends)
        }
    }

    private func isHere(_ identity: VirtualServer.Identity) -> Bool {
        switch identity {
        case .address(let address, _): surroundings.addresses.holds(address)
        case .firewallMark: true
        case .group(let name): isHere(group: name)
        }
    }

    /// One of its addresses is enough. Where there are only marks there is nothing to look for.
    private func isHere(group name: String) -> Bool {
        guard let group = configuration.virtualServerGroups.first(where: { $0.name.value == name }) else { return true }
        var hasAddress = false
        for member in group.members {
            switch member.value {
            case .address(let address, _):
                hasAddress = true
                if surroundings.addresses.holds(address) { return true }
            case .range(let first, let last, _):
                hasAddress = true
                if surroundings.addresses.holdsAny(from: first, through: last) { return true }
            case .firewallMark: break
            }
        }
        return !hasAddress
    }
}
