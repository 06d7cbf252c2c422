import Addresses

extension Examination {
    mutating func examineAddresses(_ index: Int) {
        separateFamilies(index)
        limitAddresses(index)
        let instance = configuration.instances[index]
        if instance.addresses.isEmpty, !instance.needsNoAddress.value {
            let message =
                instance.excludedAddresses.isEmpty
                ? "vrrp_instance \(instance.name.value) has no virtual address"
                : "vrrp_instance \(instance.name.value) advertises no address: all of them are excluded"
            if instance.isStrict.value {
                error(
                    "no-virtual-address", message, at: instance.name.span, expected: "virtual_ipaddress { ADDRESS … }")
            } else {
                warn(
                    "no-virtual-address", message, at: instance.name.span,
                    expected: "virtual_ipaddress { ADDRESS … }, or no_virtual_ipaddress if that is meant")
            }
        } else if !instance.addresses.isEmpty, instance.needsNoAddress.value {
            warn(
                "no-virtual-address", "no_virtual_ipaddress is set, and there are addresses",
                at: instance.needsNoAddress.span)
        }
        if instance.family == .ipv6, let first = instance.addresses.first, !first.value.address.isLinkLocal {
            let expected = "a link-local address (fe80::…) before it, as RFC 9568 has it"
            if instance.isStrict.value {
                error(
                    "first-not-link-local", "the first IPv6 address is not link-local", at: first.span,
                    expected: expected)
            } else {
                warn(
                    "first-not-link-local", "the first IPv6 address is not link-local", at: first.span,
                    expected: expected)
            }
        }
    }

    /// All addresses of an advertisement are of one family; the others can be held all the same.
    private mutating func separateFamilies(_ index: Int) {
        let instance = configuration.instances[index]
        let others = instance.addresses.filter { $0.value.address.family != instance.family }
        guard !others.isEmpty else { return }
        for other in others {
            warn(
                "mixed-families",
                "\(other.value.address) is of another family than the first address, and is not advertised",
                at: other.span, expected: "virtual_ipaddress_excluded, or an instance of its own",
                related: Self.related("the first address is here", instance.addresses.first?.span))
        }
        configuration.instances[index].addresses.removeAll { $0.value.address.family != instance.family }
        move(others, to: index)
    }

    /// An advertisement is one packet: 255 addresses, and what the interface's MTU takes.
    private mutating func limitAddresses(_ index: Int) {
        let instance = configuration.instances[index]
        let mtu = instance.interface.value.flatMap { host?.interface($0)?.mtu } ?? 1500
        let room = instance.family == .ipv4 ? (mtu - 60) / 4 : (mtu - 72) / 16
        let limit = min(255, max(1, room))
        guard instance.addresses.count > limit else { return }
        let excess = Array(instance.addresses[limit...])
        warn(
            "too-many-addresses",
            "an advertisement takes \(limit) addresses: the other \(excess.count) are not advertised",
            at: excess.first?.span, expected: "virtual_ipaddress_excluded for what need not be advertised")
        configuration.instances[index].addresses.removeLast(excess.count)
        move(excess, to: index)
    }

    private mutating func move(_ addresses: [Setting<VirtualAddress>], to index: Int) {
        for address in addresses {
            configuration.instances[index].excludedAddresses.append(
                Setting(address.value, .because(.moved, address.span)))
        }
    }

    /// Addresses that two instances hold, or that the machine has anyway.
    mutating func examineAddressesOfAll() {
        var holders: [IPAddress: (instance: String, span: SourceSpan?)] = [:]
        for instance in configuration.instances {
            for line in instance.addresses + instance.excludedAddresses {
                let address = line.value.address
                if let holder = holders[address] {
                    report(duplicate: address, line.span, of: instance.name.value, holder.instance, holder.span)
                } else {
                    holders[address] = (instance.name.value, line.span)
                }
                examineOwnership(of: line, in: instance)
            }
            for peer in instance.unicastPeers {
                if let line = instance.addresses.first(where: { $0.value.address == peer.value.address }) {
                    error(
                        "peer-is-virtual", "the peer \(peer.value.address) is a virtual address of this instance",
                        at: peer.span, expected: "the other nodes' own addresses",
                        related: Self.related("the virtual address is here", line.span))
                }
            }
        }
        var fixed: [IPAddress: SourceSpan?] = [:]
        for line in configuration.staticAddresses {
            let address = line.value.address
            if let holder = holders[address] {
                error(
                    "duplicate-address", "\(address) is static and a virtual address of \(holder.instance)",
                    at: line.span, related: Self.related("the virtual address is here", holder.span))
            }
            if let first = fixed[address] {
                warn(
                    "duplicate-address", "\(address) is listed twice", at: line.span,
                    related: Self.related("the first is here", first))
            }
            fixed[address] = .some(line.span)
        }
    }

    private mutating func report(
        duplicate address: IPAddress, _ span: SourceSpan?, of instance: String, _ other: String, _ first: SourceSpan?
    ) {
        if instance == other {
            warn(
                "duplicate-address", "\(address) is listed twice", at: span,
                related: Self.related("the first is here", first))
        } else {
            warn(
                "duplicate-address", "\(address) is a virtual address of \(other) already", at: span,
                expected: "each address in one instance only",
                related: Self.related("\(other) has it here", first))
        }
    }

    /// An address that the interface has of its own would be taken away from it.
    ///
    /// A daemon that is running has put its addresses there too, but never before the machine's own, and with the
    /// prefix that is written here.
    private mutating func examineOwnership(of line: Setting<VirtualAddress>, in instance: VRRPInstance) {
        guard let name = line.value.interface ?? instance.interface.value, let facts = host?.interface(name) else {
            return
        }
        let family = line.value.address.family
        let own = facts.addresses.filter { $0.address.family == family }
        guard let index = own.firstIndex(where: { $0.address == line.value.address }),
            index == 0 || own[index].length != line.value.prefix.length
        else { return }
        guard instance.priority.value != 255 else { return }
        error(
            "own-address", "\(line.value.address) is the machine's own address on \(name)", at: line.span,
            expected: "an address that no machine has of its own")
    }
}
