extension Keyword {
    /// Every keyword of every block: the one table that the reader, the manual page and the tests share.
    package static let all: [Keyword] = {
        var all: [Keyword] = []
        all += Keywords.root.keywords
        all += Keywords.globalDefinitions.keywords
        all += Keywords.script.keywords
        all += Keywords.trackProcess.keywords
        all += Keywords.trackFile.keywords
        all += Keywords.syncGroup.keywords
        all += Keywords.instance.keywords
        all += Keywords.authentication.keywords
        all += Keywords.messageAuthentication.keywords
        all += Keywords.trackGroup.keywords
        all += Keywords.announcementGroup.keywords
        all += Keywords.tls.keywords
        all += Keywords.bfdInstance.keywords
        all += Keywords.virtualServer.keywords
        all += Keywords.realServer.keywords
        all += Keywords.tcpCheck.keywords
        all += Keywords.httpCheck.keywords
        all += Keywords.sslCheck.keywords
        all += Keywords.page.keywords
        all += Keywords.smtpCheck.keywords
        all += Keywords.smtpHost.keywords
        all += Keywords.dnsCheck.keywords
        all += Keywords.udpCheck.keywords
        all += Keywords.pingCheck.keywords
        all += Keywords.scriptCheck.keywords
        all += Keywords.fileCheck.keywords
        all += Keywords.bfdCheck.keywords
        return all
    }()

    static func names(in scope: Scope) -> [String] { all.filter { $0.scope == scope }.map(\.name) }

    /// Whether the word is a keyword of this block, so that it should begin a line.
    static func isKnown(_ name: String, in scope: Scope) -> Bool {
        all.contains { $0.scope == scope && $0.name == name }
    }
}
