/// `SMTP_CHECK`.
package struct SMTPCheck: Hashable, Sendable {
    /// Nil for keepalived's own, smtpchecker.keepalived.org.
    package var helloName = Setting<String?>(nil)
    /// The old `host` blocks: each is connected to.
    package var hosts: [CheckConnection] = []

    package init() {}
}
