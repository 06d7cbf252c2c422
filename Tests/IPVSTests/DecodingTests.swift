import Addresses
import IPVSModel
import TestSupport
import Testing

@testable import IPVS
@testable import Netlink

/// The kernel's answers: as Linux 6.1 gives them, as older kernels do, and as nobody should.
@Suite("Decoding")
struct DecodingTests {
    private func service(_ attributes: [UInt8]) -> ServiceEntry? {
        ServiceEntry(attributes: attributes.span.bytes)
    }

    private func server(_ attributes: [UInt8], serviceFamily: AddressFamily = .ipv4) -> MeasuredServer? {
        MeasuredServer(attributes: attributes.span.bytes, serviceFamily: serviceFamily)
    }

    private func daemon(_ attributes: [UInt8]) -> SyncDaemon? {
        SyncDaemon(attributes: attributes.span.bytes)
    }

    private static func counters(
        _ connections: UInt64, _ packetsIn: UInt64, _ packetsOut: UInt64, _ bytesIn: UInt64, _ bytesOut: UInt64
    ) -> Counters {
        var counters = Counters()
        counters.connections = connections
        counters.packetsIn = packetsIn
        counters.packetsOut = packetsOut
        counters.bytesIn = bytesIn
        counters.bytesOut = bytesOut
        return counters
    }

    private static func v6(_ low: UInt64) -> IPAddress {
        .v6(IPv6Address(high: 0x2001_0db8_0000_0000, low: low))
    }

    // MARK: As the kernel answers

