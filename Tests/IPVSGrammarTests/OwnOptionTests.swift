import Addresses
import IPVSModel
import Testing

@testable import IPVSGrammar

@Suite("Options beyond ipvsadm 1.31")
struct OwnOptionTests {
    private static let web = VirtualService.Identity.address(.tcp, v4(10, 0, 0, 1), port: 80)
    private static let endpoint = RealServer.Endpoint(address: v4(10, 0, 0, 2), port: 8080)

    @Test(
        "Restoring: whole tables, dry runs, checks",
        arguments: [
            ("-R --replace", Command.Restore(replaces: true)),
            ("-R --replace --dry-run", .init(replaces: true, isDryRun: true)),
            ("-R --check", .init(onlyChecks: true)),
            ("-R --replace --check", .init(replaces: true, onlyChecks: true)),
            ("--dry-run --replace", nil),
        ])
    func restoring(line: String, expected: Command.Restore?) {
        #expect(parse(line).command == expected.map(Command.restore))
    }

    @Test(
        "JSON of every listing and of -S",
        arguments: [
            "-L --json", "-L --json --stats", "-L --json -t 10.0.0.1:80", "-Lc --json", "-L --timeout --json",
            "-L --daemon --json",
        ])
    func json(line: String) throws {
        guard case .list(let listing) = parse(line).command else {
            Issue.record("\(line): \(parse(line))")
            return
        }
        #expect(listing.isJSON)
        #expect(parse("-S --json").command == .save(.init(isJSON: true)))
        #expect(parse("-Sn --json").command == .save(.init(isNumeric: true, isJSON: true)))
    }

    @Test(
        "Connections narrowed by service and by server",
        arguments: [
            ("-Lcn -t 10.0.0.1:80", web, nil),
            ("-Lcn -r 10.0.0.2:8080", nil, .init(endpoint: endpoint, anyPort: false)),
            ("-Lcn -r 10.0.0.2", nil, .init(endpoint: .init(address: v4(10, 0, 0, 2), port: 0), anyPort: true)),
            ("-Lcn -f 5 -r 10.0.0.2:8080", .firewallMark(5, .ipv4), .init(endpoint: endpoint, anyPort: false)),
        ] as [(String, VirtualService.Identity?, Command.ServerFilter?)])
    func connections(line: String, service: VirtualService.Identity?, server: Command.ServerFilter?) {
        guard case .list(let listing) = parse(line).command else {
            Issue.record("\(line): \(parse(line))")
            return
        }
        #expect(listing.subject == .connections(service, server: server))
    }

    /// The port of the service is not the server's here: a connection may go to any.
    @Test("A server without a port is any port, also next to a service")
    func anyPort() {
        guard case .list(let listing) = parse("-Lcn -t 10.0.0.1:80 -r 10.0.0.2").command,
            case .connections(_, let server) = listing.subject
        else {
            Issue.record("refused")
            return
        }
        #expect(server?.anyPort == true)
    }

    @Test(
        "Watching, every two seconds unless told otherwise",
        arguments: [("-L --watch", 2), ("-Ln --watch=5", 5), ("-L --watch 1 --rate", 1)] as [(String, UInt32)])
    func watching(line: String, interval: UInt32) {
        guard case .list(let listing) = parse(line).command else {
            Issue.record("\(line): \(parse(line))")
            return
        }
        #expect(listing.interval == interval)
    }

    @Test("A listing that is not watched has no interval")
    func notWatching() {
        #expect(parse("-L").command == .list(.init(subject: .table(nil))))
    }

