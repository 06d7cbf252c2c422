import Addresses
import KeepalivedConfig

extension Doctor {
    mutating func examineWire() {
        for sentence in host.wire.unanswered { find(.note, "not-examined", "", sentence) }
        for alarm in host.wire.alarms {
            find(
                alarm.severity, "wire-\(alarm.kind)", alarm.interface, alarm.sentence,
                evidence: [heard] + (alarm.isOver ? ["it was over when the listening ended"] : []),
                mend: mend(alarm))
        }
        examineAnswers()
    }

    private var heard: String {
        "listened on \(host.wire.interfaces.joined(separator: ", ")) for \(Self.shown(host.wire.listened)): "
            + "\(host.wire.packets) VRRP packet\(host.wire.packets == 1 ? "" : "s")"
    }

    /// Seconds with one digit behind the point.
    static func shown(_ duration: Duration) -> String {
        let (seconds, fraction) = duration.components
        return "\(seconds).\(abs(fraction) / 100_000_000_000_000_000) s"
    }

    private func mend(_ alarm: WireFacts.Alarm) -> [String] {
        switch alarm.kind {
        case "split-brain", "duplicate-owner":
            ["vrrpctl sniff -i \(alarm.interface) on both nodes: which of them does not hear the other?"]
        case "vrid-clash": ["give one of the two another virtual_router_id"]
        case "authentication": ["make authentication alike on all nodes"]
        case "interval": ["make advert_int alike on all nodes"]
        case "addresses": ["make virtual_ipaddress alike on all nodes"]
        default: ["vrrpctl sniff -i \(alarm.interface)"]
        }
    }

    // MARK: Who has the addresses (RFC 5227)

    private mutating func examineAnswers() {
        var told: Set<IPv4Address> = []
        for (interface, addresses) in host.wire.asked.sorted(by: { $0.key < $1.key }) {
            for address in addresses where !told.contains(address) {
                let answers = host.wire.answers.filter { $0.interface == interface && $0.address == address }
                guard !answers.isEmpty else { continue }
                told.insert(address)
                judge(address, on: interface, Self.distinct(answers.map(\.hardwareAddress)))
            }
        }
    }

    private static func distinct(_ addresses: [MACAddress]) -> [MACAddress] {
        var distinct: [MACAddress] = []
        for address in addresses where !distinct.contains(address) { distinct.append(address) }
        return distinct
    }

    private mutating func judge(_ address: IPv4Address, on interface: String, _ others: [MACAddress]) {
        let owner = instances.first { instance in Self.addresses(of: instance).contains { $0.address == .v4(address) } }
        let isOurs = host.interfaces.contains { $0.holds(.v4(address)) }
        let names = others.map(\.description).joined(separator: " and ")
        let evidence = ["ARP probe for \(address) on \(interface) (RFC 5227): answered by \(names)"]
        guard let owner else {
            guard isOurs else { return }
            find(
                .error, "duplicate-address", interface,
                "\(address) is this host's, and \(names) on the link has it too", evidence: evidence,
                mend: ["give one of the two another address"])
            return
        }
        if isOurs {
            find(
                .error, "split-brain", owner.name.value,
                "\(address) is on this host, and \(names) on \(interface) answers for it too: split brain",
                evidence: evidence,
                mend: [
                    "vrrpctl sniff -i \(interface) on both nodes: which of them does not hear the other?",
                    "look at what is between the nodes: firewall, switch, VLAN",
                ])
        } else if others.count > 1 {
            find(
                .error, "split-brain", owner.name.value,
                "\(others.count) hosts on \(interface) answer for \(address): split brain", evidence: evidence,
                mend: ["vrrpctl sniff -i \(interface) on both of them: which does not hear the other?"])
        } else if host.wire.packets == 0, !host.wire.interfaces.isEmpty, !owner.isUnicast {
            find(
                .warning, "address-taken", owner.name.value,
                "\(names) on \(interface) answers for \(address), and nobody was heard to advertise it",
                evidence: evidence + [heard],
                mend: ["find the host with \(names): it has the address for itself, or this host does not hear it"])
        }
    }
}
