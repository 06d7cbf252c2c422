import Addresses

extension Examination {
    mutating func examineUnicast(_ index: Int) {
        let instance = configuration.instances[index]
        let source = instance.unicastSource
        if instance.unicastPeers.isEmpty, source.origin.isFile {
            warn(
                "no-unicast-peer", "without unicast_peer the advertisements go to the multicast group", at: source.span,
                expected: "unicast_peer { ADDRESS … }, or mcast_src_ip")
        }
        var seen: [IPAddress: SourceSpan?] = [:]
        var isSelf: Set<IPAddress> = []
        for peer in instance.unicastPeers {
            let address = peer.value.address
            if address == source.value {
                isSelf.insert(address)
                warn(
                    "peer-is-self", "the peer \(address) is this instance's own source: it is left out",
                    at: peer.span, expected: "the addresses of the other nodes",
                    related: Self.related("unicast_src_ip is here", source.span))
            } else if address.family != instance.family {
                error(
                    "mixed-families", "the peer \(address) is of another family than the instance", at: peer.span,
                    expected: instance.family == .ipv4 ? "an IPv4 address" : "an IPv6 address")
            } else if let name = instance.interface.value,
                host?.interface(name)?.addresses.contains(where: { $0.address == address }) == true
            {
                isSelf.insert(address)
                warn(
                    "peer-is-self", "the peer \(address) is this machine's own address on \(name): it is left out",
                    at: peer.span, expected: "the addresses of the other nodes")
            }
            if let first = seen[address] {
                warn(
                    "duplicate-peer", "the peer \(address) is listed twice", at: peer.span,
                    related: Self.related("the first is here", first))
            }
            seen[address] = .some(peer.span)
        }
        // One list for all nodes is common. With no other node in it, it stays: without peers it would be multicast.
        if isSelf.count < seen.count {
            configuration.instances[index].unicastPeers.removeAll { isSelf.contains($0.value.address) }
        }
        examineSource(source, of: instance)
        guard !instance.unicastPeers.isEmpty else { return }
        if instance.isStrict.value {
            warn(
                "strict-unicast", "strict mode has no unicast peers in the standard: they are used all the same",
                at: instance.unicastPeers.first?.span,
                related: Self.related("strict mode is set here", instance.isStrict.span))
        }
        if instance.virtualMAC.value != nil, !instance.transmitsOnBase.value {
            warn(
                "unicast-vmac", "use_vmac with unicast peers needs vmac_xmit_base", at: instance.virtualMAC.span,
                expected: "vmac_xmit_base")
        }
        if instance.multicastSource.value != nil, source.value != nil {
            warn(
                "two-sources", "mcast_src_ip is not used: there is unicast_src_ip", at: instance.multicastSource.span,
                related: Self.related("unicast_src_ip is here", source.span))
        }
    }

    mutating func examineMulticast(_ index: Int) {
        let instance = configuration.instances[index]
        if instance.unicastPeers.isEmpty { examineSource(instance.multicastSource, of: instance) }
        guard let group = instance.multicastGroup.value, instance.multicastGroup.origin.isFile else { return }
        let span = instance.multicastGroup.span
        if !group.isMulticast {
            error("bad-address", "mcast_dst_ip \(group) is no multicast group", at: span)
        } else if group.family != instance.family {
            error("mixed-families", "mcast_dst_ip \(group) is of another family than the instance", at: span)
        } else if case .v6(let address) = group, address.high >> 48 & 0xf != 2 {
            error(
                "bad-address", "mcast_dst_ip \(group) is not link-local", at: span, expected: "a group within ff02::/16"
            )
        }
    }

    private mutating func examineSource(_ source: Setting<IPAddress?>, of instance: VRRPInstance) {
        guard let address = source.value, source.origin.isFile else { return }
        if address.family != instance.family {
            error(
                "mixed-families", "the source \(address) is of another family than the instance", at: source.span,
                related: Self.related("the first address is here", instance.addresses.first?.span))
            return
        }
        guard let name = instance.interface.value, let facts = host?.interface(name) else { return }
        if !facts.addresses.contains(where: { $0.address == address }) {
            warn(
                "source-not-here", "the source \(address) is no address of \(name) on this machine", at: source.span,
                related: Self.related("the interface is here", instance.interface.span))
        }
    }

    /// Virtual routers that would take each other's advertisements for their own.
    mutating func examineVirtualRouters() {
        var seen: [VirtualRouterKey: [Int]] = [:]
        for (index, instance) in configuration.instances.enumerated() {
            guard let identifier = instance.virtualRouterID.value, let interface = instance.interface.value else {
                continue
            }
            let isUnicast = !instance.unicastPeers.isEmpty
            let key = VirtualRouterKey(
                interface: interface, identifier: identifier, family: instance.family, isUnicast: isUnicast,
                group: isUnicast ? nil : instance.multicastGroup.value)
            let clash = seen[key, default: []].first { other in
                guard isUnicast else { return true }
                let peers = Set(configuration.instances[other].unicastPeers.map(\.value.address))
                return instance.unicastPeers.contains { peers.contains($0.value.address) }
            }
            if let clash {
                let other = configuration.instances[clash]
                error(
                    "duplicate-vrid",
                    "virtual_router_id \(identifier) on \(interface) is \(other.name.value)'s already",
                    at: instance.virtualRouterID.span, expected: "a number of its own for each instance",
                    related: Self.related("\(other.name.value) has it here", other.virtualRouterID.span))
            }
            seen[key, default: []].append(index)
        }
    }

    private struct VirtualRouterKey: Hashable {
        var interface: String
        var identifier: Int
        var family: AddressFamily
        var isUnicast: Bool
        var group: IPAddress?
    }
}
