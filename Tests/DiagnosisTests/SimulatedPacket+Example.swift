import Addresses
import Diagnosis
import KeepalivedConfig

extension SimulatedPacket {
    /// 10.0.0.0/24 on eth0: an advertisement of a neighbour, or ours.
    static func advertisement(
        _ direction: Direction = .incoming, transport: UInt8 = 112, isReachedBack: Truth = .yes,
        to destination: String = "224.0.0.18"
    ) -> SimulatedPacket {
        let own = AddressRange(.v4(IPv4Address(10, 0, 0, 1)))
        let network = AddressRange(AddressPrefix(.v4(IPv4Address(10, 0, 0, 1)), 24))
        return SimulatedPacket(
            direction, on: Interface(name: "eth0", group: 0), transport: transport,
            from: direction == .incoming ? network : own,
            to: AddressText.address(destination) ?? .v4(IPv4Address(224, 0, 0, 18)), isReachedBack: isReachedBack)
    }

    /// fe80::/64 on eth0.
    static func advertisement6(_ direction: Direction = .incoming) -> SimulatedPacket {
        SimulatedPacket(
            direction, on: Interface(name: "eth0", group: 0), transport: 112,
            from: AddressRange(AddressPrefix(.v6(IPv6Address(high: 0xfe80_0000_0000_0000, low: 1)), 64)),
            to: .v6(IPv6Address(high: 0xff02_0000_0000_0000, low: 0x12)))
    }
}
