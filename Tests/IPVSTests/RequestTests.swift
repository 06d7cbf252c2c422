import Addresses
import CLinux
import CNetlink
import Glibc
import IPVSModel
import Testing

@testable import IPVS
@testable import Netlink

/// Requests to the kernel, compared field by field with those of the C program.
@Suite("Requests")
struct RequestTests {
    private static let messages = IPVSMessage(family: 28)

    private static let web = VirtualService.Identity.address(.tcp, .v4(IPv4Address(10, 0, 0, 9)), port: 80)
    private static let dns = VirtualService.Identity.address(
        .udp, .v6(IPv6Address(high: 0x2001_0db8_0000_0000, low: 9)), port: 53)

    private static func endpoint(_ lastByte: UInt8, _ port: UInt16) -> RealServer.Endpoint {
        .init(address: .v4(IPv4Address(10, 0, 0, lastByte)), port: port)
    }

    /// What is sent behind the netlink header.
    private static func payload(of message: borrowing NetlinkMessage) throws -> Wire {
        guard let completed = message.completed, let header = nlmsg_hdr(completed) else {
            throw Wire.Fault(text: "the message has no room for its content")
        }
        let length = Int(header.pointee.nlmsg_len)
        return Wire(bytes: Array(UnsafeRawBufferPointer(start: header, count: length).dropFirst(16)))
    }

    /// The fields that the C program sends where a service is only named. The kernel reads them for no such request, and
    /// ours leaves them out.
    private static let unread: Set<String> = [
        "SERVICE.SCHED_NAME", "SERVICE.FLAGS", "SERVICE.TIMEOUT", "SERVICE.NETMASK",
    ]

    private func expect(
        _ message: borrowing NetlinkMessage, toBe fixture: String, but leftOut: Set<String> = [],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let ours = try Self.payload(of: message)
        let theirs = Wire(fixture)
        #expect(Array(ours.bytes[..<4]) == Array(theirs.bytes[..<4]), sourceLocation: sourceLocation)
        let wanted = try theirs.fields().filter { !leftOut.contains($0.key) }
        #expect(try ours.fields() == wanted, sourceLocation: sourceLocation)
    }

    @Test("A service is added or edited with the C program's fields")
    func services() throws {
        try expect(
            Self.messages.change(
                .addService(
                    VirtualService(
                        identity: Self.web, scheduler: "sh", flags: [.persistent, .scheduler1, .scheduler2],
                        persistenceTimeout: 360, persistenceMask: .init(0xffff_ff00)))),
            toBe: RequestsOfC.addService)
        try expect(
            Self.messages.change(.editService(VirtualService(identity: Self.web, scheduler: "rr"))),
            toBe: RequestsOfC.editService)
        try expect(
            Self.messages.change(
                .addService(
                    VirtualService(
                        identity: Self.dns, scheduler: "rr", flags: [.persistent, .onePacket],
                        persistenceTimeout: 60, persistenceMask: .init(64), persistenceEngine: "sip"))),
            toBe: RequestsOfC.addServiceOn6)
        try expect(
            Self.messages.change(.addService(VirtualService(identity: .firewallMark(.max, .ipv4)))),
            toBe: RequestsOfC.addLargestMark)
        try expect(
            Self.messages.change(.addService(VirtualService(identity: .firewallMark(7, .ipv6)))),
            toBe: RequestsOfC.addMarkOn6)
    }

    @Test("A service is deleted, zeroed or read by its name alone")
    func namedServices() throws {
        try expect(
            Self.messages.change(.deleteService(Self.web)), toBe: RequestsOfC.deleteService, but: Self.unread)
        try expect(
            Self.messages.change(.deleteService(.firewallMark(7, .ipv6))), toBe: RequestsOfC.deleteMarkOn6,
            but: Self.unread)
        try expect(
            Self.messages.about(Self.web, command: IPVS_CMD_ZERO, "zero"), toBe: RequestsOfC.zeroService,
            but: Self.unread)
        try expect(
            Self.messages.about(.firewallMark(7, .ipv6), command: IPVS_CMD_ZERO, "zero"),
            toBe: RequestsOfC.zeroMarkOn6, but: Self.unread)
        try expect(
            Self.messages.about(Self.web, command: IPVS_CMD_GET_SERVICE, "read"), toBe: RequestsOfC.readService,
            but: Self.unread)
        try expect(
            Self.messages.about(Self.web, command: IPVS_CMD_GET_DEST, "read"), toBe: RequestsOfC.readServers)
    }

    @Test("A real server is added, edited or deleted with the C program's fields")
    func servers() throws {
        try expect(
            Self.messages.change(
                .addServer(
                    RealServer(
                        endpoint: Self.endpoint(2, 8080), forwarding: .masquerade, weight: 5, upperThreshold: 500,
                        lowerThreshold: 100), Self.web)),
            toBe: RequestsOfC.addServer, but: Self.unread)
        try expect(
            Self.messages.change(
                .editServer(
                    RealServer(endpoint: Self.endpoint(2, 8080), forwarding: .masquerade, weight: 0), Self.web)),
            toBe: RequestsOfC.editServer, but: Self.unread)
        try expect(
            Self.messages.change(
                .addServer(
                    RealServer(
                        endpoint: Self.endpoint(5, 80), forwarding: .tunnel,
                        tunnel: Tunnel(type: .gue, port: 6080, checksum: .remote)), Self.web)),
            toBe: RequestsOfC.addServerByGUE, but: Self.unread)
        try expect(
            Self.messages.change(
                .addServer(
                    RealServer(
                        endpoint: .init(address: .v6(IPv6Address(high: 0x2001_0db8_0000_0000, low: 5)), port: 80),
                        forwarding: .tunnel, tunnel: Tunnel(type: .gre, checksum: .checksum)), Self.web)),
            toBe: RequestsOfC.addServerOn6ByGRE, but: Self.unread)
        try expect(
            Self.messages.change(.deleteServer(Self.endpoint(2, 8080), Self.web)), toBe: RequestsOfC.deleteServer,
            but: Self.unread)
    }

