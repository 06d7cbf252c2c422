import Addresses
import PacketFormats
import VRRPProtocol
import VRRPSimulation

/// What an operator should know after a simulation: why packets were rejected, and what is not as it should be at the
/// end.
enum TimelineFindings {
    static func all(in report: TimelineReport) -> [String] {
        let names = TimelineNames(plan: report.plan)
        var findings: [String] = []
        for (packet, count) in report.record.rejections {
            findings.append(rejection(packet, count, report.plan))
        }
        for packet in report.record.remarks {
            findings += remarks(packet, report.plan)
        }
        for entry in report.record.entries {
            if case .unreachable(let node, let router, let address) = entry.happening {
                findings.append(
                    "\(name(node, router, report.plan)) sends to unicast_peer \(address), which is no address of these "
                        + "nodes")
            }
        }
        for line in report.lines where line.cause == "priority-changed" && line.text.contains("no failover") {
            let node = line.node.map { report.plan.nodes[$0].name } ?? ""
            findings.append("\(node) \(line.instance ?? ""): \(line.text)")
        }
        for history in report.addresses {
            guard let last = history.stretches.last else { continue }
            if last.nodes.isEmpty {
                findings.append(
                    "at the end nobody has \(history.address), since \(TimelineNumbers.column(last.from.nanoseconds))")
            } else if last.nodes.count > 1 {
                findings.append(
                    "at the end \(history.address) has \(last.nodes.count) owners, \(names.list(last.nodes)), since "
                        + TimelineNumbers.column(last.from.nanoseconds))
            }
        }
        var seen: Set<String> = []
        return findings.filter { seen.insert($0).inserted }
    }

    private static func name(_ node: Int, _ router: Int, _ plan: SimulationPlan) -> String {
        "\(plan.nodes[node].name) \(plan.nodes[node].routers[router].name)"
    }

    private static func rejection(_ packet: RejectedPacket, _ count: Int, _ plan: SimulationPlan) -> String {
        let sender = plan.nodes[packet.sender].name
        let own = plan.nodes[packet.node].name
        let text =
            "\(name(packet.node, packet.router, plan)) rejected \(count) \(count == 1 ? "packet" : "packets") of "
            + "\(name(packet.sender, packet.senderRouter, plan)): \(packet.reason.rawValue)"
        let difference = difference(
            packet.reason, sent: plan.nodes[packet.sender].routers[packet.senderRouter],
            wanted: plan.nodes[packet.node].routers[packet.router], sender, own)
        return difference.map { "\(text); \($0)" } ?? text
    }

    private static func remarks(_ packet: RemarkedPacket, _ plan: SimulationPlan) -> [String] {
        let own = name(packet.node, packet.router, plan)
        let their = name(packet.sender, packet.senderRouter, plan)
        var texts: [String] = []
        if packet.remarks.contains(.addressListDiffers) {
            let sent = plan.nodes[packet.sender].routers[packet.senderRouter].configuration.virtualAddresses
            let known = plan.nodes[packet.node].routers[packet.router].configuration.virtualAddresses
            let only = (sent.filter { !known.contains($0) } + known.filter { !sent.contains($0) }).map(\.description)
            texts.append(
                "\(own) and \(their) do not have the same addresses: only one has \(only.joined(separator: ", ")); "
                    + "keepalived before 2.3.3 rejects such packets, and both are active")
        }
        if packet.remarks.contains(.intervalDiffers) {
            texts.append("\(own) and \(their) do not have the same advert_int; version 3 goes by the active router's")
        }
        if packet.remarks.contains(.firstAddressNotLinkLocal) {
            texts.append(
                "the first address of \(their) is not link-local, as RFC 9568 demands; strict routers reject it")
        }
        return texts
    }

    /// What the two configurations do not agree on.
    private static func difference(
        _ reason: Rejection, sent: RouterPlan, wanted: RouterPlan, _ sender: String, _ own: String
    ) -> String? {
        switch reason {
        case .vridError:
            return "\(sender) has virtual_router_id \(sent.configuration.virtualRouterID), \(own) "
                + "\(wanted.configuration.virtualRouterID)"
        case .versionError:
            return "\(sender) speaks version \(sent.configuration.version.rawValue), \(own) version "
                + "\(wanted.configuration.version.rawValue)"
        case .intervalError:
            return "\(sender) has advert_int \(TimelineNumbers.interval(sent.configuration.advertisementInterval)), "
                + "\(own) \(TimelineNumbers.interval(wanted.configuration.advertisementInterval)), and version 2 "
                + "demands the same"
        case .packetLengthError where sent.wire?.trailer == nil && wanted.wire?.receiver.trailer == nil:
            return nil
        case .authTypeMismatch, .ipProtocolError, .packetLengthError:
            return "\(sender) sends \(authentication(sent)), \(own) expects \(authentication(wanted))"
        case .authenticationFailure:
            return "their passwords or keys are not the same"
        case .destinationError:
            return "\(sender) sends \(mode(sent)), \(own) expects \(mode(wanted))"
        case .unknownPeer:
            let address = sent.configuration.primaryAddress.map(\.description) ?? "it"
            return "\(address) is not in the unicast_peer of \(own)"
        case .ipTTLError:
            return "the TTL or hop limit that \(sender) sends with is not what \(own) allows"
        default:
            return nil
        }
    }

    private static func authentication(_ plan: RouterPlan) -> String {
        switch plan.wire?.receiver.authentication {
        case .password: "auth_type PASS"
        case .header: "auth_type AH"
        default: plan.wire?.receiver.trailer == nil ? "no authentication" : "auth_hmac"
        }
    }

    private static func mode(_ plan: RouterPlan) -> String { plan.peers.isEmpty ? "multicast" : "unicast" }
}
