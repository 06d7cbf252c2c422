import ControlProtocol
import Glibc
import Reactor
import Testing
import VRRPProtocol

@testable import Director

/// Who may do what at the control socket. Real users and groups come in `Tests/Lab/vrrpctl-status.sh`.
struct ControlRightsTests {
    @Test(
        arguments: [
            (0, false, ControlRight.change), (0, true, .change), (990, false, .change), (1000, true, .read),
            (1000, false, .nothing), (65534, false, .nothing),
        ] as [(uid_t, Bool, ControlRight)])
    func rootAndTheDaemonsUserChangeAndTheGroupReads(user: uid_t, isInGroup: Bool, right: ControlRight) {
        #expect(ControlPeer(user: user, isInGroup: isInGroup).right(owner: 990) == right)
    }

    @Test
    func theKernelSaysWhoItIs() throws {
        var ends: [Int32] = [0, 0]
        #expect(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
        defer { for end in ends { close(end) } }
        #expect(ControlPeer(of: ends[0], group: nil) == ControlPeer(user: geteuid(), isInGroup: false))
        #expect(ControlPeer(of: ends[0], group: getegid()) == ControlPeer(user: geteuid(), isInGroup: true))
        var groups = [gid_t](repeating: 0, count: 256)
        let count = getgroups(256, &groups)
        for group in groups.prefix(Int(max(count, 0))) {
            #expect(ControlPeer(of: ends[0], group: group)?.isInGroup == true)
        }
        #expect(ControlPeer(of: ends[0], group: 4_000_000_000)?.isInGroup == false)
        #expect(ControlPeer(of: -1, group: nil) == nil)
    }

    // MARK: At the server

    private let folder = TemporaryFolder()
    private let loop: EventLoop
    private var path: String { folder.path + "/control.sock" }

    init() throws { loop = try EventLoop() }

    private func server(for peer: ControlPeer?) throws -> ControlServer {
        let server = try ControlServer(
            at: path, group: "no such group", loop: loop,
            log: Log(level: .error, descriptor: open("/dev/null", O_WRONLY | O_CLOEXEC)), identify: { _, _ in peer })
        server.serve(ControlVerb("look", .read) { _, reply in reply.answer(["seen": true]) })
        server.serve(ControlVerb("act", .change) { _, reply in reply.answer(["done": true]) })
        return server
    }

    private func turn() {
        // Fifty: on a busy machine little is done in one.
        var rest = 50
        var tick: Reactor.Timer?
        tick = loop.timer { now in
            rest -= 1
            if rest == 0 { loop.stop() } else { tick?.set(now + .microseconds(100)) }
        }
        tick?.set(EventLoop.clock())
        loop.run()
        tick = nil
    }

    private func connect() throws -> Int32 {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = try #require(LocalAddress(path))
        #expect(address.withPointer { Glibc.connect(descriptor, $0, $1) } == 0)
        return descriptor
    }

    /// What a new client is answered.
    private func answer(to request: String) throws -> String {
        let client = try connect()
        defer { close(client) }
        let bytes = Array((request + "\n").utf8)
        #expect(send(client, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count)
        turn()
        var room = [UInt8](repeating: 0, count: 1 << 12)
        let count = recv(client, &room, room.count, Int32(MSG_DONTWAIT))
        return String(decoding: room.prefix(max(count, 0)), as: UTF8.self)
    }

    @Test
    func aMemberOfTheGroupReadsAndChangesNothing() throws {
        let server = try server(for: ControlPeer(user: 12345, isInGroup: true))
        defer { server.stop() }
        #expect(try answer(to: #"{"version":1,"request":"look"}"#) == #"{"version":1,"ok":true,"seen":true}"# + "\n")
        #expect(
            try answer(to: #"{"version":1,"request":"act"}"#)
                == #"{"version":1,"ok":false,"error":"act: only root may do this","status":77}"# + "\n")
    }

    @Test
    func rootDoesBoth() throws {
        let server = try server(for: ControlPeer(user: 0, isInGroup: false))
        defer { server.stop() }
        #expect(try answer(to: #"{"version":1,"request":"look"}"#).contains(#""seen":true"#))
        #expect(try answer(to: #"{"version":1,"request":"act"}"#).contains(#""done":true"#))
    }

    @Test(arguments: [ControlPeer(user: 12345, isInGroup: false), nil])
    func anybodyElseIsSentAway(peer: ControlPeer?) throws {
        let server = try server(for: peer)
        defer { server.stop() }
        let client = try connect()
        defer { close(client) }
        turn()
        var room = [UInt8](repeating: 0, count: 1 << 12)
        let count = recv(client, &room, room.count, Int32(MSG_DONTWAIT))
        #expect(String(decoding: room.prefix(max(count, 0)), as: UTF8.self).contains(#""status":77"#))
        #expect(recv(client, &room, room.count, Int32(MSG_DONTWAIT)) == 0)
    }

    /// However many members of the group stay connected, root gets through.
    @Test
    func readersDoNotKeepRootOut() throws {
        var peer = ControlPeer(user: 12345, isInGroup: true)
        let server = try ControlServer(
            at: path, group: "no such group", loop: loop,
            log: Log(level: .error, descriptor: open("/dev/null", O_WRONLY | O_CLOEXEC)), identify: { _, _ in peer })
        defer { server.stop() }
        server.serve(ControlVerb("act", .change) { _, reply in reply.answer(["done": true]) })
        var clients: [Int32] = []
        defer { for client in clients { close(client) } }
        for _ in 0..<40 {
            clients.append(try connect())
            turn()
        }
        let sentAway = clients.count { client in
            var room = [UInt8](repeating: 0, count: 1 << 12)
            let count = recv(client, &room, room.count, Int32(MSG_DONTWAIT))
            return String(decoding: room.prefix(max(count, 0)), as: UTF8.self).contains("too many others")
        }
        #expect(sentAway == 40 - 24)
        peer = ControlPeer(user: 0, isInGroup: false)
        #expect(try answer(to: #"{"version":1,"request":"act"}"#).contains(#""done":true"#))
    }

    // MARK: The socket's file

    @Test(.enabled(if: geteuid() == 0))
    func theGroupMayConnectWhereThereIsOne() throws {
        let server = try ControlServer(
            at: path, group: "daemon", loop: loop, log: Log(level: .error, descriptor: STDERR_FILENO))
        defer { server.stop() }
        var status = stat()
        #expect(stat(path, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o660)
        #expect(status.st_gid == getgrnam("daemon")?.pointee.gr_gid)
        #expect(status.st_uid == 0)
    }

    @Test
    func onlyItsUserMayConnectWhereThereIsNone() throws {
        let server = try server(for: nil)
        defer { server.stop() }
        var status = stat()
        #expect(stat(path, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
    }
}
