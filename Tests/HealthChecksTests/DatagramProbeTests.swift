import Addresses
import Glibc
import HealthChecks
import HealthPolicy
import KeepalivedConfig
import NetworkTestSupport
import Reactor
import Testing
import VRRPProtocol

/// TCP_CHECK, UDP_CHECK, DNS_CHECK and PING_CHECK against real sockets. What is expected of each answer was watched with
/// keepalived 2.2.7 where it does not say otherwise.
@Suite(.enabled(if: canMakeNetworks), .serialized)
struct DatagramProbeTests {
    static let limit = Duration.milliseconds(200)
    static let silence = CheckResult.failed("did not answer within 0.2 s")

    // MARK: TCP

    @Test func aListenerIsWell() throws {
        try onLoopback { loop in
            let listener = try LocalServer(port: 80)
            let probe = TCPProbe(along: path("10.9.0.1", 80), within: Self.limit, in: loop.loop)
            for _ in 0..<3 { #expect(loop.attempt(probe).result == .passed) }
            let accepted = try #require(listener.accept())
            // Closed by FIN, not reset.
            var room: [UInt8] = [0]
            #expect(recv(accepted.descriptor, &room, 1, 0) == 0)
            close(accepted.descriptor)
        }
    }

    @Test func nobodyListening() throws {
        try onLoopback { loop in
            let probe = TCPProbe(along: path("10.9.0.1", 80), within: Self.limit, in: loop.loop)
            #expect(loop.attempt(probe).result == .failed("refused the connection"))
        }
    }

    // MARK: UDP

    private func udpResult(
        _ change: (inout UDPCheck) -> Void = { _ in }, answers: [[UInt8]]
    ) throws -> (result: CheckResult?, time: Duration, sent: [UInt8]) {
        var check = UDPCheck()
        change(&check)
        let made = check
        nonisolated(unsafe) var outcome: (CheckResult?, Duration, [UInt8]) = (nil, .zero, [])
        try onLoopback { loop in
            let server = try LocalServer(SOCK_DGRAM, port: 1000)
            var sent: [UInt8] = []
            try loop.loop.watch(server.descriptor) {
                guard let (bytes, answer) = server.receive() else { return }
                sent = bytes
                for bytes in answers { answer(bytes) }
            }
            let probe = UDPProbe(made, along: path("10.9.0.1", 1000), within: Self.limit, in: loop.loop)
            let (result, time) = loop.attempt(probe)
            outcome = (result, time, sent)
        }
        return outcome
    }

    @Test func silenceIsSuccessWhereNoReplyIsRequired() throws {
        let (result, time, sent) = try udpResult(answers: [])
        #expect(result == .passed)
        #expect(time >= Self.limit)
        #expect(String(decoding: sent, as: UTF8.self) == "keepalived check - keepalived ch")
    }

    @Test func anyReplyIsWelcomeAndEndsTheWaiting() throws {
        let (result, time, _) = try udpResult(
            { $0.maximumReplyLength = Setting(2, .file(SourceSpan(file: 0, line: 1, column: 1, length: 1))) },
            answers: [[1, 2, 3]])
        #expect(result == .passed)
        #expect(time < Self.limit)
    }

    @Test func thePayloadIsSentAsItIs() throws {
        let (_, _, sent) = try udpResult(
            { $0.payload.value = .init(bytes: [0xab, 0x12, 0x0f], masks: [0xff, 0xff, 0xff]) }, answers: [[1]])
        #expect(sent == [0xab, 0x12, 0x0f])
    }

    @Test func aClosedPortIsHeardOfAtOnce() throws {
        try onLoopback { loop in
            let probe = UDPProbe(UDPCheck(), along: path("10.9.0.1", 1000), within: Self.limit, in: loop.loop)
            let (result, time) = loop.attempt(probe)
            #expect(result == .failed("has nobody on that port"))
            #expect(time < Self.limit)
        }
    }

    @Test(
        arguments: [
            // Required, but nothing in particular.
            (nil, [], silence),
            (nil, [[]], .passed),
            (nil, [[7]], .passed),
            (nil, [[UInt8](repeating: 1, count: 300)], .passed),
            // As far as both reach; the first reply decides.
            ([0x01, nil, 0x03], [[1, 0xaa, 3]], .passed),
            ([0x01, nil, 0x03], [[1]], .passed),
            ([0x01, nil, 0x03], [[]], .passed),
            ([0x01, nil, 0x03], [[1, 0xaa, 3, 0x77]], .passed),
            ([0x01, nil, 0x03], [[1, 0xaa, 4]], .failed("replied with something else than required, from byte 3 on")),
            ([0x01], [[2], [1]], .failed("replied with something else than required, from byte 1 on")),
            // 255 at most, unless it is written otherwise.
            ([0x01], [[UInt8](repeating: 1, count: 300)], .failed("replied with 300 bytes, more than 255")),
        ] as [([UInt8?]?, [[UInt8]], CheckResult)])
    func aRequiredReplyIsJudged(_ pattern: [UInt8?]?, _ answers: [[UInt8]], _ expected: CheckResult) throws {
        let (result, _, _) = try udpResult(
            {
                let pattern = pattern ?? []
                $0.reply.value = .init(bytes: pattern.map { $0 ?? 0 }, masks: pattern.map { $0 == nil ? 0 : 0xff })
            }, answers: answers)
        #expect(result == expected)
    }

    /// keepalived overlooks them without a pattern, against its manual.
    @Test func writtenLengthsCountWithoutAPatternToo() throws {
        let short = try udpResult(
            {
                $0.reply.value = .init()
                $0.minimumReplyLength = Setting(5, .file(SourceSpan(file: 0, line: 1, column: 1, length: 1)))
            }, answers: [[1, 2, 3]])
        #expect(short.result == .failed("replied with 3 bytes, fewer than 5"))
        let long = try udpResult(
            {
                $0.reply.value = .init()
                $0.maximumReplyLength = Setting(2, .file(SourceSpan(file: 0, line: 1, column: 1, length: 1)))
            }, answers: [[1, 2, 3]])
        #expect(long.result == .failed("replied with 3 bytes, more than 2"))
    }

    // MARK: DNS

    private func dnsResult(_ answers: @escaping @Sendable ([UInt8]) -> [[UInt8]]) throws -> CheckResult? {
        nonisolated(unsafe) var outcome: CheckResult?
        try onLoopback { loop in
            let server = try LocalServer(SOCK_DGRAM, port: 53)
            try loop.loop.watch(server.descriptor) {
                guard let (query, answer) = server.receive() else { return }
                for bytes in answers(query) { answer(bytes) }
            }
            let probe = DNSProbe(DNSCheck(), along: path("10.9.0.1", 53), within: Self.limit, in: loop.loop)
            outcome = loop.attempt(probe).result
        }
        return outcome
    }

    /// The query as a response, with its header changed.
    private static func response(_ query: [UInt8], flags: UInt16 = 0x8180, wrong: Bool = false) -> [UInt8] {
        var octets = query
        if wrong { octets[0] ^= 0xff }
        (octets[2], octets[3]) = (UInt8(flags >> 8), UInt8(flags & 0xff))
        return octets
    }

    @Test func aNameServerThatAnswersIsWell() throws {
        #expect(try dnsResult { [Self.response($0)] } == .passed)
        // Cut short, of another opcode, without the question, for another name.
        #expect(try dnsResult { [Self.response($0, flags: 0x8380)] } == .passed)
        #expect(try dnsResult { [Self.response($0, flags: 0x9180)] } == .passed)
        #expect(try dnsResult { [Array(Self.response($0).prefix(12))] } == .passed)
        #expect(try dnsResult { [Self.response($0) + [5, 0x6f, 0x74, 0x68, 0x65, 0x72, 0]] } == .passed)
        #expect(try dnsResult { [Self.response($0) + [UInt8](repeating: 7, count: 1200)] } == .passed)
    }

    @Test(
        arguments: [(1, "FORMERR"), (2, "SERVFAIL"), (3, "NXDOMAIN"), (5, "REFUSED"), (15, "RCODE 15")]
            as [(UInt16, String)])
    func anErrorIsAFailure(_ code: UInt16, _ name: String) throws {
        #expect(try dnsResult { [Self.response($0, flags: 0x8180 | code)] } == .failed("answered with \(name)"))
    }

    @Test func whatIsNoAnswerToTheQuestionIsPassedOver() throws {
        #expect(try dnsResult { [Self.response($0, wrong: true)] } == Self.silence)
        #expect(try dnsResult { [$0] } == Self.silence)
        #expect(try dnsResult { [Array(Self.response($0).prefix(11))] } == Self.silence)
        #expect(try dnsResult { _ in [[]] } == Self.silence)
        #expect(try dnsResult { _ in [] } == Self.silence)
        #expect(try dnsResult { [Self.response($0, wrong: true), $0, [], [1, 2], Self.response($0)] } == .passed)
    }

    @Test func aClosedPortIsNoNameServer() throws {
        try onLoopback { loop in
            let probe = DNSProbe(DNSCheck(), along: path("10.9.0.1", 53), within: Self.limit, in: loop.loop)
            #expect(loop.attempt(probe).result == .failed("has nobody on that port"))
        }
    }

    // MARK: What routers say

    @Test(arguments: ["TCP", "UDP", "DNS", "PING"])
    func anUnreachableHostIsHeardOfWhenARouterSaysSo(_ kind: String) throws {
        try behindARouter { loop in
            let server = path("10.77.0.1", 53)
            let probe: any Probe =
                switch kind {
                case "TCP": TCPProbe(along: server, within: .seconds(8), in: loop.loop)
                case "UDP": UDPProbe(UDPCheck(), along: server, within: .seconds(8), in: loop.loop)
                case "DNS": DNSProbe(DNSCheck(), along: server, within: .seconds(8), in: loop.loop)
                default: PingProbe(along: path("10.77.0.1", 0), within: .seconds(8), in: loop.loop)
                }
            let (result, time) = loop.attempt(probe)
            #expect(result == .failed("is not reachable: no route to host"))
            #expect(time < .seconds(5))
        }
    }

    /// 10.9.0.1 here, and behind 10.9.0.2, in another network, nothing of 10.77.0.0/16.
    private func behindARouter(_ body: @escaping @Sendable (TestLoop) throws -> Void) throws {
        try inOwnNetwork {
            let router = try shell(
                """
                ip addr add 10.9.0.1/24 dev w0
                ip route add 10.77.0.0/16 via 10.9.0.2
                sysctl -qw net.ipv4.ping_group_range='0 2147483647'
                unshare -n sleep 30 >/dev/null 2>&1 </dev/null &
                until [ "$(readlink /proc/$!/ns/net)" != "$(readlink /proc/thread-self/ns/net)" ]; do sleep 0.01; done
                ip link set w1 netns $!
                nsenter -t $! -n sh -c '
                    ip addr add 10.9.0.2/24 dev w1; ip link set w1 up
                    sysctl -qw net.ipv4.ip_forward=1; ip route add unreachable 10.77.0.0/16'
                echo $!
                """)
            defer { _ = try? shell("kill \(router)") }
            try body(try TestLoop())
        }
    }

    // MARK: Ping

    /// With the kernel's sockets for echoes, and without a right to them.
    @Test(arguments: ["0 2147483647", "1 0"], ["10.9.0.1", "fd00::1"])
    func anEchoComesBack(_ range: String, _ host: String) throws {
        try onLoopback { loop in
            try shell("sysctl -qw net.ipv4.ping_group_range='\(range)'")
            let probe = PingProbe(along: path(host, 0), within: Self.limit, in: loop.loop)
            for _ in 0..<3 { #expect(loop.attempt(probe).result == .passed) }
        }
    }

    @Test(arguments: ["0 2147483647", "1 0"])
    func noEchoComesBack(_ range: String) throws {
        try onLoopback { loop in
            try shell("sysctl -qw net.ipv4.ping_group_range='\(range)' net.ipv4.icmp_echo_ignore_all=1")
            let probe = PingProbe(along: path("10.9.0.1", 0), within: Self.limit, in: loop.loop)
            let (result, time) = loop.attempt(probe)
            #expect(result == Self.silence)
            #expect(time >= Self.limit)
        }
    }

    /// Many at once, through both kinds of sockets, two of them to a host that is silent.
    @Test(arguments: ["0 2147483647", "1 0"])
    func manyAtOnceDoNotTakeEachOthersReplies(_ range: String) throws {
        try onLoopback { loop in
            try shell(
                """
                sysctl -qw net.ipv4.ping_group_range='\(range)'
                for i in 2 4 5; do ip addr add 10.9.0.$i/24 dev w0; done
                ip neigh add 10.9.0.3 lladdr 02:00:00:00:00:03 dev w0
                """)
            var results: [String: CheckResult] = [:]
            var probes: [PingProbe] = []
            for host in 1...5 {
                for turn in 0..<20 {
                    let probe = PingProbe(along: path("10.9.0.\(host)", 0), within: .seconds(1), in: loop.loop)
                    probe.attempt(step: 0) { results["\(host).\(turn)"] = $0 }
                    probes.append(probe)
                }
            }
            loop.run { results.count == 100 }
            #expect(results.count == 100)
            for (name, result) in results { #expect(result.isSuccess == !name.hasPrefix("3."), "\(name)") }
        }
    }

    @Test func anotherHostsReplyIsNone() throws {
        try onLoopback { loop in
            try shell(
                """
                sysctl -qw net.ipv4.ping_group_range='0 2147483647' net.ipv4.icmp_echo_ignore_all=1
                ip addr add 10.9.0.2/24 dev w0
                """)
            // Answers for 10.9.0.1 with the right numbers from 10.9.0.2.
            let forger = socket(AF_INET, Int32(SOCK_RAW.rawValue | SOCK_NONBLOCK.rawValue), Int32(IPPROTO_ICMP))
            defer { close(forger) }
            var source = sockaddr_in()
            source.sin_family = sa_family_t(AF_INET)
            source.sin_addr.s_addr = UInt32(0x0a09_0002).bigEndian
            let listener = socket(AF_INET, Int32(SOCK_RAW.rawValue | SOCK_NONBLOCK.rawValue), Int32(IPPROTO_ICMP))
            defer { close(listener) }
            withUnsafePointer(to: &source) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = bind(forger, $0, 16) }
            }
            var forged = 0
            try loop.loop.watch(listener) {
                var packet = [UInt8](repeating: 0, count: 256)
                let count = recv(listener, &packet, packet.count, 0)
                guard count > 28, packet[20] == 8 else { return }
                var reply = Array(packet[20..<count])
                // Type 0 instead of 8: the sum grows by 0x0800.
                let sum = UInt32(reply[2]) << 8 + UInt32(reply[3]) + 0x0800
                let folded = (sum & 0xffff) + sum >> 16
                reply[0] = 0
                (reply[2], reply[3]) = (UInt8(folded >> 8), UInt8(folded & 0xff))
                var target = sockaddr_in()
                target.sin_family = sa_family_t(AF_INET)
                target.sin_addr.s_addr = UInt32(0x0a09_0001).bigEndian
                withUnsafePointer(to: &target) {
                    $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                        if sendto(forger, reply, reply.count, 0, $0, 16) == reply.count { forged += 1 }
                    }
                }
            }
            let probe = PingProbe(along: path("10.9.0.1", 0), within: Self.limit, in: loop.loop)
            #expect(loop.attempt(probe).result == Self.silence)
            #expect(forged == 1)
        }
    }

    /// Runs with 10.9.0.1 and fd00::1 on w0.
    private func onLoopback(_ body: @escaping @Sendable (TestLoop) throws -> Void) throws {
        try inOwnNetwork {
            try haveOwnAddresses()
            try body(try TestLoop())
        }
    }
}
