import ControlProtocol
import Glibc
import Reactor
import Testing

@testable import Director

/// The side of whoever asks, with a made-up daemon that says what a test wants: its end of a connection is written
/// before anybody asks.
struct ControlClientTests {
    private let folder = TemporaryFolder()
    private var path: String { folder.path + "/control.sock" }
    private let listener: Int32

    init() throws {
        listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = try #require(LocalAddress(folder.path + "/control.sock"))
        #expect(address.withPointer { bind(listener, $0, $1) } == 0)
        #expect(listen(listener, 4) == 0)
    }

    /// A conversation that is answered with this, and then ends or stays open.
    private func conversation(
        saying text: String, ends: Bool = true, _ body: (ControlConversation) throws -> Void
    ) throws {
        let conversation = try ControlConversation(path: path, patience: 1)
        let daemon = accept(listener, nil, nil)
        let bytes = Array(text.utf8)
        #expect(send(daemon, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count)
        if ends { shutdown(daemon, Int32(SHUT_WR)) }
        defer {
            close(daemon)
            close(listener)
        }
        try body(conversation)
    }

    private func failure(saying text: String, ends: Bool = true) throws -> ControlFailure? {
        var failure: ControlFailure?
        try conversation(saying: text, ends: ends) { conversation in
            do throws(ControlFailure) {
                _ = try conversation.ask("x")
                while try conversation.next() != nil {}
            } catch {
                failure = error
            }
        }
        return failure
    }

    @Test
    func readsLineByLine() throws {
        let text = #"{"version":1,"ok":true,"more":true}"# + "\n{\"a\":1}\n{\"a\":2}\n{\"end\":true}\n"
        try conversation(saying: text) { conversation in
            let first = try conversation.ask("x")
            #expect(first["more"] == .bool(true))
            #expect(conversation.hasLine)
            let lines = [try conversation.next(), try conversation.next(), try conversation.next()]
            #expect(lines.map { $0?["a"]?.integer } == [1, 2, nil])
            #expect(lines[2] == nil)
            #expect(!conversation.hasLine)
        }
    }

    @Test(
        arguments: [
            (#"{"version":1,"ok":false,"error":"no","status":77}"#, "no", 77),
            (#"{"version":1,"ok":false}"#, "the daemon refuses", 1),
            (#"{"version":1,"ok":true}"# + "\n" + #"{"end":true,"error":"cut","status":5}"#, "cut", 5),
            ("HTTP/1.1 400 Bad Request", "the daemon's answer cannot be understood; is it of another version?", 1),
            (#"{"ok":1}"#, "the daemon's answer cannot be understood; is it of another version?", 1),
            (#"{"ok":true}"# + "\n[]", "the daemon's answer cannot be understood; is it of another version?", 1),
        ] as [(String, String, Int32)])
    func saysWhatTheDaemonSaid(text: String, message: String, status: Int32) throws {
        let failure = try failure(saying: text + "\n")
        #expect(failure?.message == message)
        #expect(failure?.status == status)
    }

    @Test
    func aDaemonThatEndsOrIsSilentIsNoRiddle() throws {
        #expect(try failure(saying: "")?.message == "the daemon ended before it answered, or has let go of who asks")
    }

    @Test
    func aDaemonThatIsSilentIsNotWaitedForLong() throws {
        #expect(try failure(saying: #"{"version""#, ends: false)?.message == "the daemon does not answer in 1 s")
    }

    @Test
    func nobodyToAskIsStatus69() {
        #expect(throws: ControlFailure("no daemon runs with the socket /nowhere/x.sock", status: 69)) {
            try ControlClient(path: "/nowhere/x.sock").ask("ping")
        }
        #expect(throws: ControlFailure.self) { try ControlClient(path: String(repeating: "x", count: 200)).ask("ping") }
    }

    /// An answer that is no such report is told with the place.
    @Test
    func aWrongReportIsToldWithItsPlace() throws {
        #expect(
            throws: ControlFailure(
                "the daemon's answer cannot be understood (now: is missing); is it of another version?")
        ) { try ControlClient.value(ServersReport.self, of: .object([])) }
    }

    /// Neither a refused nor an ended conversation keeps a descriptor.
    @Test
    func nothingIsLeftOpen() throws {
        let before = try #require(Self.highestFree())
        for _ in 0..<20 { _ = try? ControlClient(path: "/nowhere/x.sock").ask("ping") }
        let after = try #require(Self.highestFree())
        // Other tests open and close some meanwhile.
        #expect(after - before < 15)
    }

    private static func highestFree() -> Int32? {
        let descriptor = dup(STDIN_FILENO)
        guard descriptor >= 0 else { return nil }
        close(descriptor)
        return descriptor
    }
}
