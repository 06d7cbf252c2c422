import Glibc
import PacketFormats
import Reactor
import Testing
import VRRPProtocol

@testable import Director

/// Mail over real sockets.
struct MailerTests {
    private let stage: Stage
    private let server: MailServerDouble
    private let mailer: Mailer

    init() throws {
        stage = try Stage()
        server = try MailServerDouble(stage.loop)
        var waits = MailQueue.Waits()
        waits.letter = .milliseconds(300)
        mailer = Mailer(stage.loop, stage.log, queue: MailQueue(capacity: 5, waits: waits))
        mailer.update(to: .sample(port: server.port))
    }

    private func alert(_ number: Int) -> Alert { Alert(subject: "alert \(number)", finding: "finding \(number)") }

    private func send(_ numbers: ClosedRange<Int>) {
        for number in numbers { mailer.send(alert(number), isFault: false) }
    }

    private func subjects() -> [String] {
        server.letters.compactMap { letter in
            letter.split(separator: "\n").first { $0.hasPrefix("Subject: ") }.map { String($0.dropFirst(9)) }
        }
    }

    private func numbered(_ numbers: ClosedRange<Int>) -> [String] { numbers.map { "[LVS_A] alert \($0)" } }

    @Test
    func allThatHappensAtOnceGoesByOneConnection() {
        send(1...3)
        #expect(server.connections == 0)
        stage.wait("three letters") { server.letters.count == 3 && mailer.isIdle }
        #expect(server.connections == 1)
        #expect(subjects() == numbered(1...3))
        #expect(server.commands.first == "HELO lb1.example.org")
        #expect(server.commands.last == "QUIT")
        #expect(server.letters[0].hasSuffix("To: admin@example.org, ops@example.net\n\n=> finding 1 <=\n"))
    }

    @Test
    func whatIsNotWantedIsNotMailed() {
        var settings = MailSettings.sample(port: server.port)
        settings.mailsFaults = false
        settings.mailsChecks = false
        mailer.update(to: settings)
        mailer.send(alert(1), isFault: true)
        mailer.send(alert(2), isAboutCheckOnly: true)
        mailer.send(alert(3), isFault: false)
        mailer.send(alert(4), isAboutCheckOnly: false)
        stage.wait("two letters") { server.letters.count == 2 && mailer.isIdle }
        #expect(subjects() == numbered(3...4))
        mailer.update(to: nil)
        send(5...5)
        #expect(mailer.isIdle)
    }

    @Test
    func aServerThatIsAwayGetsTheMailsWhenItIsBack() throws {
        server.stop()
        send(1...2)
        stage.wait("a failure") { stage.logged.contains("refused the connection; 2 mails wait, next attempt in 1 s") }
        try server.resume()
        send(3...3)
        stage.wait("all letters") { server.letters.count == 3 }
        #expect(subjects() == numbered(1...3))
        #expect(stage.logged.contains("notice: the mail server 127.0.0.1:\(server.port) takes mail again"))
    }

    @Test
    func whatDoesNotFitIsToldInOneMail() throws {
        server.stop()
        send(1...8)
        #expect(stage.logged.contains("a mail is dropped, because 5 younger ones wait: [LVS_A] alert 1"))
        stage.wait("a failure") { stage.logged.contains("refused") }
        try server.resume()
        stage.wait("what is left") { server.letters.count == 6 && mailer.isIdle }
        #expect(subjects() == ["[LVS_A] 3 alerts were not sent"] + numbered(4...8))
        #expect(server.letters[0].contains("\n=> 3 alerts were not sent: too many waited for the mail server <=\n"))
    }

