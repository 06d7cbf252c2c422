import Addresses
import CLinux
import Glibc
import IPVSModel

/// Reads real servers by the kernel's older interface, getsockopt, where that can tell all there is to tell.
///
/// The kernel writes each server as thirty attributes for netlink, and walks the list anew for every 32 KiB of them; as
/// a plain array it hands over 100,000 servers ten times as fast. That array knows neither IPv6 nor tunnels nor 64-bit
/// counters, so it serves IPv4 services without such servers; whatever else turns up is read by netlink.
final class QuickReader {
    /// Opened with the first reading; −1 before it, and where this process may not, for want of `CAP_NET_RAW`.
    private var descriptor: Int32 = -1
    private var answer: UnsafeMutablePointer<ip_vs_get_dests>?
    private var room = 0

    deinit {
        free(answer)
        if descriptor >= 0 { close(descriptor) }
    }

    /// How many IPv4 services there are; 0 where that is not known.
    func serviceCount() -> Int {
        open()
        return max(Int(clinux_ipvs_service_count(descriptor)), 0)
    }

    /// Opens the socket in the network namespace that this thread is in; the first reading does it otherwise.
    func open() {
        if descriptor >= 0 { return }
        descriptor = socket(AF_INET, Int32(SOCK_RAW.rawValue) | Int32(SOCK_CLOEXEC.rawValue), Int32(IPPROTO_RAW))
    }

    /// How many real servers of any family each IPv4 service has, in the kernel's order.
    func serverCounts() -> [(identity: VirtualService.Identity, count: UInt32)] {
        open()
        var entries: UnsafeMutablePointer<ip_vs_service_entry>?
        let count = clinux_ipvs_services(descriptor, &entries)
        defer { free(entries) }
        guard count > 0, let entries else { return [] }
        return UnsafeBufferPointer(start: entries, count: Int(count)).map { ($0.identity, $0.num_dests) }
    }

    /// Hands over each IPv4 service in the kernel's order, but for its persistence engine, which this interface does not
    /// know, and how many real servers of any family it has.
    ///
    /// - Returns: Whether they could be read.
    func forEachService(_ body: (VirtualService, UInt32) -> Void) -> Bool {
        open()
        var entries: UnsafeMutablePointer<ip_vs_service_entry>?
        let count = clinux_ipvs_services(descriptor, &entries)
        defer { free(entries) }
        guard count >= 0, let entries else { return false }
        for entry in UnsafeBufferPointer(start: entries, count: Int(count)) {
            // Where one was removed since they were counted, the last is empty.
            guard entry.protocol != 0 || entry.fwmark != 0 else { continue }
            body(VirtualService(entry), entry.num_dests)
        }
        return true
    }

    /// Appends the servers of a service that has `count` of them.
    ///
    /// - Returns: Whether all of them were told; if not, nothing is appended.
    func append(_ count: UInt32, of identity: VirtualService.Identity, to servers: inout [ServerEntry]) -> Bool {
        var key = ip_vs_get_dests()
        switch identity {
        case .firewallMark(let mark, .ipv4):
            key.fwmark = mark
        case .address(let transport, .v4(let address), let port):
            key.protocol = transport.rawValue
            key.addr = address.value.bigEndian
            key.port = port.bigEndian
        default: return false
        }
        // Room for one more shows a server that was added meanwhile.
        let found = clinux_ipvs_servers(descriptor, &key, count &+ 1, &answer, &room)
        guard found == Int32(clamping: count) else { return false }
        let start = servers.count
        servers.reserveCapacity(start + Int(count))
        for index in 0..<count {
            guard let entry = clinux_ipvs_server(answer, index), let server = ServerEntry(entry.pointee) else {
                servers.removeSubrange(start...)
                return false
            }
            servers.append(server)
        }
        return true
    }
}

extension ip_vs_service_entry {
    fileprivate var identity: VirtualService.Identity {
        fwmark != 0
            ? .firewallMark(fwmark, .ipv4)
            : .address(
                TransportProtocol(rawValue: self.protocol), .v4(IPv4Address(UInt32(bigEndian: addr))),
                port: UInt16(bigEndian: port))
    }
}

extension VirtualService {
    fileprivate init(_ entry: ip_vs_service_entry) {
        let scheduler = withUnsafeBytes(of: entry.sched_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        self.init(
            identity: entry.identity, scheduler: scheduler, flags: Flags(rawValue: entry.flags),
            persistenceTimeout: entry.timeout, persistenceMask: PersistenceMask(UInt32(bigEndian: entry.netmask)))
    }
}

extension ServerEntry {
    /// `nil` for a tunnel, whose type this interface does not know.
    fileprivate init?(_ entry: ip_vs_dest_entry) {
        let forwarding = ForwardingMethod(rawValue: entry.conn_flags & UInt32(IP_VS_CONN_F_FWD_MASK))
        if forwarding == .tunnel { return nil }
        let endpoint = RealServer.Endpoint(
            address: .v4(IPv4Address(UInt32(bigEndian: entry.addr))), port: UInt16(bigEndian: entry.port))
        self.init(
            server: RealServer(
                endpoint: endpoint, forwarding: forwarding, weight: entry.weight, upperThreshold: entry.u_threshold,
                lowerThreshold: entry.l_threshold),
            activeConnections: entry.activeconns, inactiveConnections: entry.inactconns,
            persistentConnections: entry.persistconns)
    }
}