    @Test("A service over IPv6 with a persistence engine")
    func serviceOn6() throws {
        let entry = try #require(service(Wire(AnswersOfKernel.serviceOn6).attributes))
        #expect(
            entry.service
                == VirtualService(
                    identity: .address(.udp, Self.v6(1), port: 5060), scheduler: "rr", flags: [.persistent, .hashed],
                    persistenceTimeout: 60, persistenceMask: .init(128), persistenceEngine: "sip"))
        #expect(entry.statistics.total == Self.counters(1, 1, 0, 144, 0))
        #expect(entry.statistics.rate == Self.counters(0, 0, 0, 18, 0))
    }

    @Test("A persistent service over IPv4: mask and address in network order")
    func persistentService() throws {
        let entry = try #require(service(Wire(AnswersOfKernel.persistentService).attributes))
        #expect(
            entry.service
                == VirtualService(
                    identity: .address(.tcp, .v4(IPv4Address(10, 0, 0, 1)), port: 81), scheduler: "rr",
                    flags: [.persistent, .hashed], persistenceTimeout: 360, persistenceMask: .init(0xffff_ff00)))
        #expect(entry.statistics.total == Self.counters(1, 2, 1, 112, 60))
        #expect(entry.statistics.rate == Self.counters(0, 0, 0, 14, 7))
    }

    @Test("A firewall mark, which has no protocol, address or port")
    func markService() throws {
        let entry = try #require(service(Wire(AnswersOfKernel.markService).attributes))
        #expect(
            entry.service
                == VirtualService(
                    identity: .firewallMark(5, .ipv4), scheduler: "sh", flags: [.persistent, .hashed, .scheduler2],
                    persistenceTimeout: 100))
    }

    @Test("A real server behind NAT, with a connection")
    func natServer() throws {
        let measured = try #require(server(Wire(AnswersOfKernel.server).attributes))
        #expect(
            measured.entry
                == ServerEntry(
                    server: RealServer(
                        endpoint: .init(address: .v4(IPv4Address(10, 0, 0, 2)), port: 8080), forwarding: .masquerade),
                    activeConnections: 1, persistentConnections: 1))
        #expect(measured.statistics.total == Self.counters(1, 2, 1, 112, 60))
        #expect(measured.statistics.rate == Self.counters(0, 0, 0, 14, 7))
    }

    @Test("A real server behind a tunnel, with thresholds")
    func tunnelledServer() throws {
        let measured = try #require(server(Wire(AnswersOfKernel.serverByGUE).attributes))
        #expect(
            measured.entry.server
                == RealServer(
                    endpoint: .init(address: .v4(IPv4Address(10, 0, 0, 9)), port: 0), forwarding: .tunnel, weight: 7,
                    upperThreshold: 500, lowerThreshold: 100,
                    tunnel: Tunnel(type: .gue, port: 6080, checksum: .checksum)))
    }

    @Test("A real server's family is its own, whatever the service's")
    func mixedFamilies() throws {
        for family in [AddressFamily.ipv4, .ipv6] {
            let measured = try #require(
                server(Wire(AnswersOfKernel.serverOn6).attributes, serviceFamily: family))
            #expect(measured.entry.server.endpoint == .init(address: Self.v6(0x99), port: 0))
        }
    }

    @Test("A plain listing reads the same servers as one with statistics")
    func plainServers() throws {
        for fixture in [AnswersOfKernel.server, AnswersOfKernel.serverByGUE, AnswersOfKernel.serverOn6] {
            let attributes = Wire(fixture).attributes
            var servers: [ServerEntry] = []
            ServerEntry.append(attributes.span.bytes, serviceFamily: .ipv4, to: &servers)
            #expect(servers == [try #require(server(attributes)).entry])
        }
    }

    @Test("Daemons: port in the machine's order, groups of both families")
    func daemons() throws {
        #expect(
            daemon(Wire(AnswersOfKernel.master).attributes)
                == SyncDaemon(
                    role: .master, interface: "v0", syncID: 5, maximumLength: 1000,
                    group: .v4(IPv4Address(224, 0, 0, 81)), port: 8848, timeToLive: 1))
        #expect(
            daemon(Wire(AnswersOfKernel.backupOn6).attributes)
                == SyncDaemon(
                    role: .backup, interface: "v0", maximumLength: 1452,
                    group: .v6(IPv6Address(high: 0xff02_0000_0000_0000, low: 0x81)), port: 8848, timeToLive: 1))
    }

    @Test("The kernel's word on itself")
    func information() {
        let attributes = Wire("0e010000 08000100 01020100 08000200 00100000 ; version 1.2.1, 4096 buckets").attributes
        var numbers: [Int: UInt32] = [:]
        forEachAttribute(in: attributes.span.bytes) { type, value in numbers[type] = value.number() }
        #expect(numbers == [1: 0x010201, 2: 4096])
    }

    // MARK: As older and newer kernels answer

    @Test("Statistics of 32 bits, where there are no others")
    func narrowStatistics() throws {
        // Before 4.1: a service of which nothing else is told. Numbers that tell the fields apart.
        let narrow = """
            50000100          ; SERVICE
              4c000a00        ; STATS
                08000100 01000000  ; CONNS
                08000200 02000000  ; INPKTS
                08000300 03000000  ; OUTPKTS
                08000400 04000000  ; INBYTES, here in 32 bits
                08000500 ffffffff  ; OUTBYTES
                08000600 06000000  ; CPS
                08000700 07000000  ; INPPS
                08000800 08000000  ; OUTPPS
                08000900 09000000  ; INBPS
            """
        let statistics = try #require(service(Wire(narrow).bytes)).statistics
        #expect(statistics.total == Self.counters(1, 2, 3, 4, 0xffff_ffff))
        #expect(statistics.rate == Self.counters(6, 7, 8, 9, 0))
    }

    @Test("Statistics of 64 bits win, in whichever order they come", arguments: [true, false])
    func wideStatistics(narrowFirst: Bool) throws {
        let narrow = "0c000a00 08000100 01000000 "
        // Types 1, 3 and 10: connections, packets out, bytes out a second.
        let wide = """
            28000c00 0c000100 0000000001000000 0c000300 ffffffffffffffff 0c000a00 0500000002000000
            """
        let attributes = Wire("38000100 " + (narrowFirst ? narrow + wide : wide + narrow)).bytes
        let statistics = try #require(service(attributes)).statistics
        #expect(statistics.total == Self.counters(0x1_0000_0000, 0, .max, 0, 0))
        #expect(statistics.rate == Self.counters(0, 0, 0, 0, 0x2_0000_0005))
        // The same of a real server, whose statistics have the same types: 10 and 12.
        let measured = try #require(server(Wire("38000200 " + (narrowFirst ? narrow + wide : wide + narrow)).bytes))
        #expect(measured.statistics == statistics)
    }

    @Test(
        "Before 3.18 a server's family was its service's, and an IPv4 address might be four bytes",
        arguments: [
            (
                "14000200 08000100 0a000002 06000200 1f900000", AddressFamily.ipv4,
                IPAddress.v4(IPv4Address(10, 0, 0, 2))
            ),
            (
                "20000200 14000100 20010db8000000000000000000000002 06000200 1f900000", .ipv6,
                .v6(IPv6Address(high: 0x2001_0db8_0000_0000, low: 2))
            ),
            (
                "20000200 14000100 0a000002000000000000000000000000 06000200 1f900000", .ipv4,
                .v4(IPv4Address(10, 0, 0, 2))
            ),
        ])
    func withoutFamily(fixture: String, family: AddressFamily, address: IPAddress) throws {
        let measured = try #require(server(Wire(fixture).bytes, serviceFamily: family))
        #expect(measured.entry.server.endpoint == .init(address: address, port: 8080))
    }

    @Test("Attributes of a newer kernel are passed over, around and within the nest")
    func unknownAttributes() throws {
        let unknown = "0c00ff3e 0123456789abcdef "
        let fixture =
            unknown + "28000100 " + unknown + "06000100 02000000 08000500 09000000 07000600 72720000" + unknown
        let entry = try #require(service(Wire(fixture).bytes))
        #expect(entry.service.identity == .firewallMark(9, .ipv4))
        #expect(entry.service.scheduler == "rr")
    }

    @Test("The bits for nesting and byte order are no part of a type")
    func typeBits() throws {
        let entry = try #require(service(Wire("0c000180 08000540 00000007").bytes))
        #expect(entry.service.identity == .firewallMark(0x0700_0000, .ipv4))
    }

    @Test("Forwarding methods, tunnels and checksums that we have no name for are kept")
    func unknownValues() throws {
        let fixture = """
            24000200
            08000300 07000000  ; FWD_METHOD
            05000d00 09000000  ; TUN_TYPE
            06000f00 03000000  ; TUN_FLAGS
            08000400 ffffffff  ; WEIGHT
            """
        let found = try #require(server(Wire(fixture).bytes)).entry.server
        #expect(found.forwarding.rawValue == 7)
        #expect(found.tunnel.type.rawValue == 9)
        #expect(found.tunnel.checksum.rawValue == 3)
        #expect(found.weight == -1)
    }

    @Test("Only the bits of the method count as the method")
    func forwardingBits() throws {
        // IP_VS_CONN_F_SYNC and others above the mask of three bits.
        let found = try #require(server(Wire("0c000200 08000300 22000000").bytes)).entry.server
        #expect(found.forwarding == .tunnel)
    }

    @Test(
        "Names end at their zero byte, or with their attribute, and need be no UTF-8",
        arguments: [
            ("07000600 72720000", "rr"), ("08000600 72727272", "rrrr"), ("08000600 72007272", "r"),
            ("05000600 00000000", ""), ("04000600", ""), ("06000600 ff720000", "\u{fffd}r"),
        ])
    func names(attribute: String, expected: String) throws {
        let content = Wire(attribute).bytes
        let nest: [UInt8] = [UInt8(content.count + 4), 0, 1, 0]
        #expect(try #require(service(nest + content)).service.scheduler == expected)
    }

    // MARK: As nobody should answer

    @Test("An answer without the nest it is about is no entry")
    func emptyAnswers() {
        for attributes in [[], [0, 0, 0, 0], [8, 0, 9, 0, 1, 2, 3, 4]] as [[UInt8]] {
            #expect(service(attributes) == nil)
            #expect(server(attributes) == nil)
            #expect(daemon(attributes) == nil)
        }
    }

    @Test("A daemon of no known role is none", arguments: ["00000000", "03000000", "ffffffff"])
    func unknownRole(state: String) {
        #expect(daemon(Wire("0c000300 08000100 \(state)").bytes) == nil)
    }

    @Test("An attribute whose length cannot be ends the reading", arguments: [0, 1, 3, 9, 0xffff])
    func impossibleLengths(length: UInt16) {
        var seen: [Int] = []
        let good: [UInt8] = [8, 0, 1, 0, 1, 2, 3, 4]
        let bad = [UInt8(length & 0xff), UInt8(length >> 8), 2, 0, 1, 2, 3, 4]
        forEachAttribute(in: (good + bad).span.bytes) { type, _ in seen.append(type) }
        #expect(seen == [1])
    }

    @Test("Values shorter than their type are as if they were not there")
    func shortValues() throws {
        // AF in one byte, mark in two, flags and timeout in three, mask in none.
        let entry = try #require(
            service(
                Wire("28000100 05000100 0a000000 06000500 09000000 07000700 ffffff00 07000800 ffffff00 04000900").bytes)
        )
        #expect(
            entry.service.identity == .address(.tcp, .v4(IPv4Address(0)), port: 0))
        #expect(entry.service.flags == [])
        #expect(entry.service.persistenceTimeout == 0)
    }

    @Test("Answers cut off anywhere are read as far as they go")
    func truncation() {
        for fixture in [
            AnswersOfKernel.serviceOn6, AnswersOfKernel.persistentService, AnswersOfKernel.markService,
            AnswersOfKernel.server, AnswersOfKernel.serverByGUE, AnswersOfKernel.master, AnswersOfKernel.backupOn6,
        ] {
            let whole = Wire(fixture).attributes
            var wrong: [Int] = []
            for length in 0..<whole.count {
                let cut = Array(whole[..<length])
                // The outer nest is then longer than what is there.
                if service(cut) != nil || server(cut) != nil || daemon(cut) != nil { wrong.append(length) }
                // With its length put right, what is within it is cut.
                guard length >= 4 else { continue }
                var nested = cut
                nested[0] = UInt8(length & 0xff)
                nested[1] = UInt8(length >> 8)
                if (service(nested) != nil) != (nested[2] == 1) { wrong.append(length) }
                if (server(nested) != nil) != (nested[2] == 2) { wrong.append(length) }
                _ = daemon(nested)
            }
            #expect(wrong == [])
        }
    }

    @Test("Random changes to an answer never stop the reader", arguments: [1, 2, 3] as [UInt64])
    func randomChanges(seed: UInt64) {
        var numbers = SeededNumbers(seed: seed)
        let answers = [
            AnswersOfKernel.serviceOn6, AnswersOfKernel.markService, AnswersOfKernel.serverByGUE,
            AnswersOfKernel.backupOn6,
        ].map { Wire($0).attributes }
        var entries = 0
        for _ in 0..<3_000 {
            var attributes = numbers.pick(answers)
            for _ in 0..<1 + numbers.next() % 6 {
                attributes[Int(numbers.next() % UInt64(attributes.count))] = UInt8(truncatingIfNeeded: numbers.next())
            }
            if service(attributes) != nil { entries += 1 }
            if server(attributes) != nil { entries += 1 }
            if daemon(attributes) != nil { entries += 1 }
        }
        #expect(entries > 1_000)
    }
}

