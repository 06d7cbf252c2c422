import ControlProtocol
import Glibc
import Reactor
import Reporting
import Testing
import VRRPProtocol

@testable import Director

/// Server and clients in one process and one thread: clients write, the loop turns, clients read.
struct ControlServerTests {
    private let folder = TemporaryFolder()
    private let loop: EventLoop
    private let server: ControlServer
    private var path: String { folder.path + "/control.sock" }

    init() throws {
        loop = try EventLoop()
        server = try ControlServer(
            at: folder.path + "/control.sock", loop: loop,
            log: Log(level: .error, descriptor: open("/dev/null", O_WRONLY | O_CLOEXEC)))
        server.serve(
            ControlVerb("echo") { request, reply in
                reply.answer { writer in
                    writer.key("said")
                    writer.string(request.members["say"]?.string ?? "")
                }
            })
        server.serve(
            ControlVerb("long") { _, reply in
                reply.answer {
                    $0.key("text")
                    $0.string(Self.long)
                }
            })
    }

    private static let long = String(repeating: "x", count: 1 << 20)

    private func connect() throws -> Int32 {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = try #require(LocalAddress(path))
        #expect(address.withPointer { Glibc.connect(descriptor, $0, $1) } == 0)
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        return descriptor
    }

    private func say(_ text: String, to descriptor: Int32) {
        let bytes = Array(text.utf8)
        #expect(send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count)
    }

    /// Some turns of the loop.
    private func turn() {
        let end = loop.timer { _ in loop.stop() }
        end.set(EventLoop.clock() + .milliseconds(5))
        loop.run()
        withExtendedLifetime(end) {}
    }

    /// What there is to read; nil when the server has let go.
    private func heard(_ descriptor: Int32) -> String? {
        var bytes: [UInt8] = []
        var room = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = recv(descriptor, &room, room.count, Int32(MSG_DONTWAIT))
            if count > 0 {
                bytes += room[..<count]
            } else if count == 0 || errno != EAGAIN {
                return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
            } else {
                return String(decoding: bytes, as: UTF8.self)
            }
        }
    }

    @Test
    func answersEachLine() throws {
        let client = try connect()
        defer { close(client) }
        say(#"{"version":1,"request":"echo","say":"a"}"# + "\n" + #"{"version":1,"request":"ec"#, to: client)
        turn()
        #expect(heard(client) == #"{"version":1,"ok":true,"said":"a"}"# + "\n")
        say(#"ho","say":"b"}"# + "\n", to: client)
        turn()
        #expect(heard(client) == #"{"version":1,"ok":true,"said":"b"}"# + "\n")
    }

    @Test
    func answersWhoHasSentEverythingAlready() throws {
        let client = try connect()
        defer { close(client) }
        say(#"{"version":1,"request":"echo","say":"a"}"# + "\n", to: client)
        shutdown(client, Int32(SHUT_WR))
        turn()
        #expect(heard(client) == #"{"version":1,"ok":true,"said":"a"}"# + "\n")
        turn()
        #expect(heard(client) == nil)
    }

    @Test(arguments: [
        ("hello", "a request is one JSON object on a line"),
        (#"{"request":"echo"}"#, "this daemon speaks version 1"),
        (#"{"version":2,"request":"echo"}"#, "this daemon speaks version 1"),
        (#"{"version":1}"#, #"a request has the member \"request\""#),
        (#"{"version":1,"request":"fly"}"#, #"this daemon knows no request \"fly\"; it knows echo, long"#),
    ])
    func saysWhatIsWrongWithARequest(_ request: String, _ message: String) throws {
        let client = try connect()
        defer { close(client) }
        say(request + "\n", to: client)
        turn()
        #expect(heard(client) == #"{"version":1,"ok":false,"error":"\#(message)","status":1}"# + "\n")
    }

    @Test
    func letsGoWhoNeverEndsALine() throws {
        let client = try connect()
        defer { close(client) }
        for _ in 0..<5 {
            _ = send(client, Array(repeating: UInt8(ascii: "a"), count: 1 << 14), 1 << 14, Int32(MSG_NOSIGNAL))
            turn()
        }
        #expect(heard(client) == nil)
    }

    /// One does not read its megabytes, another gets its answer at once; when the first reads, it gets them all.
    @Test
    func whoDoesNotReadHoldsUpNobody() throws {
        let slow = try connect()
        defer { close(slow) }
        say(String(repeating: #"{"version":1,"request":"long"}"# + "\n", count: 4), to: slow)
        turn()
        let quick = try connect()
        defer { close(quick) }
        say(#"{"version":1,"request":"echo"}"# + "\n", to: quick)
        turn()
        #expect(heard(quick) == #"{"version":1,"ok":true,"said":""}"# + "\n")
        var length = 0
        for _ in 0..<1000 where length < 4 << 20 {
            length += heard(slow)?.utf8.count ?? 0
            turn()
        }
        #expect(length == 4 * (Self.long.utf8.count + #"{"version":1,"ok":true,"text":""}"#.utf8.count + 1))
    }

    @Test
    func letsGoWhoAsksForMoreThanItReads() throws {
        let client = try connect()
        defer { close(client) }
        say(String(repeating: #"{"version":1,"request":"long"}"# + "\n", count: 20), to: client)
        turn()
        while let text = heard(client), !text.isEmpty {}
        turn()
        #expect(heard(client) == nil)
    }

    @Test
    func manyComeAndGo() throws {
        var clients = try (0..<40).map { _ in
            // The kernel keeps few that nobody has accepted; more would wait for the server.
            turn()
            return try connect()
        }
        turn()
        for client in clients.prefix(20) { close(client) }
        clients.removeFirst(20)
        turn()
        for client in clients { say(#"{"version":1,"request":"echo"}"# + "\n", to: client) }
        turn()
        for client in clients {
            #expect(heard(client) == #"{"version":1,"ok":true,"said":""}"# + "\n")
            close(client)
        }
    }

    @Test
    func onlyItsUserMayConnect() {
        var status = stat()
        #expect(stat(path, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
    }

    @Test
    func comesInPlaceOfADeadOneAndLeavesNothing() throws {
        server.stop()
        #expect(access(path, F_OK) != 0)
        let dead = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = try #require(LocalAddress(path))
        #expect(address.withPointer { bind(dead, $0, $1) } == 0)
        close(dead)
        let second = try ControlServer(at: path, loop: loop, log: Log(descriptor: STDERR_FILENO))
        second.stop()
    }
}