    @Test("Counters of all services and timeouts")
    func wholeTable() throws {
        try expect(Self.messages.plain(IPVS_CMD_ZERO, "zero"), toBe: RequestsOfC.zeroAll)
        try expect(
            Self.messages.timeouts(ConnectionTimeouts(tcp: 900, tcpFin: 120, udp: 300)),
            toBe: RequestsOfC.setTimeouts)
        try expect(Self.messages.plain(IPVS_CMD_FLUSH, "flush"), toBe: "11010000 ; IPVS_CMD_FLUSH, version 1")
    }

    @Test("Daemons")
    func daemons() throws {
        try expect(
            Self.messages.start(
                SyncDaemon(
                    role: .master, interface: "lo", syncID: 5, maximumLength: 1000,
                    group: .v4(IPv4Address(224, 0, 0, 81)), port: 8848, timeToLive: 1)),
            toBe: RequestsOfC.startMaster)
        try expect(
            Self.messages.start(
                SyncDaemon(
                    role: .backup, interface: "lo", group: .v6(IPv6Address(high: 0xff02_0000_0000_0000, low: 0x81)))),
            toBe: RequestsOfC.startBackupOn6)
        try expect(
            Self.messages.stop(SyncDaemon(role: .master, interface: "")), toBe: RequestsOfC.stopMaster)
    }

    @Test("A message goes to the family that it was made for")
    func family() throws {
        let message = Self.messages.plain(IPVS_CMD_FLUSH, "flush")
        guard let completed = message.completed else { throw Wire.Fault(text: "no message") }
        #expect(nlmsg_hdr(completed)?.pointee.nlmsg_type == 28)
    }

    @Test("The reader of these tests finds faults")
    func strictness() {
        for fixture in [
            // Too short for a header; length 3; longer than what is there; an unknown type; twice the same; other filler.
            "01010000 0600", "01010000 03000400", "01010000 0a000400 01000000", "01010000 0800ff00 01000000",
            "01010000 08000400 01000000 08000400 01000000", "01010000 05000400 01000001",
        ] {
            #expect(throws: Wire.Fault.self) { try Wire(fixture).fields() }
        }
    }

    // MARK: Room

    private static func fits(_ message: borrowing NetlinkMessage) -> Bool {
        message.completed != nil
    }

    @Test("A message without room for what it should hold is refused before it is sent")
    func overflow() {
        let endless = VirtualService(identity: Self.web, scheduler: String(repeating: "x", count: 10_000))
        let fits = Self.fits(Self.messages.change(.addService(endless)))
        #expect(!fits)
        #expect(throws: NetlinkError(operation: "IPVS_CMD_NEW_SERVICE", code: EMSGSIZE)) {
            var batch = NetlinkBatch()
            try batch.append(Self.messages.change(.addService(endless)))
        }
    }

    @Test("The largest of each request fits")
    func largestFit() {
        let name = String(repeating: "x", count: 15)
        let service = VirtualService(
            identity: Self.dns, scheduler: name, flags: .persistent, persistenceTimeout: .max,
            persistenceEngine: String(repeating: "x", count: 16))
        let server = RealServer(
            endpoint: .init(address: .v6(IPv6Address(high: .max, low: .max)), port: .max), forwarding: .tunnel,
            weight: .max, upperThreshold: .max, lowerThreshold: .max,
            tunnel: Tunnel(type: .gue, port: .max, checksum: .remote))
        let daemon = SyncDaemon(
            role: .master, interface: name, syncID: 255, maximumLength: 65507,
            group: .v6(IPv6Address(high: .max, low: .max)), port: .max, timeToLive: .max)
        let fitting = [
            Self.fits(Self.messages.change(.addService(service))),
            Self.fits(Self.messages.change(.addServer(server, Self.dns))),
            Self.fits(Self.messages.start(daemon)), Self.fits(Self.messages.stop(daemon)),
        ]
        #expect(fitting == [true, true, true, true])
    }

    @Test("A batch is full at its limit, and can be used again")
    func batch() throws {
        var batch = NetlinkBatch()
        var whenFull: [Int] = []
        for count in 1...NetlinkBatch.limit {
            try batch.append(Self.messages.plain(IPVS_CMD_FLUSH, "flush"))
            if batch.isFull { whenFull.append(count) }
        }
        #expect(whenFull == [NetlinkBatch.limit])
        batch.removeAll()
        try batch.append(Self.messages.plain(IPVS_CMD_FLUSH, "flush"))
        let (count, isFull) = (batch.count, batch.isFull)
        #expect(count == 1 && !isFull)
    }
}
