import Addresses
import PacketFormats

/// Octets from hexadecimal digits; blanks between them do not count.
func octets(_ hexadecimal: String) -> [UInt8] {
    var nibbles: [UInt8] = []
    for character in hexadecimal where !character.isWhitespace {
        guard let value = character.hexDigitValue else { fatalError("not hexadecimal: \(hexadecimal)") }
        nibbles.append(UInt8(value))
    }
    return stride(from: 0, to: nibbles.count - 1, by: 2).map { nibbles[$0] << 4 | nibbles[$0 + 1] }
}

func hexadecimal(_ octets: some Sequence<UInt8>) -> String {
    octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}

func address(_ text: some StringProtocol) -> IPAddress {
    let octets = Array(text.utf8)[...]
    if let address = IPv4Address(dottedQuad: octets) { return .v4(address) }
    guard let address = IPv6Address(octets) else { fatalError("no address: \(text)") }
    return .v6(address)
}

func ipv4(_ text: String) -> IPv4Address {
    guard case .v4(let address) = address(text) else { fatalError("no IPv4 address: \(text)") }
    return address
}

func ipv6(_ text: String) -> IPv6Address {
    guard case .v6(let address) = address(text) else { fatalError("no IPv6 address: \(text)") }
    return address
}

extension [UInt8] {
    /// With one octet changed.
    func replacing(_ offset: Int, with octet: UInt8) -> [UInt8] {
        var copy = self
        copy[offset] = octet
        return copy
    }

    /// An IPv4 packet with its header checksum made right again.
    func withRightHeaderChecksum() -> [UInt8] {
        var copy = self
        copy[10] = 0
        copy[11] = 0
        var checksum = InternetChecksum()
        checksum.add(copy.prefix(Int(copy[0] & 0xf) * 4))
        copy[10] = UInt8(checksum.value >> 8)
        copy[11] = UInt8(checksum.value & 0xff)
        return copy
    }
}
