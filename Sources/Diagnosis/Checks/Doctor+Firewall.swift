import Addresses
import KeepalivedConfig

extension Doctor {
    mutating func examineFirewall() {
        for sentence in host.firewall.unanswered { find(.note, "not-examined", "", sentence) }
        var told: Set<Told> = []
        if configuration == nil {
            // Nobody may want VRRP here: what would become of it is worth a note.
            for interface in host.interfaces where interface.isUp && !interface.isLoopback {
                for packet in Self.samples(on: interface) { judge(packet, "", .note, &told) }
            }
            return
        }
        for instance in instances {
            guard let interface = instance.interface.value.flatMap(host.interface) else { continue }
            for packet in packets(of: instance, on: interface) { judge(packet, instance.name.value, .error, &told) }
        }
    }

    /// One finding for each rule, interface and direction, however many instances there are.
    private struct Told: Hashable {
        var place: RulePlace
        var interface: String
        var direction: SimulatedPacket.Direction
        var transport: UInt8
    }

    private mutating func judge(
        _ packet: SimulatedPacket, _ subject: String, _ severity: Severity, _ told: inout Set<Told>
    ) {
        let verdict = host.firewall.verdict(packet)
        let dropped: RulePlace
        switch verdict {
        case .passes: return
        case .drops(let place), .undecided(drop: let place, _): dropped = place
        }
        let key = Told(
            place: dropped, interface: packet.interface.name, direction: packet.direction, transport: packet.transport)
        guard told.insert(key).inserted else { return }
        let way =
            packet.direction == .incoming
            ? "that come in by \(packet.interface.name)" : "that leave by \(packet.interface.name)"
        let what = "\(Self.name(packet)) to \(packet.destination) \(way)"
        if case .undecided(_, let doubt) = verdict {
            find(
                severity == .note ? .note : .warning, "firewall-unclear", subject,
                "cannot tell whether the firewall lets \(what) through",
                evidence: ["it depends on: \(Self.shown(doubt))"]
                    + (doubt == dropped ? [] : ["what may drop it: \(Self.shown(dropped))"]),
                mend: mend(packet, dropped))
        } else {
            find(
                severity, "firewall-drops", subject, "the firewall drops \(what)",
                evidence: [Self.shown(dropped)], mend: mend(packet, dropped))
        }
    }

    private static func name(_ packet: SimulatedPacket) -> String {
        packet.transport == 51
            ? "advertisements in an authentication header (protocol 51)" : "advertisements (protocol 112)"
    }

    private static func shown(_ place: RulePlace) -> String {
        switch place.owner {
        case .nftables, .firewalld:
            let handle = place.handle.map { " handle \($0)" } ?? ""
            return "nft: table \(place.table) chain \(place.chain)\(handle): \(place.text)"
        case .iptables(let program): return "\(program): table \(place.table): \(place.text)"
        }
    }

    // MARK: Mending

    private func mend(_ packet: SimulatedPacket, _ place: RulePlace) -> [String] {
        let transport = TransportNames.name(packet.transport)
        let isIncoming = packet.direction == .incoming
        let interface = packet.interface.name
        switch place.owner {
        case .firewalld:
            let rule = "firewall-cmd --permanent --add-rich-rule='rule protocol value=\"\(transport)\" accept'"
            return [rule, "firewall-cmd --reload"]
        case .iptables(let program):
            let chain = place.baseChain
            let side = isIncoming ? "-i" : "-o"
            return ["\(program) -t \(place.table) -I \(chain) \(side) \(interface) -p \(transport) -j ACCEPT"]
        case .nftables:
            let side = isIncoming ? "iifname" : "oifname"
            let condition = place.table.hasPrefix("netdev ") ? "" : "\(side) \"\(interface)\" "
            return [
                "nft insert rule \(place.table) \(place.baseChain) \(condition)meta l4proto \(transport) accept"
            ]
        }
    }

    // MARK: Packets

    /// The advertisements that an instance hears and sends.
    private func packets(of instance: VRRPInstance, on interface: HostInterface) -> [SimulatedPacket] {
        let transport: UInt8 =
            instance.version.value == 2 && instance.authentication?.kind.value == .header ? 51 : 112
        let family = instance.family
        let link = Self.link(interface)
        let own = ownAddress(instance, interface)
        if instance.isUnicast {
            return instance.unicastPeers.flatMap { peer -> [SimulatedPacket] in
                let address = peer.value.address
                guard address.family == family else { return [] }
                let isNear = interface.addresses.contains { $0.prefix.contains(address) }
                var packets: [SimulatedPacket] = []
                if let own {
                    packets.append(
                        SimulatedPacket(
                            .incoming, on: link, transport: transport, from: AddressRange(address), to: own,
                            isReachedBack: isNear ? .yes : .unknown))
                    packets.append(
                        SimulatedPacket(
                            .outgoing, on: link, transport: transport, from: AddressRange(own), to: address))
                }
                return packets
            }
        }
        guard let global = configuration?.global else { return [] }
        let group =
            instance.multicastGroup.value
            ?? (family == .ipv4 ? global.multicastGroup4.value : global.multicastGroup6.value)
        guard group.family == family else { return [] }
        return Self.multicast(to: group, transport: transport, on: interface, own: own)
    }

    /// The address that an instance sends from.
    private func ownAddress(_ instance: VRRPInstance, _ interface: HostInterface) -> IPAddress? {
        if let source = instance.unicastSource.value ?? instance.multicastSource.value { return source }
        let virtual = Set(Self.addresses(of: instance).map(\.address))
        let isMulticast = !instance.isUnicast
        return interface.addresses.map(\.prefix.address).first { address in
            guard address.family == instance.family, !virtual.contains(address) else { return false }
            return address.family == .ipv4 || !isMulticast || Self.isLinkLocal(address)
        }
    }

    private static func link(_ interface: HostInterface) -> SimulatedPacket.Interface {
        SimulatedPacket.Interface(name: interface.name, group: interface.group, isBridge: interface.kind == "bridge")
    }

    /// What multicast an interface hears and sends. Of the sender only the network is known, if that.
    private static func multicast(
        to group: IPAddress, transport: UInt8, on interface: HostInterface, own: IPAddress?
    ) -> [SimulatedPacket] {
        let network = interface.addresses.map(\.prefix).first { prefix in
            prefix.address == own || own == nil && prefix.address.family == group.family
        }
        let anywhere = AddressPrefix(
            group.family == .ipv4 ? .v4(IPv4Address(0)) : .v6(IPv6Address(high: 0, low: 0)), 0)
        let source = AddressRange(network.map { $0.isHost ? anywhere : $0 } ?? anywhere)
        var packets = [
            SimulatedPacket(
                .incoming, on: link(interface), transport: transport, from: source, to: group,
                isReachedBack: network == nil ? .unknown : .yes)
        ]
        if let own {
            packets.append(
                SimulatedPacket(
                    .outgoing, on: link(interface), transport: transport, from: AddressRange(own), to: group))
        }
        return packets
    }

    /// What would be heard and sent if there were an instance on it.
    private static func samples(on interface: HostInterface) -> [SimulatedPacket] {
        let own = interface.addresses.map(\.prefix.address).first { $0.family == .ipv4 }
        guard own != nil else { return [] }
        return multicast(to: .v4(IPv4Address(224, 0, 0, 18)), transport: 112, on: interface, own: own)
    }
}
