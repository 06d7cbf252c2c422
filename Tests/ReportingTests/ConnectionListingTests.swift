import Addresses
import IPVSModel
import Reporting
import Testing

@Suite("Listings of connections")
struct ConnectionListingTests {
    /// `/proc/net/ip_vs_conn` on Linux 6.1: connections, persistence templates, two of them with an engine's data.
    private static let kernelLines = """
        Pro FromIP   FPrt ToIP     TPrt DestIP   DPrt State       Expires PEName PEData
        TCP 0A010000 0000 0A000001 0051 0A000002 1F90 ASSURED         356
        UDP 0A010002 13C4 0A000001 13C4 0A000002 13C4 UDP             296
        TCP 2001:0db8:0000:0000:0000:0000:0000:0009 A4E1 2001:0db8:0000:0000:0000:0000:0000:0001 0050 2001:0db8:0000:0000:0000:0000:0000:0002 1F90 ESTABLISHED     896
        TCP 0A010002 8C4F 0A000001 0051 0A000002 1F90 ESTABLISHED     896
        UDP 2001:0db8:0000:0000:0000:0000:0000:0009 0000 2001:0db8:0000:0000:0000:0000:0000:0001 13C4 2001:0db8:0000:0000:0000:0000:0000:0002 13C4 NONE             56 sip 1234567890@192.0.2.1
        UDP 0A010002 0000 0A000001 13C4 0A000002 13C4 NONE             56 sip 1234567890@192.0.2.1
        UDP 2001:0db8:0000:0000:0000:0000:0000:0009 13C4 2001:0db8:0000:0000:0000:0000:0000:0001 13C4 2001:0db8:0000:0000:0000:0000:0000:0002 13C4 UDP             296
        TCP 0A010002 971F 0A000001 0050 0A000002 1F90 ESTABLISHED     896
        """

    /// `ipvsadm -Lnc` of the C program at the same time, with `$` at each line's end.
    private static let listedByC = """
        IPVS connection entries$
        pro expire state       source             virtual            destination$
        TCP 05:56  ASSURED     10.1.0.0:0         10.0.0.1:81        10.0.0.2:8080$
        UDP 04:56  UDP         10.1.0.2:5060      10.0.0.1:5060      10.0.0.2:5060$
        TCP 14:56  ESTABLISHED [2001:db8::9]:42209 [2001:db8::1]:80   [2001:db8::2]:8080$
        TCP 14:56  ESTABLISHED 10.1.0.2:35919     10.0.0.1:81        10.0.0.2:8080$
        UDP 00:56  NONE        [2001:db8::9]:0    [2001:db8::1]:5060 [2001:db8::2]:5060$
        UDP 00:56  NONE        10.1.0.2:0         10.0.0.1:5060      10.0.0.2:5060$
        UDP 04:56  UDP         [2001:db8::9]:5060 [2001:db8::1]:5060 [2001:db8::2]:5060$
        TCP 14:56  ESTABLISHED 10.1.0.2:38687     10.0.0.1:80        10.0.0.2:8080$

        """

    /// `ipvsadm -Lnc --persistent-conn`. The widths of title and rows differ; scripts cut at the rows'.
    private static let listedByCWithEngine = """
        IPVS connection entries$
        pro expire state       source             virtual            destination        pe name          pe_data$
        TCP 05:56  ASSURED     10.1.0.0:0         10.0.0.1:81        10.0.0.2:8080$
        UDP 04:56  UDP         10.1.0.2:5060      10.0.0.1:5060      10.0.0.2:5060$
        TCP 14:56  ESTABLISHED [2001:db8::9]:42209 [2001:db8::1]:80   [2001:db8::2]:8080$
        TCP 14:56  ESTABLISHED 10.1.0.2:35919     10.0.0.1:81        10.0.0.2:8080$
        UDP 00:56  NONE        [2001:db8::9]:0    [2001:db8::1]:5060 [2001:db8::2]:5060 sip                1234567890@192.0.2.1$
        UDP 00:56  NONE        10.1.0.2:0         10.0.0.1:5060      10.0.0.2:5060    sip                1234567890@192.0.2.1$
        UDP 04:56  UDP         [2001:db8::9]:5060 [2001:db8::1]:5060 [2001:db8::2]:5060$
        TCP 14:56  ESTABLISHED 10.1.0.2:38687     10.0.0.1:80        10.0.0.2:8080$

        """

    @Test("Connections have the C program's bytes, with and without engine data")
    func asListedByC() {
        #expect(listing(Self.kernelLines, withEngine: false) == Self.listedByC)
        #expect(listing(Self.kernelLines, withEngine: true) == Self.listedByCWithEngine)
    }

    @Test("The template of a firewall mark shows the mark as an address, as the C program does")
    func firewallMarkTemplates() {
        let lines = """
            IP  0A010001 0000 00000005 0000 0A010009 0000 NONE             99
            IP  2001:0db8:0001:0000:0000:0000:0000:0002 0000 0000:0008:0000:0000:0000:0000:0000:0000 0000 \
            2001:0db8:0002:0000:0000:0000:0000:0002 0000 NONE             99
            """
        let rows = listing(lines, withEngine: false).split(separator: "\n").dropFirst(2)
        #expect(
            rows == [
                "IP  01:39  NONE        10.1.0.1:0         0.0.0.5:0          10.1.0.9:0$",
                "IP  01:39  NONE        [2001:db8:1::2]:0  [0:8::]:0          [2001:db8:2::2]:0$",
            ])
    }

    @Test(
        "Time is minutes and seconds, two digits or more",
        arguments: [(0, "00:00"), (9, "00:09"), (59, "00:59"), (60, "01:00"), (5999, "99:59"), (360_000, "6000:00")])
    func time(seconds: UInt32, expected: String) throws {
        let line = Array("TCP 0A010002 971F 0A000001 0050 0A000002 1F90 NONE \(seconds)".utf8)
        let entry = try #require(ConnectionEntry(procLine: line[...]))
        let text = written {
            ConnectionListing(withEngine: false, names: NumericEndpoints()).write(entry, into: &$0)
        }
        #expect(text.split(separator: " ")[1] == expected)
    }

    @Test("Bytes from a packet that could steer a terminal become question marks")
    func hostileData() throws {
        let line =
            Array("UDP 0A010002 0000 0A000001 13C4 0A000002 13C4 NONE 56 sip ".utf8)
            + [0x41, 0x1b, 0x5b, 0x32, 0x4a, 0x0a, 0x7f, 0x80, 0xff, 0x00, 0x09, 0x42]
        let entry = try #require(ConnectionEntry(procLine: line[...]))
        let text = written {
            ConnectionListing(withEngine: true, names: NumericEndpoints()).write(entry, into: &$0)
        }
        #expect(text.hasSuffix(" A?[2J??????B$\n"))
        #expect(text.utf8.allSatisfy { (0x20..<0x7f).contains($0) || $0 == 0x0a })
        #expect(text.utf8.count { $0 == 0x0a } == 1)
    }

    private func listing(_ lines: String, withEngine: Bool) -> String {
        let format = ConnectionListing(withEngine: withEngine, names: NumericEndpoints())
        return written {
            format.writeTitles(into: &$0)
            for line in Array(lines.utf8).split(separator: 0x0a) {
                if let entry = ConnectionEntry(procLine: line) { format.write(entry, into: &$0) }
            }
        }
    }
}
