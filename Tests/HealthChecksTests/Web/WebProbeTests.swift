import Addresses
import Glibc
import HealthPolicy
import KeepalivedConfig
import NetworkTestSupport
import Reactor
import Testing
import VRRPProtocol

@testable import HealthChecks

/// For what a thread hands over when it has ended.
private final class Box<Value>: @unchecked Sendable {
    var value: Value?
}

/// Probes against a server that says what a test tells it to, in a network of their own.
@Suite(.enabled(if: canMakeNetworks), .serialized)
struct WebProbeTests {
    /// What a server does with its connection: send, wait, and then close it.
    enum Act: Sendable {
        case send(String)
        /// Until that much was heard.
        case hear(String)
        case wait(Duration)
        case reset
        /// Leaves it open.
        case stay
    }

    /// Answers every connection by the same script, in turns of the same loop.
    final class ScriptedServer {
        private let listener: LocalServer
        private let loop: EventLoop
        private let script: [Act]
        private var timers: [Reactor.Timer] = []
        private(set) var heard: [String] = []
        private var open: Set<Int32> = []

        init(_ script: [Act], port: UInt16, in loop: EventLoop) throws {
            listener = try LocalServer(port: port)
            (self.script, self.loop) = (script, loop)
            try loop.watch(listener.descriptor) { [unowned self] in
                while let connection = listener.accept() {
                    heard.append("")
                    open.insert(connection.descriptor)
                    play(script[...], on: connection.descriptor, number: heard.count - 1)
                }
            }
        }

        deinit {
            loop.unwatch(listener.descriptor)
            for descriptor in open { close(descriptor) }
        }

        private func play(_ acts: ArraySlice<Act>, on descriptor: Int32, number: Int) {
            guard let act = acts.first else {
                open.remove(descriptor)
                close(descriptor)
                return
            }
            let rest = acts.dropFirst()
            switch act {
            case .send(let text):
                let bytes = Array(text.utf8)
                _ = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
                play(rest, on: descriptor, number: number)
            case .hear(let end):
                if heard[number].hasSuffix(end) { return play(rest, on: descriptor, number: number) }
                var room = [UInt8](repeating: 0, count: 4096)
                let count = recv(descriptor, &room, room.count, Int32(MSG_DONTWAIT))
                if count > 0 { heard[number] += String(decoding: room[..<count], as: UTF8.self) }
                later(.milliseconds(2)) { [unowned self] in play(acts, on: descriptor, number: number) }
            case .wait(let time): later(time) { [unowned self] in play(rest, on: descriptor, number: number) }
            case .reset:
                var linger = linger(l_onoff: 1, l_linger: 0)
                setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, 8)
                play([], on: descriptor, number: number)
            case .stay: break
            }
        }

