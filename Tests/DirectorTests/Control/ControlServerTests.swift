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
            at: folder.path + "/control.sock", group: "no such group", loop: loop,
            log: Log(level: .error, descriptor: open("/dev/null", O_WRONLY | O_CLOEXEC)))
        server.serve(
            ControlVerb("echo", .read) { request, reply in
                reply.answer { writer in
                    writer.key("said")
                    writer.string(request.members["say"]?.string ?? "")
                }
            })
        server.serve(
            ControlVerb("long", .read) { _, reply in
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

    /// However much it asks, one answer is made for it; and the daemon makes no more until that is read.
    @Test
    func whoAsksAndDoesNotReadCostsOneAnswer() throws {
        var made = 0
        server.serve(
            ControlVerb("counted", .read) { _, reply in
                made += 1
                reply.answer {
                    $0.key("text")
                    $0.string(Self.long)
                }
            })
        let client = try connect()
        defer { close(client) }
        say(String(repeating: #"{"version":1,"request":"counted"}"# + "\n", count: 500), to: client)
        for _ in 0..<5 { turn() }
        #expect(made == 1)
        while made < 3, let text = heard(client) {
            #expect(!text.isEmpty)
            turn()
        }
        #expect(made == 3)
    }

    // MARK: Many lines

    /// Lines with the numbers from 0, as many as are asked for.
    private func serveCount(_ made: @escaping (Int) -> Void = { _ in }, ended: @escaping () -> Void = {}) {
        server.serve(
            ControlVerb("count", .read) { request, reply in
                var next = 0
                let all = request.members["to"]?.integer ?? 0
                reply.answer(
                    ["all": all],
                    then: ControlStream(
                        next: {
                            guard next < all else { return .end }
                            made(next)
                            defer { next += 1 }
                            return .line(of: ["number": next])
                        }, ended: ended))
            })
    }

    @Test
    func manyLinesHaveAnEnd() throws {
        serveCount()
        let client = try connect()
        defer { close(client) }
        say(#"{"version":1,"request":"count","to":2}"# + "\n" + #"{"version":1,"request":"echo"}"# + "\n", to: client)
        turn()
        #expect(
            heard(client) == """
                {"version":1,"ok":true,"all":2,"more":true}
                {"number":0}
                {"number":1}
                {"end":true}
                {"version":1,"ok":true,"said":""}

                """)
    }

    @Test
    func linesAreMadeAsTheyAreRead() throws {
        var made = 0
        serveCount { made = $0 }
        let client = try connect()
        defer { close(client) }
        say(#"{"version":1,"request":"count","to":1000000}"# + "\n", to: client)
        var soFar = -1
        for _ in 0..<200 where made != soFar {
            soFar = made
            for _ in 0..<5 { turn() }
        }
        #expect(made == soFar)
        #expect(soFar > 1000)
        // What the kernel keeps and what the server has ready: well below the 19 MB of all.
        #expect(made < 100_000)
        let text = try #require(heard(client))
        #expect(text.hasPrefix(#"{"version":1,"ok":true,"all":1000000,"more":true}"#))
        for _ in 0..<20 { turn() }
        #expect(made > soFar)
    }

    /// While a client reads a long answer as fast as it comes, a turn of the loop takes no longer than it may.
    @Test
    func aLongAnswerLeavesTimeForOthers() throws {
        serveCount()
        let client = try connect()
        defer { close(client) }
        say(#"{"version":1,"request":"count","to":100000}"# + "\n", to: client)
        var turns = 0
        var text = ""
        let tick = loop.timer { _ in }
        loop.atEndOfTurn {
            turns += 1
            text += heard(client) ?? ""
            if text.hasSuffix(#"{"end":true}"# + "\n") { loop.stop() }
        }
        tick.set(loop.now)
        let limit = loop.timer { _ in loop.stop() }
        limit.set(loop.now + .seconds(60))
        loop.run()
        #expect(text.utf8.count(where: { $0 == 0x0a }) == 100_002)
        // At least a turn for each 64 KiB that may wait.
        #expect(turns > text.utf8.count >> 16)
        withExtendedLifetime((tick, limit)) {}
    }

    @Test
    func aStreamWaitsAndIsWoken() throws {
        var lines: [String] = []
        var isOver = false
        let stream = ControlStream(
            next: { lines.isEmpty ? .nothing : .line(Array(lines.removeFirst().utf8)) }, ended: { isOver = true })
        server.serve(ControlVerb("follow", .read) { _, reply in reply.stream(stream) })
        let client = try connect()
        say(#"{"version":1,"request":"follow"}"# + "\n", to: client)
        turn()
        #expect(heard(client) == #"{"version":1,"ok":true,"more":true}"# + "\n")
        lines = ["{}", #"{"a":1}"#]
        stream.wake()
        #expect(heard(client) == "{}\n" + #"{"a":1}"# + "\n")
        turn()
        #expect(heard(client) == "")
        #expect(stream.isOpen)
        close(client)
        turn()
        #expect(isOver)
        #expect(!stream.isOpen)
        // Nobody is there to be woken.
        stream.wake()
    }

    @Test
    func whoHangsUpInTheMiddleEndsTheStream() throws {
        var isOver = false
        serveCount(ended: { isOver = true })
        let client = try connect()
        say(#"{"version":1,"request":"count","to":1000000}"# + "\n", to: client)
        turn()
        #expect(!isOver)
        close(client)
        turn()
        #expect(isOver)
    }

    @Test
    func whatCannotBeToldToItsEndIsSaid() throws {
        var pieces: [ControlStream.Piece] = [.line(Array("{}".utf8)), .failure(ControlRefusal("no more", status: 5))]
        server.serve(
            ControlVerb("half", .read) { _, reply in
                reply.stream(ControlStream(next: { pieces.isEmpty ? .end : pieces.removeFirst() }))
            })
        let client = try connect()
        defer { close(client) }
        say(#"{"version":1,"request":"half"}"# + "\n", to: client)
        turn()
        #expect(
            heard(client)?.split(separator: "\n").dropFirst().joined(separator: "|")
                == #"{}|{"end":true,"error":"no more","status":5}"#)
    }

    /// Who answers later keeps the order, and an answer for someone who is gone goes nowhere.
    @Test
    func answersComeInTheOrderOfTheRequests() throws {
        var waiting: [ControlReply] = []
        server.serve(ControlVerb("later", .read) { _, reply in waiting.append(reply) })
        let client = try connect()
        say(
            #"{"version":1,"request":"later"}"# + "\n" + #"{"version":1,"request":"echo","say":"b"}"# + "\n",
            to: client)
        turn()
        #expect(heard(client) == "")
        waiting[0].answer(["number": 1])
        turn()
        #expect(
            heard(client) == #"{"version":1,"ok":true,"number":1}"# + "\n" + #"{"version":1,"ok":true,"said":"b"}"#
                + "\n")
        // A second answer to the same request is none.
        waiting[0].answer()
        say(#"{"version":1,"request":"later"}"# + "\n", to: client)
        turn()
        close(client)
        turn()
        waiting[1].answer()
        turn()
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
