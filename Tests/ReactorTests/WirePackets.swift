import Addresses
import PacketFormats

/// Packets with a recognisable payload, and the addresses of `PrivateNetwork`.
enum WirePackets {
    static let near = IPv4Address(192, 0, 2, 1)
    static let far = IPv4Address(192, 0, 2, 2)
    static let group = IPv4Address(224, 0, 0, 18)
    static let nearLinkLocal = IPv6Address(high: 0xfe80 << 48, low: 1)
    static let farLinkLocal = IPv6Address(high: 0xfe80 << 48, low: 2)
    static let group6 = IPv6Address(high: 0xff02 << 48, low: 0x12)

    static func ipv4(
        from source: IPv4Address = near, to destination: IPv4Address = group, _ payload: [UInt8],
        change: (inout IPv4Header) -> Void = { _ in }
    ) -> [UInt8] {
        var header = IPv4Header(
            source: source, destination: destination, totalLength: UInt16(20 + payload.count))
        change(&header)
        var octets: [UInt8] = []
        header.write(into: &octets)
        return octets + payload
    }

    static func ipv6(
        from source: IPv6Address = nearLinkLocal, to destination: IPv6Address = group6, _ payload: [UInt8],
        change: (inout IPv6Header) -> Void = { _ in }
    ) -> [UInt8] {
        var header = IPv6Header(source: source, destination: destination, payloadLength: UInt16(payload.count))
        change(&header)
        var octets: [UInt8] = []
        header.write(into: &octets)
        return octets + payload
    }
}
