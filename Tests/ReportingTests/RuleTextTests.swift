import Addresses
import IPVSModel
import Reporting
import Testing

@Suite("Rules as -S writes them")
struct RuleTextTests {
    private let rules = RuleText(names: NumericEndpoints())

    /// The sample with its thresholds off, because the C program does not save them.
    @Test("Every rule has the C program's bytes")
    func savedByC() {
        let text = written {
            for row in SampleTable.rows {
                rules.write("-A", row.service.service, into: &$0)
                $0.newline()
                for entry in row.servers {
                    var server = entry.server
                    server.upperThreshold = 0
                    server.lowerThreshold = 0
                    rules.write("-a", server, of: row.service.service.identity, into: &$0)
                    $0.newline()
                }
            }
        }
        #expect(text == ListedByC.rules)
    }

    private static let web = SampleTable.tcp("10.0.0.1", 80)
    private static let server = SampleTable.server("10.0.0.2", 8080, .masquerade, weight: 3).server

    @Test(
        "Thresholds are saved where there are any",
        arguments: [
            (500, 100, " -x 500 -y 100"), (500, 0, " -x 500"), (0, 100, " -y 100"), (0, 0, ""),
        ] as [(UInt32, UInt32, String)])
    func thresholds(upper: UInt32, lower: UInt32, expected: String) {
        var server = Self.server
        server.upperThreshold = upper
        server.lowerThreshold = lower
        #expect(
            written { rules.write("-a", server, of: Self.web, into: &$0) }
                == "-a -t 10.0.0.1:80 -r 10.0.0.2:8080 -m -w 3" + expected)
    }

    @Test(
        "A change is the command line that makes it",
        arguments: [
            (TableChange.addService(VirtualService(identity: web)), "-A -t 10.0.0.1:80 -s wlc"),
            (.editService(VirtualService(identity: web, scheduler: "rr")), "-E -t 10.0.0.1:80 -s rr"),
            (.deleteService(web), "-D -t 10.0.0.1:80"),
            (.deleteService(.firewallMark(7, .ipv6)), "-D -f 7 -6"),
            (.addServer(server, web), "-a -t 10.0.0.1:80 -r 10.0.0.2:8080 -m -w 3"),
            (.editServer(server, web), "-e -t 10.0.0.1:80 -r 10.0.0.2:8080 -m -w 3"),
            (.deleteServer(server.endpoint, web), "-d -t 10.0.0.1:80 -r 10.0.0.2:8080"),
        ])
    func changes(change: TableChange, expected: String) {
        #expect(written { change.write(with: rules, into: &$0) } == expected)
    }

    @Test("A large mark, flag-3 under sh: as the program reads them back")
    func fixedRules() {
        let service = VirtualService(identity: .firewallMark(.max, .ipv4), scheduler: "sh", flags: .scheduler3)
        #expect(written { rules.write("-A", service, into: &$0) } == "-A -f 4294967295 -s sh -b flag-3")
    }

    @Test(
        "A server on this machine, and what the rule language has no word for",
        arguments: [
            (ForwardingMethod.local, Tunnel(), " -g -w 3"), (.bypass, Tunnel(), " -g -w 3"),
            (.tunnel, Tunnel(type: .init(rawValue: 9)), " -i -w 3 --tun-type ipip"),
            (
                .tunnel, Tunnel(type: .gue, port: 1, checksum: .init(rawValue: 3)),
                " -i -w 3 --tun-type gue --tun-port 1 --tun-csum"
            ),
        ])
    func unspeakable(forwarding: ForwardingMethod, tunnel: Tunnel, expected: String) {
        var server = Self.server
        server.forwarding = forwarding
        server.tunnel = tunnel
        #expect(
            written { rules.write("-a", server, of: Self.web, into: &$0) } == "-a -t 10.0.0.1:80 -r 10.0.0.2:8080"
                + expected)
    }
}
