import Addresses
import Foundation
import PacketFormats
import Testing

/// `Fixtures/advertisements.txt`, whose head describes its form.
struct AdvertisementFixtures {
    struct Packet: CustomTestStringConvertible {
        var name = ""
        var receiver = ""
        /// `accept` or a counter's name.
        var verdict = ""
        var strictVerdict = ""
        var padding = 0
        var remark = ""
        var octets: [UInt8] = []

        var testDescription: String { name }
    }

    var receivers: [String: Receiver] = [:]
    var packets: [Packet] = []

    static let all = load()

    func packet(_ name: String) -> Packet {
        guard let packet = packets.first(where: { $0.name == name }) else { fatalError("no packet \(name)") }
        return packet
    }

    func receiver(_ name: String) -> Receiver {
        guard let receiver = receivers[name] else { fatalError("no receiver \(name)") }
        return receiver
    }

    private static func load() -> AdvertisementFixtures {
        guard let url = Bundle.module.url(forResource: "Fixtures/advertisements", withExtension: "txt"),
            let text = try? String(contentsOf: url, encoding: .utf8)
        else { fatalError("Fixtures/advertisements.txt is missing") }
        var fixtures = AdvertisementFixtures()
        var lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }[...]
        while let line = lines.popFirst() {
            let words = line.split(separator: " ").map(String.init)
            var below: [Substring] = []
            while let next = lines.first, next.hasPrefix(" ") {
                below.append(next.drop(while: { $0 == " " }))
                lines.removeFirst()
            }
            if words[0] == "receiver" {
                let more = below.joined(separator: " ").split(separator: " ").map(String.init)
                fixtures.receivers[words[1]] = receiver(words.dropFirst(2) + more)
            } else {
                var packet = Packet(
                    name: words[1], receiver: words[2], verdict: words[3], strictVerdict: words[4],
                    remark: String(below[0]), octets: PacketFormatsTests.octets(below.dropFirst().joined()))
                if words.count > 5 { packet.padding = Int(words[5].dropFirst("padding=".count)) ?? 0 }
                fixtures.packets.append(packet)
            }
        }
        return fixtures
    }

    private static func receiver(_ words: [String]) -> Receiver {
        var receiver = Receiver(version: .v3, family: .ipv4, virtualRouterID: 1)
        for word in words {
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let value = parts.count > 1 ? parts[1] : ""
            func list() -> [IPAddress] { value.split { $0 == "," || $0 == "+" }.map { address($0) } }
            switch parts[0] {
            case "version": receiver.version = value == "2" ? .v2 : .v3
            case "family": receiver.family = value == "ipv6" ? .ipv6 : .ipv4
            case "vrid": receiver.virtualRouterID = UInt8(value) ?? 0
            case "interval": receiver.interval = .milliseconds(10 * (Int(value) ?? 0))
            case "auth": authenticate(&receiver, by: value)
            case "own": receiver.ownAddresses = list()
            case "multicast": receiver.mode = .multicast(group: VRRPWire.group(receiver.family))
            case "unicast": receiver.mode = .unicast(peers: list().map { UnicastPeer($0) })
            case "addresses": receiver.addresses = list()
            default: fatalError("unknown word \(word)")
            }
        }
        return receiver
    }

    private static func authenticate(_ receiver: inout Receiver, by text: String) {
        let parts = text.split(separator: ":").map(String.init)
        switch parts[0] {
        case "pass": receiver.authentication = .password(AuthenticationPassword(parts[1].utf8))
        case "ah": receiver.authentication = .header(AuthenticationPassword(parts[1].utf8))
        case "hmac":
            let key = TrailerKey(id: UInt8(parts[1]) ?? 0, secret: PacketFormatsTests.octets(parts[2]))
            receiver.trailer = TrailerPolicy(keys: [key], antiReplay: .time(window: 5))
        default: receiver.authentication = .none
        }
    }
}
