import Addresses
import Glibc

/// Hosts by their names, as nsswitch.conf(5) says. It waits for name servers: for verbs, not for the daemon.
enum HostLookup {
    /// The first address, or nil if there is none.
    static func address(of name: String) -> IPAddress? {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(name, nil, &hints, &list) == 0 else { return nil }
        defer { freeaddrinfo(list) }
        var entry = list
        while let info = entry?.pointee {
            if let address = address(info) { return address }
            entry = info.ai_next
        }
        return nil
    }

    private static func address(_ info: addrinfo) -> IPAddress? {
        guard let raw = UnsafeRawPointer(info.ai_addr) else { return nil }
        switch (info.ai_family, Int(info.ai_addrlen)) {
        case (AF_INET, MemoryLayout<sockaddr_in>.size...):
            let value = raw.loadUnaligned(as: sockaddr_in.self).sin_addr.s_addr
            return .v4(IPv4Address(UInt32(bigEndian: value)))
        case (AF_INET6, MemoryLayout<sockaddr_in6>.size...):
            let value = raw.loadUnaligned(as: sockaddr_in6.self).sin6_addr
            return withUnsafeBytes(of: value) { bytes in
                .v6(
                    IPv6Address(
                        high: UInt64(bigEndian: bytes.load(as: UInt64.self)),
                        low: UInt64(bigEndian: bytes.load(fromByteOffset: 8, as: UInt64.self))))
            }
        default: return nil
        }
    }
}
