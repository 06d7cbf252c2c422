import Addresses
import CLinux
import Netlink

extension RawSpan {
    /// The number at an offset; nil where it is too short.
    func number<T: FixedWidthInteger & BitwiseCopyable>(_: T.Type = T.self, at offset: Int) -> T? {
        byteCount >= offset + MemoryLayout<T>.size ? unsafeLoadUnaligned(fromByteOffset: offset, as: T.self) : nil
    }

    /// The payload as an address of the family; nil where it is too short.
    func address(_ family: AddressFamily) -> IPAddress? {
        switch family {
        case .ipv4: return number(UInt32.self).map { .v4(IPv4Address(UInt32(bigEndian: $0))) }
        case .ipv6:
            guard let high = number(UInt64.self), let low = number(UInt64.self, at: 8) else { return nil }
            return .v6(IPv6Address(high: UInt64(bigEndian: high), low: UInt64(bigEndian: low)))
        }
    }

    var octets: [UInt8] { withUnsafeBytes { Array($0) } }
}
