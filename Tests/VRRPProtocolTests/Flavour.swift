import Addresses
import PacketFormats
import Testing
import VRRPProtocol

/// The three kinds of virtual router that there are. All rules of the state machine are tested on each.
///
///          lower        own         higher          virtual
///     ───────┬───────────┬────────────┬───────
///       10.0.0.1     10.0.0.5     10.0.0.9       10.0.0.101, 10.0.0.102
///       fe80::1      fe80::5      fe80::9        fe80::101, 2001:db8::102
enum Flavour: CaseIterable, Sendable, CustomTestStringConvertible {
    case version2
    case version3IPv4
    case version3IPv6

    static let version3: [Flavour] = [.version3IPv4, .version3IPv6]

    var testDescription: String {
        switch self {
        case .version2: "VRRPv2 over IPv4"
        case .version3IPv4: "VRRPv3 over IPv4"
        case .version3IPv6: "VRRPv3 over IPv6"
        }
    }

    var version: ProtocolVersion { self == .version2 ? .v2 : .v3 }
    var family: AddressFamily { self == .version3IPv6 ? .ipv6 : .ipv4 }

    /// This router's address, and one to either side of it.
    var own: IPAddress { host(5) }
    var lower: IPAddress { host(1) }
    var higher: IPAddress { host(9) }
    var virtual: [IPAddress] {
        family == .ipv4
            ? [host(101), host(102)] : [host(0x101), .v6(IPv6Address(high: 0x2001_0db8 << 32, low: 0x102))]
    }
    var another: IPAddress { host(103) }

    func host(_ number: UInt64) -> IPAddress {
        family == .ipv4
            ? .v4(IPv4Address(0x0a00_0000 | UInt32(truncatingIfNeeded: number)))
            : .v6(IPv6Address(high: 0xfe80 << 48, low: number))
    }

    /// A configuration by the RFC of the version, of priority 100.
    func strict(_ change: (inout VirtualRouter.Configuration) -> Void = { _ in }) -> VirtualRouter.Configuration {
        var configuration = VirtualRouter.Configuration(
            version: version, virtualRouterID: 7, family: family, primaryAddress: own, virtualAddresses: virtual,
            policy: .strict(version))
        change(&configuration)
        return configuration
    }

    /// A configuration with keepalived's defaults, of priority 100.
    func keepalived(_ change: (inout VirtualRouter.Configuration) -> Void = { _ in }) -> VirtualRouter.Configuration {
        strict {
            $0.policy = .keepalived
            change(&$0)
        }
    }
}
