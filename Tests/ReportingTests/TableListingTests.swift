import Addresses
import IPVSModel
import Reporting
import Testing

@Suite("Listings of the table")
struct TableListingTests {
    typealias Columns = TableListing.Columns

    @Test(
        "Every format has the C program's bytes",
        arguments: [
            (Columns.standard, ListedByC.standard), (.tunnels, ListedByC.tunnels),
            (.statistics, ListedByC.statistics), (.rates, ListedByC.rates), (.thresholds, ListedByC.thresholds),
            (.persistentConnections, ListedByC.persistentConnections),
        ])
    func formats(columns: Columns, expected: String) {
        #expect(listing(columns) == expected)
    }

    @Test("Zero counters look the same written exactly", arguments: [Columns.statistics, .rates])
    func exactZeros(columns: Columns) {
        #expect(listing(columns, exact: true) == listing(columns))
    }

    /// Numbers of a table with traffic, and the rows that the C program printed for them.
    @Test("Connections, counters and rates stand in their columns")
    func traffic() {
        var statistics = Statistics()
        statistics.total = counters(1, 2, 1, 112, 60)
        statistics.rate = counters(0, 0, 0, 14, 7)
        let identity = SampleTable.tcp("10.0.0.1", 81)
        let service = ServiceEntry(
            service: VirtualService(
                identity: identity, scheduler: "rr", flags: .persistent, persistenceTimeout: 360,
                persistenceMask: .init(0xffff_ff00)),
            statistics: statistics)
        var server = SampleTable.server("10.0.0.2", 8080, .masquerade)
        server.activeConnections = 1
        server.inactiveConnections = 0
        server.persistentConnections = 1
        let expected: [(Columns, String)] = [
            (.standard, "  -> 10.0.0.2:8080                Masq    1      1          0         $\n"),
            (
                .persistentConnections,
                "  -> 10.0.0.2:8080                1         1           1          0         $\n"
            ),
            (
                .statistics,
                """
                TCP  10.0.0.1:81                         1        2        1      112       60$
                  -> 10.0.0.2:8080                       1        2        1      112       60$

                """
            ),
            (
                .rates,
                """
                TCP  10.0.0.1:81                         0        0        0       14        7$
                  -> 10.0.0.2:8080                       0        0        0       14        7$

                """
            ),
        ]
        for (columns, rows) in expected {
            let format = TableListing(columns: columns, exact: false, names: NumericEndpoints())
            let text = written {
                if columns == .statistics || columns == .rates { format.write(service, into: &$0) }
                format.write(server, statistics, of: identity, into: &$0)
            }
            #expect(text == rows)
        }
    }

    // MARK: Where ours differs from the C program, on purpose

    @Test(
        "A mark of 2³¹ and more is no negative number", arguments: [(0x8000_0000, "2147483648"), (.max, "4294967295")])
    func largeMarks(mark: UInt32, text: String) {
        #expect(
            serviceLine(VirtualService(identity: .firewallMark(mark, .ipv4), scheduler: "nq")) == "FWM  \(text) nq$\n")
    }

    @Test("flag-3 has its name under sh and mh as well", arguments: ["sh", "mh"])
    func flag3(scheduler: String) {
        let service = VirtualService(
            identity: .firewallMark(5, .ipv4), scheduler: scheduler, flags: .scheduler3)
        #expect(serviceLine(service) == "FWM  5 \(scheduler) (flag-3)$\n")
    }

    @Test("What another netlink client may set is named, not (null)")
    func unknownValues() {
        let format = TableListing(columns: .tunnels, exact: false, names: NumericEndpoints())
        let rows: [(ServerEntry, String)] = [
            (
                SampleTable.server("10.0.0.2", 80, .bypass),
                "  -> 10.0.0.2:80                  Bypass  n/a           1      0          0         $\n"
            ),
            (
                SampleTable.server("10.0.0.2", 80, .init(rawValue: 7)),
                "  -> 10.0.0.2:80                  fwd-7   n/a           1      0          0         $\n"
            ),
            (
                SampleTable.server("10.0.0.2", 80, .local),
                "  -> 10.0.0.2:80                  Local   n/a           1      0          0         $\n"
            ),
            (
                SampleTable.server(
                    "10.0.0.2", 80, .tunnel, tunnel: Tunnel(type: .gue, port: 6080, checksum: .init(rawValue: 3))),
                "  -> 10.0.0.2:80                  Tunnel  gue:6080:flags-3 1      0          0         $\n"
            ),
            (
                SampleTable.server("10.0.0.2", 80, .tunnel, tunnel: Tunnel(type: .init(rawValue: 9))),
                "  -> 10.0.0.2:80                  Tunnel  type-9        1      0          0         $\n"
            ),
        ]
        for (server, expected) in rows {
            #expect(written { format.write(server, of: SampleTable.tcp("10.0.0.1", 80), into: &$0) } == expected)
        }
        #expect(
            serviceLine(
                VirtualService(
                    identity: .address(.init(rawValue: 99), SampleTable.address("10.0.0.1"), port: 80),
                    scheduler: "rr")) == "?    10.0.0.1:80 rr$\n")
    }

    // MARK: Names

    /// Every address has this name.
    private struct OneName: EndpointNames {
        var name: String

        func write(_ address: IPAddress, _ port: UInt16, _ transport: TransportProtocol?, into text: inout Text) {
            text.append(name)
        }
    }

    @Test("An IPv4 name is cut to its column: 33 bytes for a service, 28 for a server; an IPv6 one is not")
    func cutting() {
        let name = "a-very-long-name-of-a-host.example.com:http"
        let format = TableListing(columns: .statistics, exact: false, names: OneName(name: name))
        let text = written {
            for service in ["10.0.0.1", "2001:db8::1"] {
                let identity = SampleTable.tcp(service, 80)
                format.write(ServiceEntry(service: VirtualService(identity: identity)), into: &$0)
                format.write(SampleTable.server(service, 80, .masquerade), Statistics(), of: identity, into: &$0)
            }
        }
        #expect(
            text == """
                TCP  a-very-long-name-of-a-host.e        0        0        0        0        0$
                  -> a-very-long-name-of-a-host.e        0        0        0        0        0$
                TCP  a-very-long-name-of-a-host.example.com:http        0        0        0        0        0$
                  -> a-very-long-name-of-a-host.example.com:http        0        0        0        0        0$

                """)
    }

    // MARK: Writing

    private func listing(_ columns: Columns, exact: Bool = false) -> String {
        let format = TableListing(columns: columns, exact: exact, names: NumericEndpoints())
        return written {
            format.writeVersion(SampleTable.information, into: &$0)
            format.writeTitles(into: &$0)
            for row in SampleTable.rows {
                format.write(row.service, into: &$0)
                for server in row.servers {
                    format.write(server, Statistics(), of: row.service.service.identity, into: &$0)
                }
            }
        }
    }

    private func serviceLine(_ service: VirtualService) -> String {
        written {
            TableListing(columns: .standard, exact: false, names: NumericEndpoints())
                .write(ServiceEntry(service: service), into: &$0)
        }
    }

    private func counters(
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
}