        private func later(_ time: Duration, _ body: @escaping () -> Void) {
            let timer = loop.timer { _ in body() }
            timer.set(EventLoop.clock() + time)
            timers.append(timer)
        }
    }

    /// What `body` returns in a network of its own.
    private func inOwnNetworkReturning<Value>(_ body: @escaping @Sendable () throws -> Value) throws -> Value {
        let box = Box<Value>()
        try inOwnNetwork { box.value = try body() }
        return try #require(box.value)
    }

    private static let end = "\r\n\r\n"
    private static let page = "HTTP/1.0 200 OK\r\nContent-Length: 12\r\n\r\nhello world\n"

    private func checked(
        _ script: [Act], limit: Duration = .seconds(2), _ change: (inout HTTPCheck.Page) -> Void = { _ in }
    ) throws -> (result: CheckResult?, time: Duration, heard: [String]) {
        var check = HTTPCheck()
        var page = HTTPCheck.Page(at: SourceSpan(file: 0, line: 0, column: 0, length: 0))
        change(&page)
        check.pages = [page]
        return try inOwnNetworkReturning { [check] in
            try shell("ip addr add 10.9.0.1/24 dev w0")
            let loop = try TestLoop()
            let server = try ScriptedServer(script, port: 80, in: loop.loop)
            let probe = HTTPProbe(
                .http(check, tls: false), along: path("10.9.0.1", 80), within: limit, WebResources(tls: nil),
                in: loop.loop)
            let (result, time) = loop.attempt(probe)
            return (result, time, server.heard)
        }
    }

    @Test func asksAndIsContent() throws {
        let (result, _, heard) = try checked([.hear(Self.end), .send(Self.page)])
        #expect(result == .passed)
        #expect(heard == ["GET / HTTP/1.0\r\nUser-Agent: KeepAliveClient\r\nHost: 10.9.0.1:80\r\n\r\n"])
    }

    @Test func saysWhatIsWrong() throws {
        #expect(
            try checked([.hear(Self.end), .send("HTTP/1.0 503 no\r\n\r\n")]).result
                == .failed("answered / with status 503"))
        #expect(
            try checked([.hear(Self.end), .send("hello\r\n\r\n")]).result == .failed("answered without a status"))
        #expect(
            try checked([.hear(Self.end), .send("hello")]).result
                == .failed("closed the connection before a header's end"))
        #expect(try checked([.hear(Self.end), .reset]).result == .failed("reset the connection"))
        #expect(
            try checked([.hear(Self.end), .send(Self.page)]) { $0.digest.value = String(repeating: "0", count: 32) }
                .result == .failed("answered / with a page whose digest is 6f5902ac237024bdd0c176cb93063dc4"))
        #expect(
            try checked([.hear(Self.end), .send(Self.page)]) { $0.regex.pattern.value = "wor.x" }.result
                == .failed("answered / with a page that does not match the regex"))
        #expect(
            try checked([.hear(Self.end), .send(Self.page)]) {
                $0.regex.pattern.value = "wor.d"
                $0.regex.isInverted.value = true
            }.result == .failed("answered / with a page that matches the regex"))
    }

    @Test func doesNotBlameTheServerForAnExpressionThatIsWrong() throws {
        let result = try checked([.hear(Self.end), .send(Self.page)]) { $0.regex.pattern.value = "(a" }.result
        #expect(
            result
                == .undecided(
                    "cannot be checked: the regular expression (a is not valid: missing closing parenthesis"))
    }

    @Test func waitsForEachPieceButNotForEver() throws {
        // Each pause is shorter than the limit, all together are longer.
        let slow: [Act] =
            [.hear(Self.end)] + Self.page.map { [.send(String($0)), .wait(.milliseconds(10))] }.flatMap { $0 }
        #expect(try checked(slow, limit: .milliseconds(150)).result == .passed)
        let (result, time, _) = try checked([.hear(Self.end), .stay], limit: .milliseconds(150))
        #expect(result == .failed("did not answer within 0.15 s"))
        #expect(time < .milliseconds(800), "\(time)")
        // The page is whole, but the server does not close.
        #expect(
            try checked([.hear(Self.end), .send(Self.page), .stay], limit: .milliseconds(150)).result
                == .failed("did not answer within 0.15 s"))
    }

    @Test func isSilentAfterItWasCancelled() throws {
        try inOwnNetwork {
            try shell("ip addr add 10.9.0.1/24 dev w0")
            let loop = try TestLoop()
            let server = try ScriptedServer([.hear(Self.end), .send(Self.page)], port: 80, in: loop.loop)
            var check = HTTPCheck()
            check.pages = [HTTPCheck.Page(at: SourceSpan(file: 0, line: 0, column: 0, length: 0))]
            let probe = HTTPProbe(
                .http(check, tls: false), along: path("10.9.0.1", 80), within: .seconds(1), WebResources(tls: nil),
                in: loop.loop)
            var told = 0
            probe.attempt(step: 0) { _ in told += 1 }
            let cancel = loop.loop.timer { _ in probe.cancel() }
            cancel.set(EventLoop.clock() + .milliseconds(1))
            var isOver = false
            let end = loop.loop.timer { _ in isOver = true }
            end.set(EventLoop.clock() + .milliseconds(100))
            loop.run { isOver }
            #expect(told == 0)
            #expect(loop.attempt(probe).result == .passed)
            _ = server
        }
    }

    @Test func passesAtOnceWithoutPages() throws {
        let loop = try TestLoop()
        let probe = HTTPProbe(
            .http(HTTPCheck(), tls: true), along: path("10.9.0.1", 80), within: .seconds(1), WebResources(tls: nil),
            in: loop.loop)
        var result: CheckResult?
        probe.attempt(step: 0) { result = $0 }
        #expect(result == nil)
        loop.run { result != nil }
        #expect(result == .passed)
    }

    @Test func saysThatThereIsNoTLS() throws {
        var check = HTTPCheck()
        check.pages = [HTTPCheck.Page(at: SourceSpan(file: 0, line: 0, column: 0, length: 0))]
        for (script, start) in [
            ([.wait(.milliseconds(20)), .send("garbage, not TLS at all")], "does not speak TLS: "),
            ([.wait(.milliseconds(20))], "reset the connection"),
        ] as [([Act], String)] {
            try inOwnNetwork { [check] in
                try shell("ip addr add 10.9.0.1/24 dev w0")
                let loop = try TestLoop()
                let server = try ScriptedServer(script, port: 443, in: loop.loop)
                let probe = HTTPProbe(
                    .http(check, tls: true), along: path("10.9.0.1", 443), within: .seconds(1), WebResources(tls: nil),
                    in: loop.loop)
                guard case .failed(let phrase)? = loop.attempt(probe).result else {
                    Issue.record("it passed")
                    return
                }
                #expect(phrase.hasPrefix(start), "\(phrase)")
                _ = server
            }
        }
    }

    @Test func saysThatTheKeyCannotBeRead() throws {
        var credentials = TLSCredentials(at: SourceSpan(file: 0, line: 0, column: 0, length: 0))
        credentials.key.value = "/nonexistent/key"
        var check = HTTPCheck()
        check.pages = [HTTPCheck.Page(at: SourceSpan(file: 0, line: 0, column: 0, length: 0))]
        let loop = try TestLoop()
        let probe = HTTPProbe(
            .http(check, tls: true), along: path("10.9.0.1", 443), within: .seconds(1), WebResources(tls: credentials),
            in: loop.loop)
        guard case .undecided(let phrase)? = loop.attempt(probe).result else {
            Issue.record("the server is blamed")
            return
        }
        #expect(phrase.hasPrefix("cannot be checked: the key /nonexistent/key cannot be read"), "\(phrase)")
    }

    // MARK: Mail servers

    private func greeted(
        _ script: [Act], others: [CheckPath] = []
    ) throws -> (result: CheckResult?, heard: [String]) {
        try inOwnNetworkReturning {
            try shell("ip addr add 10.9.0.1/24 dev w0")
            let loop = try TestLoop()
            let server = try ScriptedServer(script, port: 25, in: loop.loop)
            let probe = SMTPProbe(
                "mail.example", along: [path("10.9.0.1", 25)] + others, within: .milliseconds(300), in: loop.loop)
            return (loop.attempt(probe).result, server.heard)
        }
    }

    private static let polite: [Act] = [
        .send("220-hi\r\n"), .wait(.milliseconds(10)), .send("220 there\r\n"), .hear("example\r\n"),
        .send("250 ok\r\n"), .hear("QUIT\r\n"), .send("221 bye\r\n"),
    ]

    @Test func greetsAMailServerAndLeaves() throws {
        let (result, heard) = try greeted(Self.polite)
        #expect(result == .passed)
        #expect(heard == ["HELO mail.example\r\nQUIT\r\n"])
    }

    @Test func wantsEveryHostToAnswer() throws {
        let (result, heard) = try greeted(Self.polite, others: [path("10.9.0.1", 25)])
        #expect(result == .passed)
        #expect(heard.count == 2)
        #expect(try greeted(Self.polite, others: [path("10.9.0.1", 26)]).result == .failed("refused the connection"))
    }

    @Test func saysWhatAMailServerDidWrong() throws {
        #expect(try greeted([.send("554 no\r\n"), .stay]).result == .failed("greeted with 554"))
        #expect(
            try greeted([.send("220 hi\r\n"), .hear("\r\n"), .send("550 no\r\n"), .stay]).result
                == .failed("answered HELO with 550"))
        #expect(
            try greeted([.send("hello\r\n"), .stay]).result
                == .failed("answered with what is no reply of a mail server"))
        #expect(try greeted([.stay]).result == .failed("did not answer within 0.3 s"))
        #expect(try greeted([]).result == .failed("closed the connection before its greeting"))
        #expect(
            try greeted([.send("220 hi\r\n"), .hear("\r\n")]).result
                == .failed("closed the connection before it answered HELO"))
        // Any answer to QUIT will do, but there must be one.
        #expect(
            try greeted([
                .send("220 hi\r\n"), .hear("example\r\n"), .send("250 ok\r\n"), .hear("QUIT\r\n"), .send("500 ?\r\n"),
            ]).result == .passed)
        #expect(
            try greeted([.send("220 hi\r\n"), .hear("example\r\n"), .send("250 ok\r\n"), .hear("QUIT\r\n")]).result
                == .failed("closed the connection before it answered QUIT"))
    }
}
