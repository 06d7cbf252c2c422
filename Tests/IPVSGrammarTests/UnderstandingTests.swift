import Addresses
import IPVSGrammar
import IPVSModel
import Testing

/// What legal command lines mean.
@Suite("Understanding command lines")
struct UnderstandingTests {
    private static let web = VirtualService.Identity.address(.tcp, v4(10, 0, 0, 1), port: 80)
    private static let webOn6 = VirtualService.Identity.address(.tcp, v6(1), port: 80)

    private static func endpoint(_ address: IPAddress, _ port: UInt16) -> RealServer.Endpoint {
        .init(address: address, port: port)
    }

    // MARK: Commands

    @Test(
        "Every command, in short and long",
        arguments: [
            ("-h", Command.help), ("--help", .help), ("-v", .version), ("--version", .version),
            // What follows is not looked at.
            ("-h -Q", .help), ("-v foo", .version),
            ("-C", .flush), ("--clear", .flush),
            ("-D -t 10.0.0.1:80", .deleteService(web)),
            ("--delete-service --tcp-service 10.0.0.1:80", .deleteService(web)),
            ("-D -f 5", .deleteService(.firewallMark(5, .ipv4))),
            ("-D -f 5 -6", .deleteService(.firewallMark(5, .ipv6))),
            ("-D -f 4294967295", .deleteService(.firewallMark(.max, .ipv4))),
            ("-d -t 10.0.0.1:80 -r 10.0.0.2:81", .deleteServer(endpoint(v4(10, 0, 0, 2), 81), web, wait: nil)),
            ("-Z", .zero(nil)), ("--zero", .zero(nil)), ("-Z -t 10.0.0.1:80", .zero(web)),
            // Nothing but zeros is everything.
            ("-Z -t 0.0.0.0:0", .zero(nil)), ("-Z -t [::]:0", .zero(nil)),
            ("-Z -f 5", .zero(.firewallMark(5, .ipv4))),
            ("--set 900 120 300", .setTimeouts(.init(tcp: 900, tcpFin: 120, udp: 300))),
            ("1 --set 2 3", .setTimeouts(.init(tcp: 1, tcpFin: 2, udp: 3))),
            ("--set 0 0 2678400", .setTimeouts(.init(tcp: 0, tcpFin: 0, udp: 2_678_400))),
            ("-R", .restore(.init())), ("--restore", .restore(.init())),
            ("-S", .save(.init())), ("--save -n", .save(.init(isNumeric: true))),
            ("-Sn", .save(.init(isNumeric: true))),
        ])
    func commands(line: String, expected: Command) {
        #expect(parse(line).command == expected)
    }

    @Test("With POSIXLY_CORRECT options end at the first word")
    func posix() {
        #expect(parse("--set 1 2 3 -n") == .refused("Illegal 'numeric' option with the 'set' command", status: 2))
        #expect(parse("--set 1 2 3 -n", stopsAtWord: true) == .refused("unexpected argument -n", status: 2))
    }

    // MARK: Services

