import Addresses
import Glibc
import HealthChecks
import HealthPolicy
import KeepalivedConfig
import NetworkTestSupport
import Reactor
import Testing
import VRRPProtocol

/// Connections by their ends, each in a network of its own: w0 here, w1 across the wire in the same namespace.
@Suite(.enabled(if: canMakeNetworks), .serialized)
struct ConnectionTests {
    @Test(arguments: ["10.9.0.1", "fd00::1"])
    func connectsWhereSomebodyListens(to server: String) throws {
        try inOwnNetwork {
            try haveOwnAddresses()
            let listener = try LocalServer(port: 80)
            let loop = try TestLoop()
            let connection = Connection(along: path(server, 80), in: loop.loop)
            #expect(loop.connect(connection).failure == nil)
            #expect(connection.isOpen)
            let accepted = try #require(listener.accept())
            close(accepted.descriptor)
        }
    }

    @Test(arguments: ["10.9.0.1", "fd00::1"])
    func isRefused(by server: String) throws {
        try inOwnNetwork {
            try haveOwnAddresses()
            let loop = try TestLoop()
            let connection = Connection(along: path(server, 80), in: loop.loop)
            #expect(loop.connect(connection).failure == .refused)
            #expect(!connection.isOpen)
        }
    }

    @Test func waitsNoLongerThanItShouldForWhatIsDropped() throws {
        try inOwnNetwork {
            // Nobody answers ARP for .2 on a wire whose other end is deaf.
            try shell(
                "ip addr add 10.9.0.1/24 dev w0; ip neigh add 10.9.0.2 lladdr 02:00:00:00:00:02 dev w0")
            let loop = try TestLoop()
            let connection = Connection(along: path("10.9.0.2", 80), in: loop.loop)
            let (failure, time) = loop.connect(connection, within: .milliseconds(300))
            #expect(failure == .noAnswer(within: .milliseconds(300)))
            #expect(failure?.phrase == "did not answer within 0.3 s")
            #expect(time >= .milliseconds(300) && time < .milliseconds(400), "\(time)")
            #expect(!connection.isOpen)
        }
    }

    @Test(
        arguments: [
            ("unreachable", EHOSTUNREACH), ("blackhole", EINVAL), ("prohibit", EACCES),
        ])
    func hearsOfRoutesThatLeadNowhere(_ type: String, _ code: Int32) throws {
        try inOwnNetwork {
            try shell("ip route add \(type) 10.8.0.0/24")
            let loop = try TestLoop()
            let connection = Connection(along: path("10.8.0.1", 80), in: loop.loop)
            let failure = loop.connect(connection).failure
            #expect(failure == .unreachable(code))
            #expect(failure?.result.isSuccess == false)
        }
    }

