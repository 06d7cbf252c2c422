import Glibc
import KeepalivedConfig
import PacketFormats
import Reactor
import VRRPProtocol

/// Sends mail about changes, one connection for all letters that wait, and never waits itself.
final class Mailer {
    private let loop: EventLoop
    private let log: Log
    private let clock: () -> WallTime
    private var settings: MailSettings?
    private var queue: MailQueue
    private var session: MailSession?
    /// What the session is sending.
    private var carried: Cargo?
    private var isEnding = false
    /// Since when the server has not been to be had.
    private var failingSince: Instant?
    /// Told when nothing waits any more, or nothing that could be sent.
    var emptied: (() -> Void)?
    private lazy var timer = loop.timer { [unowned self] _ in work() }

    private enum Cargo {
        case letter(MailQueue.Entry)
        /// A mail that tells of that many that were dropped.
        case summary(Letter, of: Int)
    }

    init(
        _ loop: EventLoop, _ log: Log, queue: MailQueue = MailQueue(), clock: @escaping () -> WallTime = Log.wallTime
    ) {
        self.loop = loop
        self.log = log
        self.clock = clock
        self.queue = queue
    }

    /// Takes other settings up. What waits goes to whom it was written for, by the server as it is named now.
    func update(to new: MailSettings?) {
        let old = settings
        settings = new
        guard old?.server != new?.server || old?.hello != new?.hello || old?.patience != new?.patience else { return }
        closeSession()
        if new == nil, !queue.waiting.isEmpty {
            log.warning(
                "\(queue.waiting.count) mails are not sent: the configuration names no mail server any more",
                event: "mail-dropped", ["count": "\(queue.waiting.count)"])
            queue.clear()
        }
        queue.hurry(at: loop.now)
        work()
    }

    /// Mails an alert about a virtual router.
    func send(_ alert: Alert, isFault: Bool) {
        guard let settings, settings.mailsFaults || !isFault else { return }
        send(alert, settings)
    }

    /// Mails an alert about a server.
    func send(_ alert: Alert, isAboutCheckOnly: Bool) {
        guard let settings, settings.mailsChecks || !isAboutCheckOnly else { return }
        send(alert, settings)
    }

    private func send(_ alert: Alert, _ settings: MailSettings) {
        let now = clock()
        let dropped = queue.add(Letter(alert, settings, date: date(now)), written: now, at: loop.now)
        if let dropped { note(dropped: dropped) }
        // Not at once: what happens in the same turn goes by the same connection.
        if session == nil { plan() }
    }

    /// Whether nothing is on its way or waits for a server that might take it.
    var isIdle: Bool { session == nil && (isEnding || queue.waiting.isEmpty) }

    /// Tries what waits, once, because the daemon ends; `emptied` is called when that is over.
    func finish() {
        isEnding = true
        queue.hurry(at: loop.now)
        work()
    }

    /// Gives up what is not sent.
    func stop() {
        closeSession()
        timer.set(nil)
        let lost = queue.waiting.count + (queue.dropped?.count ?? 0)
        guard lost > 0 else { return }
        log.warning(
            "\(lost) \(lost == 1 ? "mail is" : "mails are") not sent: the mail server took no more before the end",
            event: "mail-dropped",
            ["count": "\(lost)"])
    }

    // MARK: The session

    private func plan() { timer.set(queue.deadline) }

    private func work() {
        guard session == nil, let settings, queue.hasWork(at: loop.now) else { return plan() }
        session = MailSession(settings, loop) { [unowned self] in take($0) }
    }

    private func closeSession() {
        session = nil
        // It may be there by now; rather twice than never.
        if case .letter(let entry) = carried, let dropped = queue.putOff(entry, at: loop.now) { note(dropped: dropped) }
        carried = nil
    }

    private func take(_ event: MailSession.Event) {
        switch event {
        case .ready: sendNext()
        case .done(let delivery): take(delivery)
        case .ended(let reason):
            session = nil
            if let reason { serverFailed(reason) }
            // At the end what came while the server was taking leave is tried too; what has failed is not.
            if isEnding, reason != nil || !queue.hasWork(at: loop.now) { emptied?() } else { work() }
        }
    }

