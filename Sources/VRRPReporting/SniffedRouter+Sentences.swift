import Addresses
import PacketFormats

extension SniffedRouter {
    /// What is wrong, as a sentence without a full stop.
    func sentence(about cause: SniffAlarm.Cause) -> String {
        "\(name): \(statement(about: cause))"
    }

    private func statement(about cause: SniffAlarm.Cause) -> String {
        switch cause {
        case .splitBrain(let one, let other):
            return "\(called(one)) and \(called(other)) both advertise, so that two hosts answer for "
                + SniffWords.list(addresses(of: one, other)) + reason(one, other)
        case .duplicateOwner(let one, let other):
            return "\(called(one)) and \(called(other)) both own the addresses: priority 255 is for one host only"
        case .disjointAddresses(let one, let other):
            return "\(called(one)) has \(listed(one)), and \(called(other)) has \(listed(other)): two virtual routers "
                + "have one VRID; give one of them another"
        case .versionsDiffer(let one, let other):
            return "\(called(one)) sends version \(sender(one).map { "\($0.version)" } ?? "?"), and \(called(other)) "
                + "version \(sender(other).map { "\($0.version)" } ?? "?"): neither understands the other"
        case .authenticationDiffers(let one, let other):
            return "\(called(one)) sends \(proof(one)), and \(called(other)) \(proof(other)): neither accepts the other"
        case .passwordsDiffer(let one, let other):
            return "\(called(one)) and \(called(other)) send different passwords: neither accepts the other"
        case .intervalsDiffer(let one, let other):
            return "\(called(one)) advertises every \(interval(one)), and \(called(other)) every \(interval(other))"
                + (sender(one)?.version == 2 ? ": with version 2 neither accepts the other" : "")
        case .addressesDiffer(let one, let other):
            return
                "\(called(one)) has \(listed(one)), and \(called(other)) has \(listed(other)): what only one of them "
                + "has is away when the other is active"
        case .checksumFormsDiffer(let one, let other):
            return "\(called(one)) and \(called(other)) compute the checksum of version 3 differently: "
                + "\(called(overMessage(one, other))) over the message alone, as RFC 9568 has it, the other with the "
                + "pseudo-header, as RFC 5798 was read"
        case .checksumOverMessage(let one):
            return "\(called(one)) computes the checksum of version 3 over the message alone, as RFC 9568 has it; "
                + "routers that expect the pseudo-header do not accept that"
        case .notConfiguredInterval(let one):
            return "\(called(one)) advertises every \(interval(one))"
                + (sender(one)?.last?.receiver.map { ", and \(SniffWords.seconds($0.interval)) is configured" } ?? "")
        case .notConfiguredAddresses(let one):
            return "\(called(one)) has \(listed(one)), which are not the configured addresses"
                + (sender(one)?.last?.receiver.map { " (\(SniffWords.list($0.addresses)))" } ?? "")
        case .rejected(let one, let rejection):
            return "packets of \(called(one)) are rejected: "
                + (sender(one)?.last.map { SniffWords.reason(rejection, $0) } ?? rejection.rawValue)
        }
    }

    // MARK: Parts

    private func sender(_ name: SniffSenderName) -> SniffedSender? {
        senders.last { $0.name == name }
    }

    /// The address, with the MAC address where another sender has the same address, and the priority.
    private func called(_ name: SniffSenderName) -> String {
        let isAlone = !senders.contains { $0.name.address == name.address && $0.name != name }
        let host = sender(name)?.isOwn == true ? ", this host" : ""
        let mac = isAlone ? "" : name.mac.map { ", \($0)" } ?? ""
        return "\(name.address) (priority \(sender(name)?.priority ?? 0)\(mac)\(host))"
    }

    private func listed(_ name: SniffSenderName) -> String { SniffWords.list(sender(name)?.addresses ?? []) }

    private func addresses(of one: SniffSenderName, _ other: SniffSenderName) -> [IPAddress] {
        let mine = sender(one)?.addresses ?? []
        return mine + (sender(other)?.addresses ?? []).filter { !mine.contains($0) }
    }

    private func interval(_ name: SniffSenderName) -> String {
        sender(name)?.interval.map(SniffWords.seconds) ?? "?"
    }

    private func proof(_ name: SniffSenderName) -> String {
        guard let sender = sender(name) else { return "?" }
        let kind =
            switch sender.authentication {
            case .password: "a password"
            case .header: "an Authentication Header"
            case .unknown(let type): "authentication of type \(type)"
            case .some(.none), nil: "no authentication"
            }
        return sender.hasTrailer ? sender.authentication == .password ? "\(kind) and an HMAC" : "an HMAC" : kind
    }

    private func overMessage(_ one: SniffSenderName, _ other: SniffSenderName) -> SniffSenderName {
        sender(one)?.checksum == .messageOnly ? one : other
    }

    /// Why neither gives way, as far as it can be seen.
    private func reason(_ one: SniffSenderName, _ other: SniffSenderName) -> String {
        guard let first = sender(one), let second = sender(other) else { return "" }
        let rejections = [first, second].compactMap { sender -> String? in
            guard case .rejected(let rejection)? = sender.last?.outcome, let packet = sender.last else { return nil }
            return "\(sender.name.address): \(SniffWords.reason(rejection, packet))"
        }
        var reasons: [String] = []
        if first.version != second.version { reasons.append("their versions differ") }
        if first.authentication != second.authentication || first.hasTrailer != second.hasTrailer {
            reasons.append("their authentication differs")
        } else if let mine = first.password, let theirs = second.password, mine != theirs {
            reasons.append("their passwords differ")
        }
        if first.version == 2, first.interval != second.interval { reasons.append("their intervals differ") }
        reasons += rejections
        if reasons.isEmpty {
            reasons.append("packets are lost between them, such as in a firewall that drops protocol 112")
        }
        return "; \(reasons.joined(separator: "; "))"
    }
}

extension SniffedRouter.Name: CustomStringConvertible {
    /// Such as `VRID 50 for IPv4 on eth0`.
    package var description: String {
        var text = "VRID \(virtualRouterID) for \(family == .ipv4 ? "IPv4" : "IPv6")"
        if let interface { text += " on \(ShownText.harmless(interface))" }
        if let vlan { text += "\(interface == nil ? " in" : ",") VLAN \(vlan)" }
        return text
    }
}
