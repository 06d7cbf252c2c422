import Addresses

extension Keywords {
    static let realServer = KeywordTable<RealServer>(
        .realServer, sample: RealServer(endpoint: Setting(ServerEndpoint(address: .v4(.init(0))))),
        server + KeywordBinding.timing(\.timing, retryFrom: 0, standard: "the virtual server's") + checkers)

    private static let server: [KeywordBinding<RealServer>] = {
        let method = KeywordBinding<RealServer>.forwarding(
            "lvs_method", \.forwarding, standard: "the virtual server's", "How packets reach it.")
        return [
            .number("weight", \.weight, 0...65535, "Its share; 0 for no new connections."),
            method, method.synonym("lb_kind"),
            .number("uthreshold", \.upperThreshold, 0...0xffff_ffff, "Above this many connections it gets none."),
            .number("lthreshold", \.lowerThreshold, 0...0xffff_ffff, "Below this many it gets some again."),
            .flag(
                "inhibit_on_failure", \.inhibitsOnFailure, "When it fails it stays with weight 0."),
            .flag("alpha", \.isAlpha, "It is down until its checks have succeeded."),
            .flag("smtp_alert", \.sendsMail, "Send mail when it goes or comes."),
            .script("notify_up", \.notifyUp, "Run when it comes."),
            .script("notify_down", \.notifyDown, "Run when it goes."),
            .word(
                "virtualhost", \.virtualHost, standard: "the virtual server's",
                "The host name that HTTP checks ask for."),
            .ignored("snmp_name", .name(), because: "there is no SNMP agent", "What an SNMP agent calls it."),
        ]
    }()

    private static let checkers: [KeywordBinding<RealServer>] = [
        .checker(
            "TCP_CHECK", .tcpCheck, "A connection can be made.", { .tcp }, reads: { Keywords.tcpCheck }),
        .checker(
            "HTTP_GET", .httpCheck, "Pages are right.", { .http(HTTPCheck(), tls: false) },
            reads: { Keywords.httpCheck }),
        .checker(
            "SSL_GET", .sslCheck, "Pages are right, by TLS.", { .http(HTTPCheck(), tls: true) },
            reads: { Keywords.sslCheck }),
        .checker(
            "SMTP_CHECK", .smtpCheck, "A mail server greets.", { .smtp(SMTPCheck()) },
            reads: { Keywords.smtpCheck }),
        .checker(
            "DNS_CHECK", .dnsCheck, "A name server answers.", { .dns(DNSCheck()) }, reads: { Keywords.dnsCheck }),
        .checker(
            "UDP_CHECK", .udpCheck, "A datagram is not refused, or is answered.", { .udp(UDPCheck()) },
            reads: { Keywords.udpCheck }),
        .checker("PING_CHECK", .pingCheck, "An echo comes back.", { .ping }, reads: { Keywords.pingCheck }),
        .checker(
            "MISC_CHECK", .scriptCheck, "A command succeeds.", { .script(ScriptCheck()) },
            reads: { Keywords.scriptCheck }),
        .checker(
            "FILE_CHECK", .fileCheck, "A file's number says so.", { .file(FileCheck()) },
            reads: { Keywords.fileCheck }),
        .checker(
            "BFD_CHECK", .bfdCheck, "A BFD session is up.", { .bfd(BFDCheck()) }, reads: { Keywords.bfdCheck }),
    ]
}

extension KeywordBinding where Block == RealServer {
    fileprivate static func checker(
        _ name: String, _ scope: Scope, _ summary: String, _ kind: @escaping @Sendable () -> Checker.Kind,
        reads table: @escaping @Sendable () -> KeywordTable<Checker>
    ) -> KeywordBinding {
        .block(name, opens: scope, summary) { block, statement, interpreter in
            var checker = Checker(kind(), at: statement.keyword.span)
            interpreter.read(interpreter.body(of: statement), into: &checker, by: table())
            block.checkers.append(checker)
        } show: { block, list in
            // The first of these keywords shows the checks of all of them, in the order in which they were written.
            guard name == "TCP_CHECK" else { return }
            for checker in block.checkers {
                var shown = ShownBlock(checker.keyword, [], checker.place.origin)
                checker.table.show(checker, in: &shown)
                list.add(shown, evenEmpty: true)
            }
        }
    }
}

extension Checker {
    /// The keywords of its block.
    fileprivate var table: KeywordTable<Checker> {
        switch kind {
        case .tcp: Keywords.tcpCheck
        case .ping: Keywords.pingCheck
        case .http(_, let tls): tls ? Keywords.sslCheck : Keywords.httpCheck
        case .smtp: Keywords.smtpCheck
        case .dns: Keywords.dnsCheck
        case .udp: Keywords.udpCheck
        case .script: Keywords.scriptCheck
        case .file: Keywords.fileCheck
        case .bfd: Keywords.bfdCheck
        }
    }
}
