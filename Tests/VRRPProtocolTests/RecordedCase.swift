import Addresses
import Foundation
import PacketFormats
import Testing
import VRRPProtocol

/// A sequence of events that was recorded from another implementation, with what the RFCs ask for: one entry of
/// `Fixtures/state-machine-cases.json`, which explains its fields.
struct RecordedCase: Decodable, Sendable, CustomTestStringConvertible {
    struct Step: Decodable, Sendable {
        var `do`: String
        var address: String?
        var addresses: [String]?
        var source: String?
        var priority: UInt8?
        var centiseconds: Int64?
        var times: Int?
        var vrid: UInt8?
        var version: UInt8?
        var reason: String?
    }

    struct Expectation: Decodable, Sendable {
        var `do`: String
        var priority: UInt8?
        var addresses: [String]?
        var address: String?
        var timer: String?
        var centiseconds: Double?
        var mac: String?
        var reason: String?
    }

    private struct File: Decodable {
        var cases: [RecordedCase]
    }

    var name: String
    var version: UInt8
    var family: String
    var vrid: UInt8
    var priority: UInt8
    var centiseconds: Int64
    var addresses: [String]
    var before: [Step]
    var then: [Step]
    var state: String?
    var ordered: Bool
    var actions: [Expectation]

    var testDescription: String { name }

    /// All cases; empty where the file cannot be read, which a test notices by the count.
    static let all: [RecordedCase] = {
        guard let url = Bundle.module.url(forResource: "Fixtures/state-machine-cases", withExtension: "json"),
            let data = try? Data(contentsOf: url), let file = try? JSONDecoder().decode(File.self, from: data)
        else { return [] }
        return file.cases
    }()

    var configuration: VirtualRouter.Configuration {
        let version = ProtocolVersion(rawValue: version) ?? .v3
        var configuration = VirtualRouter.Configuration(
            version: version, virtualRouterID: vrid, family: family == "ipv6" ? .ipv6 : .ipv4, primaryAddress: nil,
            virtualAddresses: addresses.compactMap(IPAddress.init(text:)), policy: .strict(version))
        configuration.priority = priority
        configuration.advertisementInterval = .milliseconds(centiseconds * 10)
        return configuration
    }
}

extension IPAddress {
    /// The address of a fixture.
    init?(text: String) {
        let bytes = Array(text.utf8)[...]
        if let address = IPv4Address(dottedQuad: bytes) {
            self = .v4(address)
        } else if let address = IPv6Address(bytes) {
            self = .v6(address)
        } else {
            return nil
        }
    }
}
