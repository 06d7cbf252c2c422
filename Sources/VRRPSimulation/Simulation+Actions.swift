import Addresses
import VRRPProtocol

/// What the machines want done, done to simulated networks and interfaces.
extension Simulation {
    mutating func carryOut(_ action: VirtualRouter.Action, for router: Int, at node: Int, before: VirtualRouter?) {
        switch action {
        case .sendAdvertisement(let advertisement):
            send(advertisement, from: router, at: node)
        case .installAddresses(let addresses):
            for address in addresses where !nodes[node].held[router].contains(address) {
                nodes[node].held[router].append(address)
            }
            record?.holds(addresses, node: node, router: router, at: now)
        case .removeAddresses(let addresses):
            nodes[node].held[router].removeAll { addresses.contains($0) }
            record?.releases(addresses, node: node, router: router, at: now)
        case .announce:
            break
        case .notify(let transition):
            record?.add(.changed(node: node, router: router, transition, before: before), at: now)
        case .report(let observation):
            record?.add(.observed(node: node, router: router, observation), at: now)
        }
    }

    private mutating func send(_ advertisement: OutgoingAdvertisement, from router: Int, at node: Int) {
        guard let source = nodes[node].routers[router].configuration.primaryAddress else { return }
        monitor?.sent(advertisement, node: node, router: router, at: now)
        record?.sent[node][router] += 1
        let heard = HeardAdvertisement(
            source: source, priority: advertisement.priority, interval: advertisement.interval)
        if plan.nodes[node].routers[router].peers.isEmpty {
            send(advertisement, heard, to: nil, from: router, at: node)
        } else {
            for peer in plan.nodes[node].routers[router].peers {
                send(advertisement, heard, to: peer, from: router, at: node)
            }
        }
    }

    private mutating func send(
        _ advertisement: OutgoingAdvertisement, _ heard: HeardAdvertisement, to peer: IPAddress?, from router: Int,
        at node: Int
    ) {
        nodes[node].sent[router] &+= 1
        let lan = plan.nodes[node].routers[router].lan
        var bytes: [UInt8] = []
        if let wire = plan.nodes[node].routers[router].wire {
            guard let encoded = encode(advertisement, by: wire, to: peer, from: router, at: node) else { return }
            bytes = encoded
        }
        let packet = packets.add(
            Packet(
                sender: Int32(truncatingIfNeeded: node), lan: Int32(truncatingIfNeeded: lan),
                router: Int32(truncatingIfNeeded: router), peer: peer, heard: heard,
                bytes: bytes))
        if let peer, record != nil, !nodes.indices.contains(where: { isAddress(peer, of: $0) }) {
            record?.once(.unreachable(node: node, router: router, peer), at: now)
        }
        let isDown = !nodes[node].downLANs.isEmpty && nodes[node].downLANs.contains(lan)
        for receiver in nodes.indices where receiver != node {
            if let peer, !isAddress(peer, of: receiver) { continue }
            let arrivals =
                isDown
                ? Network.Arrivals()
                : network.arrivals(from: node, to: receiver, sentAt: now, chance: &chance)
            guard let first = arrivals.first else {
                monitor?.lost(from: node, to: receiver, router: router, at: now)
                continue
            }
            enqueue(packet, for: receiver, at: first)
            if let second = arrivals.second { enqueue(packet, for: receiver, at: second) }
        }
        packets.discardIfUnused(packet)
    }

    private mutating func enqueue(_ packet: Int32, for node: Int, at time: Int64) {
        packets.addCopy(of: packet)
        queue.add(.arrival(node: Int32(truncatingIfNeeded: node), packet: packet), at: time)
    }

    /// Whether a node has the address, to which unicast packets are delivered.
    private func isAddress(_ address: IPAddress, of node: Int) -> Bool {
        plan.nodes[node].routers.contains { $0.configuration.primaryAddress == address }
    }
}