    private func sendNext() {
        guard let session, let settings else { return }
        if let dropped = queue.dropped {
            let letter = summary(of: dropped, settings)
            carried = .summary(letter, of: dropped.count)
            session.send(letter)
        } else if let entry = queue.take(at: loop.now) {
            carried = .letter(entry)
            session.send(entry.letter)
        } else {
            session.quit()
        }
    }

    private func take(_ delivery: SMTPClient.Delivery) {
        guard let carried else { return }
        self.carried = nil
        let letter: Letter
        switch carried {
        case .letter(let entry): letter = entry.letter
        case .summary(let summary, _): letter = summary
        }
        if !delivery.delivered.isEmpty { serverWorks(letter, delivery.delivered) }
        for refusal in delivery.refused {
            log.limited(
                "mail refused \(refusal.recipient)", at: loop.now, .warning,
                "the mail server refuses mail for \(refusal.recipient): \(refusal.reply.code) \(refusal.reply.text)",
                event: "mail-refused", ["recipient": refusal.recipient, "code": "\(refusal.reply.code)"])
        }
        switch carried {
        case .summary(_, let count):
            // Nobody is written to twice; if nobody has it, it is tried again with the next letter.
            if !delivery.delivered.isEmpty || delivery.deferred.isEmpty { queue.haveTold(of: count) }
        case .letter(var entry):
            guard !delivery.deferred.isEmpty else { break }
            entry.letter.recipients = delivery.deferred
            log.limited(
                "mail deferred", at: loop.now, .notice,
                "mail to \(delivery.deferred.joined(separator: ", ")) waits: \(delivery.reason)",
                event: "mail-deferred", ["subject": entry.letter.subject])
            if let dropped = queue.putOff(entry, at: loop.now) { note(dropped: dropped) }
        }
    }

    // MARK: What the log says

    private func serverWorks(_ letter: Letter, _ recipients: [String]) {
        queue.serverWorks()
        log.info(
            "mail to \(recipients.joined(separator: ", ")): \(letter.subject)", event: "mail",
            ["subject": letter.subject])
        guard let failingSince else { return }
        self.failingSince = nil
        log.notice(
            "the mail server \(name) takes mail again, after \(TransitionWords.seconds(loop.now - failingSince))",
            event: "mail-server-up")
    }

    private func serverFailed(_ reason: String) {
        if failingSince == nil { failingSince = loop.now }
        let wait = queue.serverFailed(at: loop.now)
        guard !isEnding, !queue.waiting.isEmpty else { return }
        log.limited(
            "mail server", at: loop.now, .warning,
            "the mail server \(name) \(reason); \(queue.waiting.count) "
                + "\(queue.waiting.count == 1 ? "mail waits" : "mails wait"), next attempt in "
                + TransitionWords.seconds(wait),
            event: "mail-server-down", ["server": name, "waiting": "\(queue.waiting.count)"])
    }

    private func note(dropped entry: MailQueue.Entry) {
        log.limited(
            "mail dropped", at: loop.now, .warning,
            "a mail is dropped, because \(queue.waiting.count) younger ones wait: \(entry.letter.subject)",
            event: "mail-dropped", ["subject": entry.letter.subject])
    }

    private var name: String { settings.map { "\($0.server.host):\($0.server.port)" } ?? "" }

    // MARK: What is written

    private func summary(of dropped: MailQueue.Dropped, _ settings: MailSettings) -> Letter {
        let what = "\(dropped.count) \(dropped.count == 1 ? "alert was" : "alerts were") not sent"
        return Letter(
            subject: "[\(settings.label)] \(what)",
            body: [
                "=> \(what): too many waited for the mail server <=",
                "The first of them is of \(date(dropped.first).text), the last of \(date(dropped.last).text).", "",
            ], settings, date: date(clock()))
    }

    private func date(_ time: WallTime) -> MailDate {
        var seconds = time_t(time.seconds)
        var local = tm()
        localtime_r(&seconds, &local)
        return MailDate(time, offset: local.tm_gmtoff)
    }
}