    @Test func hearsThatThereIsNoRouteAtAll() throws {
        try inOwnNetwork {
            let loop = try TestLoop()
            #expect(
                loop.connect(Connection(along: path("10.8.0.1", 80), in: loop.loop)).failure
                    == .unreachable(ENETUNREACH))
            #expect(
                loop.connect(Connection(along: path("fd01::1", 80), in: loop.loop)).failure == .unreachable(ENETUNREACH)
            )
        }
    }

    @Test func comesFromTheAddressAndPortItIsToldTo() throws {
        try inOwnNetwork {
            try shell("ip addr add 10.9.0.1/24 dev w0; ip addr add 10.9.0.7/24 dev w0")
            let listener = try LocalServer(port: 80)
            let loop = try TestLoop()
            let bound = path("10.9.0.1", 80) {
                $0.sourceAddress.value = address("10.9.0.7")
                $0.sourcePort.value = 7777
            }
            let connection = Connection(along: bound, in: loop.loop)
            #expect(loop.connect(connection).failure == nil)
            let accepted = try #require(listener.accept())
            #expect(accepted.peer == address("10.9.0.7"))
            #expect(accepted.port == 7777)
            close(accepted.descriptor)
        }
    }

    @Test func saysThatTheSourceIsNotHereWithoutBlamingTheServer() throws {
        try inOwnNetwork {
            try shell("ip addr add 10.9.0.1/24 dev w0")
            let loop = try TestLoop()
            let bound = path("10.9.0.1", 80) { $0.sourceAddress.value = address("10.9.0.7") }
            let failure = loop.connect(Connection(along: bound, in: loop.loop)).failure
            #expect(failure == .impossible(operation: "bindto", EADDRNOTAVAIL))
            guard case .undecided? = failure?.result else {
                Issue.record("a missing address of this host counts against the server")
                return
            }
        }
    }

    @Test func saysThatTheInterfaceIsNotHere() throws {
        try inOwnNetwork {
            let loop = try TestLoop()
            let bound = path("10.9.0.1", 80) { $0.sourceInterface.value = "nosuch" }
            let failure = loop.connect(Connection(along: bound, in: loop.loop)).failure
            #expect(failure == .impossible(operation: "bind_if nosuch", ENODEV))
        }
    }

    @Test func reachesLinkLocalAddressesThroughTheirInterface() throws {
        try inOwnNetwork {
            try shell(
                """
                ip addr add fe80::1/64 dev w0 nodad; ip addr add fe80::2/64 dev w2 nodad
                until [ $(ip -6 route show table local | grep -c '^local fe80::[12] dev') = 2 ]; do sleep 0.01; done
                """)
            let listener = try LocalServer(port: 80)
            let loop = try TestLoop()
            #expect(loop.connect(Connection(along: path("fe80::1", 80), in: loop.loop)).failure == .unreachable(EINVAL))
            let through = path("fe80::1", 80) { $0.sourceInterface.value = "w0" }
            #expect(loop.connect(Connection(along: through, in: loop.loop)).failure == nil)
            let accepted = try #require(listener.accept())
            close(accepted.descriptor)
        }
    }

    @Test func isSeenByRoutingRulesUnderItsMark() throws {
        try inOwnNetwork {
            try shell(
                """
                ip addr add 10.9.0.1/24 dev w0
                ip rule add fwmark 5 lookup 100 pref 10
                ip route add unreachable default table 100
                ip rule add lookup local pref 20
                ip rule del pref 0
                """)
            let listener = try LocalServer(port: 80)
            let loop = try TestLoop()
            #expect(loop.connect(Connection(along: path("10.9.0.1", 80), in: loop.loop)).failure == nil)
            let marked = path("10.9.0.1", 80) { $0.mark.value = 5 }
            #expect(loop.connect(Connection(along: marked, in: loop.loop)).failure == .unreachable(EHOSTUNREACH))
            _ = listener
        }
    }

    @Test func takesTheChecksOwnAddressAndPort() throws {
        try inOwnNetwork {
            try shell("ip addr add 10.9.0.1/24 dev w0")
            let listener = try LocalServer(port: 81)
            let loop = try TestLoop()
            let other = path("10.77.0.1", 80) {
                $0.address.value = address("10.9.0.1")
                $0.port.value = 81
            }
            #expect(loop.connect(Connection(along: other, in: loop.loop)).failure == nil)
            _ = listener
        }
    }

    @Test func isNotTheServersFaultThatNoDescriptorIsLeft() {
        for (operation, code) in [("socket", EMFILE), ("socket", ENFILE), ("connect", ENOBUFS), ("bindto", EADDRINUSE)]
        {
            let failure = ConnectionFailure.impossible(operation: operation, code)
            #expect(failure.result == .undecided(failure.phrase))
        }
        #expect(
            ConnectionFailure.impossible(operation: "socket", EMFILE).phrase
                == "cannot be checked: this process has no descriptor left (socket)")
    }

    @Test func saysThatNoPortIsLeftOnThisHost() throws {
        try inOwnNetwork {
            try shell("ip addr add 10.9.0.1/24 dev w0; sysctl -qw net.ipv4.ip_local_port_range='40000 40001'")
            let listener = try LocalServer(port: 80)
            let loop = try TestLoop()
            let held = (0..<2).map { _ in Connection(along: path("10.9.0.1", 80), in: loop.loop) }
            for connection in held { #expect(loop.connect(connection).failure == nil) }
            let failure = loop.connect(Connection(along: path("10.9.0.1", 80), in: loop.loop)).failure
            #expect(failure == .impossible(operation: "connect", EADDRNOTAVAIL))
            _ = (listener, held)
        }
    }

    @Test func doesNotTakeItselfForTheServer() throws {
        try inOwnNetwork {
            // The kernel has only the port to connect from that is connected to.
            try shell("ip addr add 10.9.0.1/24 dev w0; sysctl -qw net.ipv4.ip_local_port_range='40000 40000'")
            let loop = try TestLoop()
            #expect(loop.connect(Connection(along: path("10.9.0.1", 40000), in: loop.loop)).failure == .refused)
        }
    }

    @Test func isOpenedAndClosedAgainAndAgainWithoutLosingDescriptors() throws {
        try inOwnNetwork {
            try shell("ip addr add 10.9.0.1/24 dev w0")
            let listener = try LocalServer(port: 80)
            let loop = try TestLoop()
            let connection = Connection(along: path("10.9.0.1", 80), in: loop.loop)
            var numbers: Set<Int32> = []
            for _ in 0..<50 {
                #expect(loop.connect(connection).failure == nil)
                numbers.insert(connection.descriptor)
                connection.close()
                if let accepted = listener.accept() { close(accepted.descriptor) }
            }
            #expect(numbers.count < 10)
        }
    }

    @Test func tellsNothingAfterItWasClosedOrReleased() throws {
        try inOwnNetwork {
            try shell("ip addr add 10.9.0.1/24 dev w0")
            let loop = try TestLoop()
            var told = 0
            let closed = Connection(along: path("10.9.0.1", 80), in: loop.loop)
            closed.connect(within: .milliseconds(10)) { _ in told += 1 }
            closed.close()
            var released: Connection? = Connection(along: path("10.9.0.1", 80), in: loop.loop)
            released?.connect(within: .milliseconds(10)) { _ in told += 1 }
            released = nil
            let impossible = Connection(
                along: path("10.9.0.1", 80) { $0.sourceInterface.value = "nosuch" }, in: loop.loop)
            impossible.connect(within: .milliseconds(10)) { _ in told += 1 }
            impossible.close()
            var isOver = false
            let end = loop.loop.timer { _ in isOver = true }
            end.set(loop.loop.now + .milliseconds(50))
            loop.run { isOver }
            #expect(told == 0)
        }
    }

    @Test func readsAndWritesInPieces() throws {
        try inOwnNetwork {
            try shell("ip addr add 10.9.0.1/24 dev w0")
            let listener = try LocalServer(port: 80)
            let loop = try TestLoop()
            let connection = Connection(along: path("10.9.0.1", 80), in: loop.loop)
            #expect(loop.connect(connection).failure == nil)
            let server = try #require(listener.accept())
            var bytes: [UInt8] = []
            #expect(connection.read(into: &bytes, atMost: 10) == .later)
            #expect(send(server.descriptor, "hello", 5, 0) == 5)
            var isReady: Bool?
            connection.wait(for: .readable, within: .seconds(2)) { isReady = $0 }
            loop.run { isReady != nil }
            #expect(isReady == true)
            #expect(connection.read(into: &bytes, atMost: 3) == .moved(3))
            #expect(connection.read(into: &bytes, atMost: 3) == .moved(2))
            #expect(bytes == Array("hello".utf8))
            var total = 0
            while case .moved(let count) = connection.write([UInt8](repeating: 7, count: 1 << 20)) { total += count }
            #expect(total > 0)
            close(server.descriptor)
            connection.wait(for: .readable, within: .seconds(2)) { _ in isReady = nil }
            loop.run { isReady == nil }
            #expect(connection.read(into: &bytes, atMost: 10) == .failed(.reset))
        }
    }

    @Test func isHalfOpenWithoutHarm() throws {
        try inOwnNetwork {
            // The queue is full: the kernel drops further handshakes, as a server does that hangs.
            try shell("ip addr add 10.9.0.1/24 dev w0")
            let listener = try LocalServer(port: 80, backlog: 0)
            let loop = try TestLoop()
            let first = Connection(along: path("10.9.0.1", 80), in: loop.loop)
            #expect(loop.connect(first).failure == nil)
            let second = Connection(along: path("10.9.0.1", 80), in: loop.loop)
            #expect(loop.connect(second, within: .milliseconds(200)).failure == .noAnswer(within: .milliseconds(200)))
            _ = listener
        }
    }
}