    @Test(
        "A service, and what is not said of it",
        arguments: [
            ("-t 10.0.0.1:80", VirtualService(identity: web, scheduler: "wlc")),
            ("-u 10.0.0.1:80", VirtualService(identity: .address(.udp, v4(10, 0, 0, 1), port: 80))),
            ("--sctp-service 10.0.0.1:80", VirtualService(identity: .address(.sctp, v4(10, 0, 0, 1), port: 80))),
            ("-t [2001:db8::1]:80", VirtualService(identity: webOn6)),
            ("-t vip.example.com:http", VirtualService(identity: web)),
            ("-f 5", VirtualService(identity: .firewallMark(5, .ipv4))),
            ("-f 5 -6", VirtualService(identity: .firewallMark(5, .ipv6))),
            ("-t 10.0.0.1:80 -s rr", VirtualService(identity: web, scheduler: "rr")),
            // Cut to what the kernel has room for.
            ("-t 10.0.0.1:80 -s abcdefghijklmnopq", VirtualService(identity: web, scheduler: "abcdefghijklmno")),
            ("-t 10.0.0.1:80 --pe sip", VirtualService(identity: web, persistenceEngine: "sip")),
            (
                "-u 10.0.0.1:80 -o",
                VirtualService(identity: .address(.udp, v4(10, 0, 0, 1), port: 80), flags: .onePacket)
            ),
            ("-f 5 -o", VirtualService(identity: .firewallMark(5, .ipv4), flags: .onePacket)),
            // Persistence: 360 seconds if it is not said, and port 0 is legal then.
            ("-t 10.0.0.1:80 -p", VirtualService(identity: web, flags: .persistent, persistenceTimeout: 360)),
            (
                "-t 10.0.0.1:80 -p 2678400",
                VirtualService(identity: web, flags: .persistent, persistenceTimeout: 2_678_400)
            ),
            ("-t 10.0.0.1:80 -p=1", VirtualService(identity: web, flags: .persistent, persistenceTimeout: 1)),
            (
                "-t 10.0.0.1 -p",
                VirtualService(
                    identity: .address(.tcp, v4(10, 0, 0, 1), port: 0), flags: .persistent, persistenceTimeout: 360)
            ),
            (
                "-t 10.0.0.1:80 -p 60 -M 255.255.255.0",
                VirtualService(
                    identity: web, flags: .persistent, persistenceTimeout: 60, persistenceMask: .init(0xffff_ff00))
            ),
            // Any mask that inet_aton takes; nobody asks for contiguous bits.
            (
                "-t 10.0.0.1:80 -p 60 -M 255.0.255.1",
                VirtualService(
                    identity: web, flags: .persistent, persistenceTimeout: 60, persistenceMask: .init(0xff00_ff01))
            ),
            (
                "-t 10.0.0.1:80 -p 60 -M 0xffffff00",
                VirtualService(
                    identity: web, flags: .persistent, persistenceTimeout: 60, persistenceMask: .init(0xffff_ff00))
            ),
            (
                "-t [2001:db8::1]:80 -p 60 -M 64",
                VirtualService(identity: webOn6, flags: .persistent, persistenceTimeout: 60, persistenceMask: .init(64))
            ),
            (
                "-f 5 -6 -p 60 -M 64",
                VirtualService(
                    identity: .firewallMark(5, .ipv6), flags: .persistent, persistenceTimeout: 60,
                    persistenceMask: .init(64))
            ),
            // Scheduler flags by number and by the scheduler's own names; empty items are skipped.
            ("-t 10.0.0.1:80 -b flag-1,flag-3", VirtualService(identity: web, flags: [.scheduler1, .scheduler3])),
            (
                "-t 10.0.0.1:80 -s sh -b sh-fallback,sh-port",
                VirtualService(identity: web, scheduler: "sh", flags: [.scheduler1, .scheduler2])
            ),
            (
                "-t 10.0.0.1:80 -s mh -b mh-port,flag-1",
                VirtualService(identity: web, scheduler: "mh", flags: [.scheduler1, .scheduler2])
            ),
            ("-t 10.0.0.1:80 -b sh-port -s sh", VirtualService(identity: web, scheduler: "sh", flags: .scheduler2)),
            ("-t 10.0.0.1:80 -b ,", VirtualService(identity: web)),
            ("-t 10.0.0.1:80 -b ,,flag-2,", VirtualService(identity: web, flags: .scheduler2)),
        ])
    func services(line: String, expected: VirtualService) throws {
        #expect(parse("-A \(line)").command == .addService(expected))
        guard case .editService(let edited, let edit) = parse("--edit-service \(line)").command else {
            Issue.record("-E \(line) is refused")
            return
        }
        #expect(edited == expected)
        #expect(!edit.isPatch)
        #expect(edit.given.contains(.service))
    }

