import Addresses
import Glibc
import KeepalivedConfig

/// The network interfaces of this machine.
enum LocalInterfaces {
    static func all() -> [String: InterfaceFacts] {
        var first: UnsafeMutablePointer<ifaddrs>?
        guard getifaddrs(&first) == 0 else { return [:] }
        defer { freeifaddrs(first) }
        var interfaces: [String: InterfaceFacts] = [:]
        var next = first
        while let entry = next?.pointee {
            next = entry.ifa_next
            // An address may carry a label, `eth0:1`, in place of the interface's name.
            let name = String(String(cString: entry.ifa_name).prefix { $0 != ":" })
            var facts =
                interfaces[name]
                ?? InterfaceFacts(
                    name: name, isUp: entry.ifa_flags & UInt32(IFF_UP) != 0,
                    isLoopback: entry.ifa_flags & UInt32(IFF_LOOPBACK) != 0, mtu: mtu(name))
            if let address = prefix(entry) { facts.addresses.append(address) }
            interfaces[name] = facts
        }
        return interfaces
    }

    private static func mtu(_ name: String) -> Int {
        let descriptor = open("/sys/class/net/\(name)/mtu", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return 1500 }
        defer { close(descriptor) }
        let bytes = (try? SystemCalls.readAll(descriptor, limit: 64)) ?? nil
        return bytes.flatMap { Int(String(decoding: $0.prefix { $0 != 0x0a }, as: UTF8.self)) } ?? 1500
    }

    private static func prefix(_ entry: ifaddrs) -> AddressPrefix? {
        guard let address = entry.ifa_addr else { return nil }
        switch Int32(address.pointee.sa_family) {
        case AF_INET:
            let value = ipv4(address)
            let mask = entry.ifa_netmask.map(ipv4) ?? .max
            return AddressPrefix(.v4(IPv4Address(value)), mask.nonzeroBitCount)
        case AF_INET6:
            let (high, low) = ipv6(address)
            let mask = entry.ifa_netmask.map(ipv6) ?? (.max, .max)
            return AddressPrefix(
                .v6(IPv6Address(high: high, low: low)), mask.0.nonzeroBitCount + mask.1.nonzeroBitCount)
        default: return nil
        }
    }

    private static func ipv4(_ address: UnsafeMutablePointer<sockaddr>) -> UInt32 {
        let offset = MemoryLayout<sockaddr_in>.offset(of: \.sin_addr) ?? 4
        return UInt32(bigEndian: UnsafeRawPointer(address).loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }

    private static func ipv6(_ address: UnsafeMutablePointer<sockaddr>) -> (UInt64, UInt64) {
        let offset = MemoryLayout<sockaddr_in6>.offset(of: \.sin6_addr) ?? 8
        let raw = UnsafeRawPointer(address)
        return (
            UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)),
            UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self))
        )
    }
}
