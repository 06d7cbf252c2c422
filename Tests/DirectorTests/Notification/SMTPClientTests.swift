import PacketFormats
import Testing

@testable import Director

/// The dialogue with a mail server, answer by answer.
struct SMTPClientTests {
    private static let letter = makeLetter(["a@example.org", "b@example.net"])

    private static func makeLetter(_ recipients: [String], sender: String = "lb@example.org") -> Letter {
        var letter = Letter(
            Alert(subject: "VRRP Instance VI_1 - Entering MASTER state", finding: "now"), .sample,
            date: MailDate(WallTime(seconds: 0), offset: 0))
        letter.sender = sender
        letter.recipients = recipients
        return letter
    }

    private func received(_ text: String) -> SMTPClient.Event { .received(Array(text.utf8)) }

    /// What it sends after each of the answers, and what else it does.
    private func talk(_ client: inout SMTPClient, _ answers: [String], letter: Letter = letter) -> [String] {
        var said: [String] = []
        var letters = [letter]
        for answer in answers { respond(&client, received(answer), &letters, &said) }
        return said
    }

    private func respond(
        _ client: inout SMTPClient, _ event: SMTPClient.Event, _ letters: inout [Letter], _ said: inout [String]
    ) {
        for action in client.handle(event) {
            switch action {
            case .send(let bytes): said.append(String(decoding: bytes, as: UTF8.self))
            case .ready:
                let next: SMTPClient.Event = letters.isEmpty ? .quit : .letter(letters.removeFirst())
                respond(&client, next, &letters, &said)
            case .done(let delivery):
                said.append(
                    "done \(delivery.delivered) later \(delivery.deferred) \(delivery.reason) "
                        + "never \(delivery.refused.map { "\($0.recipient) \($0.reply.code)" })")
            case .close(let reason): said.append("close \(reason ?? "")")
            }
        }
    }

    private static let start = ["HELO lb1.example.org\r\n", "MAIL FROM:<lb@example.org>\r\n"]

