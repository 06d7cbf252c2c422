package import Addresses
import KeepalivedConfig

/// Addresses and networks as firewalls write them.
package enum AddressText {
    package static func address(_ text: some StringProtocol) -> IPAddress? {
        let bytes = Array(text.utf8)[...]
        if let address = IPv4Address(dottedQuad: bytes) { return .v4(address) }
        return IPv6Address(bytes).map(IPAddress.v6)
    }

    /// `10.0.0.1`, `10.0.0.0/24`, `10.0.0.0/255.255.255.0`, `10.0.0.1-10.0.0.9`.
    package static func range(_ text: some StringProtocol) -> AddressRange? {
        if let dash = text.firstIndex(of: "-") {
            guard let first = address(text[..<dash]), let last = address(text[text.index(after: dash)...]) else {
                return nil
            }
            return AddressRange(from: first, through: last)
        }
        guard let slash = text.firstIndex(of: "/") else { return address(text).map(AddressRange.init) }
        guard let base = address(text[..<slash]) else { return nil }
        let mask = text[text.index(after: slash)...]
        if let length = Int(mask) {
            guard (0...AddressPrefix.hostLength(base.family)).contains(length) else { return nil }
            return AddressRange(AddressPrefix(base, length))
        }
        guard case .v4(let bits)? = address(mask), case .v4 = base else { return nil }
        let length = (~bits.value).leadingZeroBitCount
        // A mask with a hole in it is no network.
        guard length == 32 || bits.value << UInt32(length) == 0 else { return nil }
        return AddressRange(AddressPrefix(base, length))
    }
}
