package import KeepalivedConfig

/// Where mail goes, from whom, and what is mailed.
package struct MailSettings: Hashable, Sendable {
    package var server: MailDefinitions.Server
    package var recipients: [String]
    package var sender: String
    /// What this host says that it is called.
    package var hello: String
    /// What subjects begin with, in brackets.
    package var label: String
    /// How long the server may take for a connection and for each answer.
    package var patience: Duration
    /// Whether changes to FAULT are mailed.
    package var mailsFaults: Bool
    /// Whether results of checks are mailed that change nothing about their server.
    package var mailsChecks: Bool

    /// Nil if there is nobody to write to, or no server.
    ///
    /// - Parameters:
    ///   - host: This host's name, in full if that is known.
    ///   - user: Whom the daemon runs as: keepalived's mail comes from there where the configuration does not say.
    package init?(_ global: GlobalDefinitions, host: String, user: String) {
        let mail = global.mail
        guard let server = mail.server.value, !mail.recipients.isEmpty else { return nil }
        self.server = server
        recipients = mail.recipients.map(\.value)
        sender = mail.sender.value ?? "\(user)@\(host)"
        hello = mail.helloName.value ?? host
        label = global.routerID.value ?? host
        patience = mail.connectTimeout.value
        mailsFaults = !mail.omitsFaults.value
        mailsChecks = !mail.omitsCheckers.value
    }
}