@Suite("Errors")
struct ErrorTests {
    @Test("A request that reached the kernel was refused; one without a number failed on its way")
    func kinds() {
        let refused = NetlinkError(operation: "IPVS_CMD_NEW_DEST", code: 17, sequence: 5)
        #expect(IPVSError(refused, .addServer) == .refused(.addServer, errno: 17))
        let failed = NetlinkError(operation: "recvmmsg", code: 105)
        #expect(IPVSError(failed, .addServer) == .transport(failed))
    }

    @Test("The errno behind an error")
    func numbers() {
        #expect(IPVSError.unavailable.errno == nil)
        #expect(IPVSError.refused(.zero, errno: 3).errno == 3)
        #expect(IPVSError.transport(NetlinkError(operation: "sendmsg", code: 90)).errno == 90)
    }

    @Test("A change that is refused is named after itself")
    func operations() {
        let web = VirtualService.Identity.firewallMark(1, .ipv4)
        let endpoint = RealServer.Endpoint(address: .v4(IPv4Address(10, 0, 0, 2)), port: 80)
        let operations: [(TableChange, IPVSError.Operation)] = [
            (.addService(VirtualService(identity: web)), .addService),
            (.editService(VirtualService(identity: web)), .editService),
            (.deleteService(web), .deleteService),
            (.addServer(RealServer(endpoint: endpoint), web), .addServer),
            (.editServer(RealServer(endpoint: endpoint), web), .editServer),
            (.deleteServer(endpoint, web), .deleteServer),
        ]
        for (change, operation) in operations { #expect(change.operation == operation) }
    }
}
