import PacketFormats

/// A mail that is to be sent, with its envelope.
struct Letter: Hashable, Sendable {
    var sender: String
    /// Who has not got it yet.
    var recipients: [String]
    var subject: String
    /// Header and body, in lines without their ends.
    var lines: [String]

    init(_ alert: Alert, _ settings: MailSettings, date: MailDate) {
        self.init(
            subject: "[\(settings.label)] \(alert.subject)", body: ["=> \(alert.finding) <=", ""], settings, date: date)
    }

    init(subject: String, body: [String], _ settings: MailSettings, date: MailDate) {
        self.subject = Self.onOneLine(subject)
        sender = settings.sender
        recipients = settings.recipients
        lines =
            [
                "Date: \(date.text)",
                "From: \(settings.sender)",
                "Subject: \(subject)",
                "X-Mailer: Keepalived",
                "To: \(settings.recipients.joined(separator: ", "))",
                "",
            ] + body
        for index in lines.indices { lines[index] = Self.onOneLine(lines[index]) }
    }

    /// What goes after DATA: the lines, those that begin with a dot with another one before it, and the end (RFC 5321,
    /// section 4.5.2).
    var data: [UInt8] {
        var bytes: [UInt8] = []
        for line in lines {
            if line.utf8.first == UInt8(ascii: ".") { bytes.append(UInt8(ascii: ".")) }
            bytes += line.utf8
            bytes += [13, 10]
        }
        bytes += [UInt8(ascii: "."), 13, 10]
        return bytes
    }

    /// Without control characters, which could make another line of it, and no longer than a line may be.
    private static func onOneLine(_ text: String) -> String {
        let shortened = text.unicodeScalars.map { $0.value < 32 || $0.value == 127 ? " " : $0 }.prefix(900)
        var line = String.UnicodeScalarView()
        line.append(contentsOf: shortened)
        return String(line)
    }
}