    @Test
    func aLetterGoesToAllInKeepalivedsOrder() {
        var client = SMTPClient(hello: "lb1.example.org")
        let said = talk(
            &client,
            [
                "220 mx ESMTP\r\n", "250 mx\r\n", "250 ok\r\n", "250 ok\r\n", "251 will forward\r\n", "354 go\r\n",
                "250 queued\r\n", "221 bye\r\n",
            ])
        #expect(
            said == Self.start + [
                "RCPT TO:<a@example.org>\r\n", "RCPT TO:<b@example.net>\r\n", "DATA\r\n",
                "Date: Thu, 01 Jan 1970 00:00:00 +0000\r\nFrom: lb@example.org\r\n"
                    + "Subject: [LVS_A] VRRP Instance VI_1 - Entering MASTER state\r\nX-Mailer: Keepalived\r\n"
                    + "To: admin@example.org, ops@example.net\r\n\r\n=> now <=\r\n\r\n.\r\n",
                "done [\"a@example.org\", \"b@example.net\"] later []  never []", "QUIT\r\n", "close ",
            ])
        #expect(client.isOver)
    }

    @Test
    func answersComeInAnyPieces() {
        let whole = "220-mx\r\n220 ESMTP\r\n250-mx\r\n250 ok\r\n"
        for cut in 0...whole.utf8.count {
            var client = SMTPClient(hello: "lb1.example.org")
            let bytes = Array(whole.utf8)
            var sent: [SMTPClient.Action] = []
            for piece in [bytes.prefix(cut), bytes.dropFirst(cut)] { sent += client.handle(.received(Array(piece))) }
            #expect(sent == [.send(Array(Self.start[0].utf8)), .ready], "cut at \(cut)")
        }
    }

    @Test
    func oneRefusedRecipientDoesNotStopTheOthers() {
        var client = SMTPClient(hello: "lb1.example.org")
        let said = talk(
            &client,
            ["220 mx\r\n", "250 mx\r\n", "250 ok\r\n", "550 nobody\r\n", "250 ok\r\n", "354 go\r\n", "250 ok\r\n"])
        #expect(said.contains("DATA\r\n"))
        #expect(said.contains("done [\"b@example.net\"] later []  never [\"a@example.org 550\"]"))
    }

    @Test
    func aRecipientThatIsPutOffIsTriedAnotherTime() {
        var client = SMTPClient(hello: "lb1.example.org")
        let said = talk(
            &client,
            ["220 mx\r\n", "250 mx\r\n", "250 ok\r\n", "250 ok\r\n", "450 greylisted\r\n", "354 go\r\n", "250 ok\r\n"])
        #expect(
            said.contains(
                "done [\"a@example.org\"] later [\"b@example.net\"] it answers RCPT with 450 greylisted never []"))
    }

    @Test
    func nobodyAcceptedMeansNoData() {
        var client = SMTPClient(hello: "lb1.example.org")
        let said = talk(
            &client,
            ["220 mx\r\n", "250 mx\r\n", "250 ok\r\n", "450 later\r\n", "550 no\r\n", "250 reset\r\n", "221 bye\r\n"])
        #expect(
            said.suffix(4) == [
                "done [] later [\"a@example.org\"] it answers RCPT with 450 later never [\"b@example.net 550\"]",
                "RSET\r\n", "QUIT\r\n", "close ",
            ])
    }

    @Test(arguments: [
        // A sender that is refused, for now or for ever; no data; the letter itself.
        (["451 busy\r\n"], "done [] later [\"a@example.org\", \"b@example.net\"] it says 451 busy never []"),
        (["553 no such sender\r\n"], "done [] later []  never [\"a@example.org 553\", \"b@example.net 553\"]"),
        (
            ["250 ok\r\n", "250 ok\r\n", "550 no\r\n", "451 disk\r\n"],
            "done [] later [\"a@example.org\"] it says 451 disk never [\"b@example.net 550\"]"
        ),
        (
            ["250 ok\r\n", "250 ok\r\n", "250 ok\r\n", "354 go\r\n", "452 full\r\n"],
            "done [] later [\"a@example.org\", \"b@example.net\"] it says 452 full never []"
        ),
        (
            ["250 ok\r\n", "450 no\r\n", "250 ok\r\n", "354 go\r\n", "554 spam\r\n"],
            "done [] later [\"a@example.org\"] it answers RCPT with 450 no never [\"b@example.net 554\"]"
        ),
    ])
    func whatIsRefusedForNowWaitsAndWhatIsRefusedForEverDoesNot(_ answers: [String], _ outcome: String) {
        var client = SMTPClient(hello: "lb1.example.org")
        let said = talk(&client, ["220 mx\r\n", "250 mx\r\n"] + answers)
        #expect(said.contains(outcome), "\(said)")
        #expect(!client.isOver)
    }

    @Test(arguments: [
        (["554 go away\r\n"], "close it greets with 554 go away"),
        (["421 too busy\r\n"], "close it says 421 too busy"),
        (["220 mx\r\n", "550 who are you\r\n"], "close it answers HELO with 550 who are you"),
        (["SSH-2.0-OpenSSH_9.2\r\n"], "close it answers what no mail server would: SSH-2.0-OpenSSH_9.2"),
        (["220 mx\r\n", "999 x\r\n"], "close it answers what no mail server would: 999 x"),
        (["220-mx\r\n", "250 other\r\n"], "close it answers what no mail server would: 250 other"),
    ])
    func aSessionThatCannotBeEndsWithItsReason(_ answers: [String], _ end: String) {
        var client = SMTPClient(hello: "lb1.example.org")
        let said = talk(&client, answers)
        #expect(said.last == end)
        #expect(client.isOver)
        #expect(client.handle(received("250 ok\r\n")).isEmpty)
    }

    @Test
    func aConnectionThatIsLostLeavesTheLetterForAllThatWereNotRefused() {
        for count in 0...4 {
            var client = SMTPClient(hello: "lb1.example.org")
            let answers = ["250 ok\r\n", "550 no\r\n", "250 ok\r\n", "354 go\r\n"]
            _ = talk(&client, ["220 mx\r\n", "250 mx\r\n"] + answers.prefix(count))
            let later = count < 2 ? ["a@example.org", "b@example.net"] : ["b@example.net"]
            let actions = client.handle(.lost("closed the connection"))
            guard case .done(let delivery) = actions.first else {
                Issue.record("no outcome after \(count) answers: \(actions)")
                continue
            }
            #expect(delivery.deferred == later)
            #expect(delivery.delivered.isEmpty)
            #expect(actions.last == .close("closed the connection"))
            #expect(client.handle(.lost("again")).isEmpty)
        }
    }

    @Test
    func aServerThatTalksWithoutEndIsLeft() {
        var client = SMTPClient(hello: "lb1.example.org")
        #expect(client.handle(.received([UInt8](repeating: 50, count: 100_000))).last.map(isClose) == true)
        client = SMTPClient(hello: "lb1.example.org")
        let lines = String(repeating: "220-x\r\n", count: 5_000)
        #expect(client.handle(received(lines)).last.map(isClose) == true)
    }

    private func isClose(_ action: SMTPClient.Action) -> Bool {
        if case .close = action { true } else { false }
    }

    @Test
    func nothingInALetterCanSaySomethingElse() {
        var client = SMTPClient(hello: "lb1\r\nQUIT")
        let letter = Self.makeLetter(["a@example.org>\r\nDATA"], sender: "Load balancer <lb@example.org>")
        let said = talk(&client, ["220 mx\r\n", "250 mx\r\n", "250 ok\r\n"], letter: letter)
        #expect(said == ["HELO lb1QUIT\r\n", "MAIL FROM:<lb@example.org>\r\n", "RCPT TO:<a@example.org>DATA>\r\n"])
    }

    @Test
    func linesThatBeginWithADotGetAnother() {
        let letter = Letter(
            subject: "a\nb: c", body: [".", "..x", "y.", ""], .sample,
            date: MailDate(WallTime(seconds: 0), offset: 0))
        let text = String(decoding: letter.data, as: UTF8.self)
        #expect(text.hasSuffix("\r\n\r\n..\r\n...x\r\ny.\r\n\r\n.\r\n"))
        #expect(text.contains("\r\nSubject: a b: c\r\n"))
    }
}