    @Test(
        "Waiting: as long as it takes, or so many seconds",
        arguments: [("--wait", nil), ("--wait=30", 30), ("--wait 30", 30)] as [(String, UInt32?)])
    func waiting(words: String, limit: UInt32?) {
        #expect(
            parse("-d -t 10.0.0.1:80 -r 10.0.0.2:8080 \(words)").command
                == .deleteServer(Self.endpoint, Self.web, wait: .init(limit: limit)))
        guard case .editServer(let server, _, let edit) = parse("-e -t 10.0.0.1:80 -r 10.0.0.2 -w 0 \(words)").command
        else {
            Issue.record("-e \(words)")
            return
        }
        #expect(server.weight == 0)
        #expect(edit.wait == .init(limit: limit))
    }

    @Test("A patch says what it was given, and leaves method and port to the table")
    func patching() {
        guard
            case .editServer(let server, _, let edit) = parse("-e -t 10.0.0.1:80 -r 10.0.0.2:8080 -w 0 --patch").command
        else {
            Issue.record("refused")
            return
        }
        #expect(edit.isPatch)
        #expect(edit.given.contains(.weight))
        #expect(!edit.given.contains(.forwarding) && !edit.given.contains(.upperThreshold))
        // The server is the one on 8080: whether direct routing overrides that is for the table to say.
        #expect(server.endpoint == Self.endpoint)
        #expect(parse("-e -t 10.0.0.1:80 -r 10.0.0.2:8080 -w 0 --patch").overriddenPort == nil)
    }

    @Test(
        "A patch may leave out what a whole edit needs",
        arguments: [
            // A port 0 service without -p: it may be persistent already.
            "-E -t 10.0.0.1 -s rr --patch",
            // A tunnel's options without -i: it may be a tunnel already.
            "-e -t 10.0.0.1:80 -r 10.0.0.2 --patch --tun-csum",
            "-e -t 10.0.0.1:80 -r 2001:db8::2 --patch -w 0",
        ])
    func patchesOfWhatIsThere(line: String) {
        #expect(parse(line).command != nil, "\(parse(line))")
    }

    @Test(
        "Misuse, in the C program's manner",
        arguments: [
            ("-R --dry-run", "The option 'dry-run' needs the 'replace' option"),
            (
                "-R --replace --dry-run --check",
                "The option 'check' conflicts with the 'dry-run' option in the 'restore' command"
            ),
            ("-L --watch -c", "The option 'watch' conflicts with the 'connection' option in the 'list' command"),
            ("-L --watch --timeout", "The option 'watch' conflicts with the 'timeout' option in the 'list' command"),
            ("-L --daemon --watch", "The option 'watch' conflicts with the 'daemon' option in the 'list' command"),
            ("-L --watch --json", "The option 'watch' conflicts with the 'json' option in the 'list' command"),
            ("-L --watch=0", "invalid timeout value `0' specified"),
            ("-L --watch=x", "invalid timeout value `x' specified"),
            ("-L --watch --watch", "multiple 'watch' options specified"),
            ("-L --json --json", "multiple 'json' options specified"),
            ("-d -t 10.0.0.1:80 -r 10.0.0.2 --wait=0", "invalid timeout value `0' specified"),
            ("-d -t 10.0.0.1:80 -r 10.0.0.2 --wait=", "invalid timeout value `' specified"),
            (
                "-e -t 10.0.0.1:80 -r 10.0.0.2 --wait",
                "The option 'wait' needs the option 'weight' to be 0 with the 'edit-server' command"
            ),
            (
                "-e -t 10.0.0.1:80 -r 10.0.0.2 -w 1 --wait",
                "The option 'wait' needs the option 'weight' to be 0 with the 'edit-server' command"
            ),
            // -r narrows connections only.
            ("-L -r 10.0.0.2", "Illegal 'real-server' option with the 'list' command"),
            ("-L -r 10.0.0.2 --timeout", "Illegal 'real-server' option with the 'list' command"),
            ("-A -t 10.0.0.1:80 --patch", "Illegal 'patch' option with the 'add-service' command"),
            (
                "-e -t 10.0.0.1:80 -r 2001:db8::2 --patch -m",
                "Different address family is allowed only for tunneling servers"
            ),
        ])
    func misuse(line: String, message: String) {
        #expect(parse(line) == .refused(message, status: 2))
    }
}