    @Test
    func aRecipientThatIsPutOffGetsItsLetterLaterAndNobodyTwice() {
        var isGreylisted = true
        server.answer = { command in
            isGreylisted && command.contains("ops@") ? "450 later" : MailServerDouble.usual(command)
        }
        send(1...1)
        stage.wait("the first recipient's letter") { server.letters.count == 1 && stage.logged.contains("waits: it") }
        isGreylisted = false
        stage.wait("the second's") { server.letters.count == 2 }
        let recipients = server.commands.filter { $0.hasPrefix("RCPT") }
        #expect(
            recipients == ["admin@example.org", "ops@example.net", "ops@example.net"].map { "RCPT TO:<\($0)>" })
        #expect(server.letters[0] == server.letters[1])
    }

    @Test
    func aRefusedRecipientIsLoggedAndForgotten() {
        server.answer = { $0.contains("admin@") ? "550 nobody here" : MailServerDouble.usual($0) }
        send(1...2)
        stage.wait("the letters") { server.letters.count == 2 && mailer.isIdle }
        #expect(stage.logged.contains("the mail server refuses mail for admin@example.org: 550 nobody here"))
    }

    @Test(arguments: ["", "HELO", "MAIL", "RCPT", "DATA", "."])
    func aServerThatHangsIsLeftAndTriedAgain(_ command: String) {
        var hangs = true
        server.answer = { line in
            guard hangs, command.isEmpty ? line.isEmpty : line.hasPrefix(command) else {
                return MailServerDouble.usual(line)
            }
            hangs = false
            return nil
        }
        var settings = MailSettings.sample(port: server.port)
        settings.patience = .milliseconds(200)
        mailer.update(to: settings)
        send(1...1)
        send(2...2)
        stage.wait("both letters") { server.letters.count == 2 && mailer.isIdle }
        #expect(Set(subjects()) == Set(numbered(1...2)))
        #expect(server.connections == 2 || server.connections == 3)
    }

    @Test
    func aServerThatDripsIsLeft() {
        server.answer = { _ in "220-more" }
        var settings = MailSettings.sample(port: server.port)
        settings.patience = .milliseconds(300)
        mailer.update(to: settings)
        send(1...1)
        stage.wait("the end of patience") { stage.logged.contains("did not answer within 0.3 s; 1 mail waits") }
    }

    @Test
    func theNextLetterAfterALostConnectionDoesNotWaitForTheFirst() {
        // Longer than the wait for the server.
        var waits = MailQueue.Waits()
        waits.letter = .seconds(3)
        let mailer = Mailer(stage.loop, stage.log, queue: MailQueue(waits: waits))
        mailer.update(to: .sample(port: server.port))
        var count = 0
        server.answer = { line in
            guard line.hasPrefix("MAIL") else { return MailServerDouble.usual(line) }
            count += 1
            return count == 1 ? "" : "250 ok"
        }
        for number in 1...2 { mailer.send(alert(number), isFault: false) }
        stage.wait("the second letter") { server.letters.count == 1 }
        #expect(subjects() == numbered(2...2))
        stage.wait("the first") { server.letters.count == 2 }
        #expect(subjects() == numbered(2...2) + numbered(1...1))
    }

    @Test
    func atTheEndWhatWaitsIsTriedOnce() throws {
        server.stop()
        send(1...2)
        stage.wait("a failure") { stage.logged.contains("refused") }
        try server.resume()
        mailer.finish()
        stage.wait("the letters", within: .milliseconds(900)) { mailer.isIdle }
        #expect(subjects() == numbered(1...2))
    }

    @Test
    func whatComesWhileTheServerTakesLeaveIsTriedAtTheEndToo() {
        var isLeaving = false
        server.answer = { line in
            guard line == "QUIT", !isLeaving else { return MailServerDouble.usual(line) }
            isLeaving = true
            return nil
        }
        var settings = MailSettings.sample(port: server.port)
        settings.patience = .milliseconds(300)
        mailer.update(to: settings)
        send(1...1)
        stage.wait("QUIT") { isLeaving }
        var isOver = false
        mailer.emptied = { isOver = true }
        send(2...2)
        mailer.finish()
        stage.wait("the second letter", within: .milliseconds(900)) { isOver }
        #expect(subjects() == numbered(1...2))
    }

    @Test
    func whatIsLeftAtTheEndIsCounted() {
        server.answer = { _ in nil }
        send(1...3)
        stage.wait("the connection") { server.connections == 1 }
        mailer.finish()
        #expect(!mailer.isIdle)
        mailer.stop()
        #expect(mailer.isIdle)
        #expect(stage.logged.contains("3 mails are not sent: the mail server took no more before the end"))
    }

    @Test
    func anotherServerGetsWhatWaits() throws {
        server.answer = { _ in "450 not now" }
        send(1...1)
        stage.wait("a refusal") { stage.logged.contains("it greets with 450 not now") }
        let other = try MailServerDouble(stage.loop)
        mailer.update(to: .sample(port: other.port))
        stage.wait("the letter") { other.letters.count == 1 }
    }

    // MARK: Names

    @Test
    func theServerMayHaveAName() {
        mailer.update(to: .sample(host: "localhost", port: server.port))
        send(1...1)
        stage.wait("the letter") { server.letters.count == 1 }
    }

    @Test
    func aNameThatIsNotThereIsToldAndTriedAgain() {
        mailer.update(to: .sample(host: "no-such-host.invalid", port: server.port))
        send(1...1)
        stage.wait("the look-up's end", within: .seconds(20)) {
            stage.logged.contains("the mail server no-such-host.invalid:\(server.port) was not found")
        }
        #expect(stage.logged.contains("1 mail waits"))
    }

    @Test
    func aLookUpThatIsReleasedLeavesNothing() {
        var lookup: NameLookup? = NameLookup("localhost", within: .seconds(5), stage.loop) { _ in
            Issue.record("it was released")
        }
        let process = lookup?.process ?? -1
        #expect(process > 0)
        lookup = nil
        // Neither runs nor waits to be collected.
        #expect(kill(process, 0) != 0)
        stage.pass(.milliseconds(50))
    }
}
