import Addresses
import IPVSModel
import TestSupport
import Testing

/// Lines of `/proc/net/ip_vs_conn` as Linux 6.1 writes them (`ip_vs_conn_seq_show`).
@Suite("Lines of the kernel's connection table")
struct ConnectionEntryTests {
    private func read(_ line: String) -> ConnectionEntry? {
        ConnectionEntry(procLine: Array(line.utf8)[...])
    }

    private static func v4(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8, _ port: UInt16) -> RealServer.Endpoint {
        .init(address: .v4(IPv4Address(a, b, c, d)), port: port)
    }

    private static func v6(_ low: UInt64, _ port: UInt16) -> RealServer.Endpoint {
        .init(address: .v6(IPv6Address(high: 0x2001_0db8_0000_0000, low: low)), port: port)
    }

    @Test("A TCP connection over IPv4")
    func tcp() throws {
        // Protocol; client, virtual and destination address and port, hexadecimal; state; seconds.
        let entry = try #require(
            read("TCP 0A010002 971F 0A000001 0050 0A000002 1F90 ESTABLISHED     896"))
        #expect(entry.transport == "TCP")
        #expect(entry.protocolNumber == .tcp)
        #expect(entry.client == Self.v4(10, 1, 0, 2, 38687))
        #expect(entry.virtual == Self.v4(10, 0, 0, 1, 80))
        #expect(entry.destination == Self.v4(10, 0, 0, 2, 8080))
        #expect(entry.state == "ESTABLISHED")
        #expect(entry.expires == 896)
        #expect(entry.engine == [] && entry.engineData == [])
        #expect(!entry.isTemplate)
        #expect(entry.firewallMark == nil)
    }

    @Test("A persistence template: the client's network, no port")
    func template() throws {
        let entry = try #require(
            read("TCP 0A010000 0000 0A000001 0051 0A000002 1F90 ASSURED         356"))
        #expect(entry.client == Self.v4(10, 1, 0, 0, 0))
        #expect(entry.isTemplate)
        #expect(entry.state == "ASSURED")
    }

    @Test("IPv6, with the data of a persistence engine")
    func engine() throws {
        let entry = try #require(
            read(
                "UDP 2001:0db8:0000:0000:0000:0000:0000:0009 0000 2001:0db8:0000:0000:0000:0000:0000:0001 13C4 "
                    + "2001:0db8:0000:0000:0000:0000:0000:0002 13C4 NONE             56 sip 1234567890@192.0.2.1"))
        #expect(entry.protocolNumber == .udp)
        #expect(entry.client == Self.v6(9, 0))
        #expect(entry.virtual == Self.v6(1, 5060))
        #expect(entry.destination == Self.v6(2, 5060))
        #expect(entry.expires == 56)
        #expect(entry.engine == Array("sip".utf8))
        #expect(entry.engineData == Array("1234567890@192.0.2.1".utf8))
    }

    @Test(
        "A template of a firewall mark keeps the mark where the address would be",
        arguments: [
            ("IP  0A010001 0000 00000005 0000 0A010009 0000 NONE             99", 5),
            ("IP  0A010001 0000 FFFFFFFF 0000 0A010009 0000 NONE             99", UInt32.max),
            // IPv6: in the first four bytes.
            (
                "IP  2001:0db8:0000:0000:0000:0000:0000:0001 0000 0000:0008:0000:0000:0000:0000:0000:0000 0000 "
                    + "2001:0db8:0000:0000:0000:0000:0000:0002 0000 NONE             99", 8
            ),
        ] as [(String, UInt32)])
    func firewallMark(line: String, mark: UInt32) throws {
        let entry = try #require(read(line))
        #expect(entry.firewallMark == mark)
        #expect(entry.protocolNumber == nil)
        #expect(entry.isTemplate)
    }

    @Test(
        "Lines of another form are no connections",
        arguments: [
            "", " ", "TCP",
            // The title.
            "Pro FromIP   FPrt ToIP     TPrt DestIP   DPrt State       Expires PEName PEData",
            // One field missing after the other.
            "TCP 0A010002 971F 0A000001 0050 0A000002 1F90 ESTABLISHED",
            "TCP 0A010002 971F 0A000001 0050 0A000002 1F90",
            "TCP 0A010002 971F 0A000001 0050 0A000002",
            "TCP 0A010002 971F",
            // Addresses and ports of the wrong length, or no numbers.
            "TCP 0A01000 971F 0A000001 0050 0A000002 1F90 ESTABLISHED 1",
            "TCP 0A010002 971FF 0A000001 0050 0A000002 1F90 ESTABLISHED 1",
            "TCP 0A01000G 971F 0A000001 0050 0A000002 1F90 ESTABLISHED 1",
            "TCP 0A010002 971F 0A000001 0050 0A000002 1F90 ESTABLISHED never",
            "TCP 0A010002 971F 0A000001 0050 0A000002 1F90 ESTABLISHED -1",
        ])
    func otherLines(line: String) {
        #expect(read(line) == nil)
    }

    @Test("Data of any length is kept whole")
    func longData() throws {
        let data = [UInt8](repeating: UInt8(ascii: "A"), count: 100_000)
        let line = Array("UDP 0A010002 0000 0A000001 13C4 0A000002 13C4 NONE 56 sip ".utf8) + data
        #expect(try #require(ConnectionEntry(procLine: line[...])).engineData == data)
    }

    @Test("Data with blanks, control bytes and what is no UTF-8 is kept to the byte")
    func hostileData() throws {
        let data: [UInt8] = [0x1b, 0x5b, 0x32, 0x4a, 0x20, 0x20, 0x09, 0x00, 0xff, 0xc3]
        let line = Array("UDP 0A010002 0000 0A000001 13C4 0A000002 13C4 NONE 56 sip ".utf8) + data
        #expect(try #require(ConnectionEntry(procLine: line[...])).engineData == data)
    }

    @Test("Numbers too large for their field do not stop the reader")
    func hugeNumbers() {
        _ = read("TCP 0A010002 971F 0A000001 0050 0A000002 1F90 ESTABLISHED 99999999999999999999999999999")
        let endless = String(repeating: "9", count: 100_000)
        _ = read("TCP 0A010002 971F 0A000001 0050 0A000002 1F90 ESTABLISHED \(endless)")
        #expect(read("TCP \(endless) 971F 0A000001 0050 0A000002 1F90 ESTABLISHED 1") == nil)
    }

    @Test("Any bytes end in an entry or in none")
    func randomLines() {
        var numbers = SeededNumbers(seed: 3)
        let sample = Array("TCP 0A010002 971F 2001:db8:: 0050 0A000002 1F90 ESTABLISHED 896 sip data".utf8)
        var entries = 0
        for _ in 0..<20_000 {
            var line = sample
            for _ in 0..<numbers.next() % 6 where !line.isEmpty {
                let place = Int(numbers.next() % UInt64(line.count))
                switch numbers.next() % 3 {
                case 0: line[place] = UInt8(truncatingIfNeeded: numbers.next())
                case 1: line.remove(at: place)
                default: line = Array(line[..<max(place, 1)])
                }
            }
            // In the middle of other bytes, as a line of a file is.
            let buffer = [0x0a] + line + [0x0a]
            if ConnectionEntry(procLine: buffer[1..<buffer.count - 1]) != nil { entries += 1 }
        }
        // The changes leave some lines whole and break others.
        #expect(entries > 1_000 && entries < 19_000)
    }
}