    @Test("An empty scheduler is the default, an empty engine none")
    func emptyNames() {
        #expect(
            parse(words: ["-A", "-t", "10.0.0.1:80", "-s", "", "--pe", ""]).command
                == .addService(VirtualService(identity: Self.web)))
    }

    // MARK: Real servers

    @Test(
        "A real server, and what is not said of it",
        arguments: [
            ("-r 10.0.0.2:80", RealServer(endpoint: endpoint(v4(10, 0, 0, 2), 80), forwarding: .direct, weight: 1)),
            ("-r 10.0.0.2", RealServer(endpoint: endpoint(v4(10, 0, 0, 2), 80))),
            (
                "-r web.example.com:http-alt -m",
                RealServer(endpoint: endpoint(v4(10, 0, 0, 2), 8080), forwarding: .masquerade)
            ),
            ("-r 10.0.0.2 -g -w 0", RealServer(endpoint: endpoint(v4(10, 0, 0, 2), 80), weight: 0)),
            ("-r 10.0.0.2 -w 2147483647", RealServer(endpoint: endpoint(v4(10, 0, 0, 2), 80), weight: .max)),
            ("-r 10.0.0.2 -w 010", RealServer(endpoint: endpoint(v4(10, 0, 0, 2), 80), weight: 10)),
            (
                "-r 10.0.0.2:8080 -m -x 500 -y 2147483647",
                RealServer(
                    endpoint: endpoint(v4(10, 0, 0, 2), 8080), forwarding: .masquerade, upperThreshold: 500,
                    lowerThreshold: 2_147_483_647)
            ),
            ("-r 10.0.0.2 -i", RealServer(endpoint: endpoint(v4(10, 0, 0, 2), 80), forwarding: .tunnel)),
            (
                "-r 10.0.0.2 -i --tun-type ipip",
                RealServer(endpoint: endpoint(v4(10, 0, 0, 2), 80), forwarding: .tunnel)
            ),
            // Only tunnels may mix the families.
            ("-r 2001:db8::2 -i", RealServer(endpoint: endpoint(v6(2), 80), forwarding: .tunnel)),
            (
                "-r 10.0.0.2 -i --tun-type gue --tun-port 6080",
                RealServer(
                    endpoint: endpoint(v4(10, 0, 0, 2), 80), forwarding: .tunnel, tunnel: Tunnel(type: .gue, port: 6080)
                )
            ),
            (
                "-r 10.0.0.2 -i --tun-type gue --tun-port 6080 --tun-nocsum",
                RealServer(
                    endpoint: endpoint(v4(10, 0, 0, 2), 80), forwarding: .tunnel, tunnel: Tunnel(type: .gue, port: 6080)
                )
            ),
            (
                "-r 10.0.0.2 --tun-remcsum --tun-port 65535 --tun-type gue -i",
                RealServer(
                    endpoint: endpoint(v4(10, 0, 0, 2), 80), forwarding: .tunnel,
                    tunnel: Tunnel(type: .gue, port: 65535, checksum: .remote))
            ),
            (
                "-r 10.0.0.2 -i --tun-type gre --tun-csum",
                RealServer(
                    endpoint: endpoint(v4(10, 0, 0, 2), 80), forwarding: .tunnel,
                    tunnel: Tunnel(type: .gre, checksum: .checksum))
            ),
        ])
    func servers(line: String, expected: RealServer) {
        #expect(parse("-a -t 10.0.0.1:80 \(line)").command == .addServer(expected, Self.web))
        guard
            case .editServer(let edited, let identity, let edit) = parse("--edit-server -t 10.0.0.1:80 \(line)").command
        else {
            Issue.record("-e \(line) is refused")
            return
        }
        #expect(edited == expected)
        #expect(identity == Self.web)
        #expect(!edit.isPatch && edit.wait == nil)
    }

    @Test(
        "Direct routing and tunnels keep the service's port, and the port that gave way is told",
        arguments: [
            // Words; the server's port; the port that gave way.
            ("-t 10.0.0.1:80 -r 10.0.0.2:8080", 80, 8080),
            ("-t 10.0.0.1:80 -r 10.0.0.2:8080 -g", 80, 8080),
            ("-t 10.0.0.1:80 -r 10.0.0.2:8080 -i", 80, 8080),
            ("-t 10.0.0.1:80 -r 10.0.0.2:0 -g", 80, 0),
            ("-t 10.0.0.1:80 -r 10.0.0.2:80 -g", 80, nil),
            ("-t 10.0.0.1:80 -r 10.0.0.2 -g", 80, nil),
            ("-t 10.0.0.1:80 -r 10.0.0.2:8080 -m", 8080, nil),
            ("-t 10.0.0.1:80 -r 10.0.0.2:0 -m", 0, nil),
            // A mark has no port to keep.
            ("-f 5 -r 10.0.0.2:8080 -g", 8080, nil),
            ("-f 5 -r 10.0.0.2", 0, nil),
            // What stands before the service cannot know its port, nor names of its protocol.
            ("-r 10.0.0.2 -t 10.0.0.1:80 -m", 0, nil),
            ("-r 10.0.0.2 -t 10.0.0.1:80 -g", 80, nil),
            ("-r 10.0.0.2:8080 -t 10.0.0.1:80 -m", 8080, nil),
        ] as [(String, UInt16, UInt16?)])
    func ports(line: String, port: UInt16, overridden: UInt16?) {
        for verb in ["-a", "-e"] {
            let outcome = parse("\(verb) \(line)")
            switch outcome.command {
            case .addServer(let server, _), .editServer(let server, _, _): #expect(server.endpoint.port == port)
            default: Issue.record("\(verb) \(line): \(outcome)")
            }
            #expect(outcome.overriddenPort == overridden)
        }
    }

    @Test("A service name in -r needs the service before it")
    func namesBeforeTheService() {
        #expect(parse("-a -t 10.0.0.1:80 -r 10.0.0.2:http-alt -m").command != nil)
        #expect(
            parse("-a -r 10.0.0.2:http-alt -t 10.0.0.1:80 -m")
                == .refused("illegal real server address[:port] specified", status: 2))
    }

    /// Removing says nothing of a method, so the port is the one that was given.
    @Test("-d keeps the port it was given")
    func portOfRemoval() {
        for (line, port) in [("-r 10.0.0.2:8080", 8080), ("-r 10.0.0.2", 80)] as [(String, UInt16)] {
            #expect(
                parse("-d -t 10.0.0.1:80 \(line)").command
                    == .deleteServer(Self.endpoint(v4(10, 0, 0, 2), port), Self.web, wait: nil))
        }
    }

    // MARK: The order of options

    @Test(
        "A mask is judged by the family that the words before it made known",
        arguments: [
            ("-t [2001:db8::1]:80 -M 64 -p", 64),
            // The C program's: before the service it is an IPv4 mask, and then forgotten.
            ("-M 64 -p -t [2001:db8::1]:80", 128),
            ("-f 5 -M 64 -p -6", 128),
            ("-f 5 -6 -M 64 -p", 64),
            // As atoi reads it.
            ("-t [2001:db8::1]:80 -M 64x -p", 64),
            ("-M 255.255.255.0 -p -t 10.0.0.1:80", 0xffff_ff00),
        ] as [(String, UInt32)])
    func masks(line: String, value: UInt32) {
        guard case .addService(let service) = parse("-A \(line)").command else {
            Issue.record("\(line): \(parse("-A \(line)"))")
            return
        }
        #expect(service.persistenceMask.value == value)
    }

    // MARK: Daemons

    @Test(
        "Daemons, and what is not said of them",
        arguments: [
            ("master", SyncDaemon(role: .master, interface: "eth0")),
            ("backup", SyncDaemon(role: .backup, interface: "eth0")),
            (
                "master --mcast-interface abcdefghijklmnopq --syncid 255 --sync-maxlen 65507 --mcast-port 65535 --mcast-ttl 255",
                SyncDaemon(
                    role: .master, interface: "abcdefghijklmno", syncID: 255, maximumLength: 65507, port: 65535,
                    timeToLive: 255)
            ),
            ("master --mcast-group 224.0.0.81", SyncDaemon(role: .master, interface: "eth0", group: v4(224, 0, 0, 81))),
            (
                "backup --mcast-group ff02::81",
                SyncDaemon(
                    role: .backup, interface: "eth0",
                    group: .v6(IPv6Address(high: 0xff02_0000_0000_0000, low: 0x81)))
            ),
        ])
    func daemons(line: String, expected: SyncDaemon) {
        #expect(parse("--start-daemon \(line)").command == .startDaemon(expected))
        #expect(parse("--start-daemon=\(line)").command == .startDaemon(expected))
    }

    @Test("Stopping names the role")
    func stopping() {
        guard case .stopDaemon(let daemon) = parse("--stop-daemon backup --syncid 5").command else {
            Issue.record("refused")
            return
        }
        #expect(daemon.role == .backup)
    }

    // MARK: Listings

    @Test(
        "Listings, by what they show",
        arguments: [
            ("-L", Command.Listing(subject: .table(nil))),
            ("-Ln", .init(subject: .table(nil), options: .init(.numeric))),
            ("-l -n --stats --exact", .init(subject: .table(nil), options: .init(.numeric, .statistics, .exact))),
            ("-L -X --rate", .init(subject: .table(nil), options: .init(.exact, .rate))),
            ("-L --sort --sort", .init(subject: .table(nil))),
            ("-L --nosort", .init(subject: .table(nil), options: .init(.noSort))),
            ("-L --syncid 5", .init(subject: .table(nil), options: .init(.syncID))),
            ("-L -t 10.0.0.1:80", .init(subject: .table(web), options: .init(.service))),
            ("-L -f 5 -6", .init(subject: .table(.firewallMark(5, .ipv6)), options: .init(.service))),
            ("-Lcn", .init(subject: .connections(nil, server: nil), options: .init(.connection, .numeric))),
            (
                "-L -c --persistent-conn --nosort --exact --tun-info",
                .init(
                    subject: .connections(nil, server: nil),
                    options: .init(.connection, .persistentConnections, .noSort, .exact, .tunnelInformation))
            ),
            ("-L --timeout", .init(subject: .timeouts, options: .init(.timeout))),
            ("-L --daemon", .init(subject: .daemons, options: .init(.daemon))),
        ])
    func listings(line: String, expected: Command.Listing) {
        #expect(parse(line).command == .list(expected))
    }
}
