import Addresses
import IPVSModel

extension Keywords {
    static let virtualServer = KeywordTable<VirtualServer>(
        .virtualServer, sample: VirtualServer(identity: Setting(.group(""))),
        scheduling + persistence + KeywordBinding.timing(\.timing, retryFrom: 1) + behaviour + quorum + [servers])

    private static let scheduling: [KeywordBinding<VirtualServer>] = {
        let scheduler = KeywordBinding<VirtualServer>.choice(
            "lvs_sched", \.scheduler, "Which real server the next connection goes to.")
        let method = KeywordBinding<VirtualServer>.forwarding(
            "lvs_method", \.forwarding, standard: "NAT", "How packets reach the real servers.")
        return [
            scheduler, scheduler.synonym("lb_algo"), method, method.synonym("lb_kind"),
            .choice("protocol", \.transport, standard: "UDP", "What is balanced."),
            .schedulerFlag("flag-1", .scheduler1), .schedulerFlag("flag-2", .scheduler2),
            .schedulerFlag("flag-3", .scheduler3), .schedulerFlag("sh-port", .scheduler2),
            .schedulerFlag("sh-fallback", .scheduler1), .schedulerFlag("mh-port", .scheduler2),
            .schedulerFlag("mh-fallback", .scheduler1), .schedulerFlag("ops", .onePacket),
            .schedulerFlag("hashed", .hashed),
            .choice(
                "ip_family", \.family, standard: "the real servers'",
                "The family of a firewall mark whose servers are all tunnelled."),
        ]
    }()

    private static let persistence: [KeywordBinding<VirtualServer>] = [
        .custom(
            "persistence_timeout", .integer(1...KeywordLimits.month, whenAbsent: 360), standard: "off",
            unit: "seconds", "How long a client stays with its real server."
        ) { block, statement, interpreter in
            guard let word = statement.arguments.first else {
                block.persistenceTimeout = Setting(360, .because(.emptyPersistence, statement.keyword.span))
                return
            }
            if word.text == "0" {
                interpreter.warn(
                    "out-of-range", "persistence_timeout 0 asks for no persistence", at: word,
                    expected: "no persistence_timeout at all")
                return
            }
            guard let value = interpreter.integer(word, of: statement.keyword, 1...KeywordLimits.month) else { return }
            block.persistenceTimeout = Setting(value, .file(statement.valueSpan))
        } show: { block, list in
            let setting = block.persistenceTimeout
            list.add(
                ShownSetting(
                    "persistence_timeout", setting.value.map { .integer($0) } ?? .absent("off"), setting.origin))
        },
        .custom(
            "persistence_granularity", .words("NETMASK|LENGTH"), standard: "each address",
            "Which part of a client's address counts."
        ) { block, statement, interpreter in
            guard let word = interpreter.first(statement, "NETMASK|LENGTH") else { return }
            guard Interpreter.isMask(word.text) else {
                interpreter.error(
                    "bad-mask", "\(word.text) is no mask", at: word,
                    expected: "an IPv4 netmask such as 255.255.255.0, or an IPv6 prefix length from 1 to 128")
                return
            }
            block.persistenceGranularity = Setting(word.text, .file(statement.valueSpan))
        } show: { block, list in
            let setting = block.persistenceGranularity
            list.add(
                ShownSetting(
                    "persistence_granularity", setting.value.map { .text($0) } ?? .absent("each address"),
                    setting.origin))
        },
        .choice("persistence_engine", \.persistenceEngine, standard: "none", "What else ties connections together."),
    ]

    private static let behaviour: [KeywordBinding<VirtualServer>] = [
        .flag("alpha", \.isAlpha, "Real servers are down until a check has succeeded."),
        .flag("omega", \.isOmega, "Run quorum_down and notify_down when the daemon stops."),
        .flag(
            "inhibit_on_failure", \.inhibitsOnFailure,
            "A failed real server stays with weight 0, so that its connections go on."),
        .flag("ha_suspend", \.suspendsWithoutAddress, "Check only while the virtual address is on this machine."),
        .word("virtualhost", \.virtualHost, "The host name that HTTP checks ask for."),
        .number("weight", \.weight, 1...65535, "The weight of real servers that name none."),
        .flag("smtp_alert", \.sendsMail, "Send mail when the quorum is lost or regained."),
        .ignored(
            "snmp_name", .name(), because: "there is no SNMP agent", "What an SNMP agent calls it."),
        .ignored(
            "nat_mask", .words("NETMASK"), because: "the kernel has no such mask",
            "Of the kernel 2.2 patch."),
    ]

    private static let quorum: [KeywordBinding<VirtualServer>] = [
        .number(
            "quorum", \.quorum, 1...0xffff_ffff, zero: 1,
            "The sum of the living servers' weights that is enough."),
        .number("hysteresis", \.hysteresis, 0...0xffff_ffff, "How far beyond the quorum it must go."),
        .script("quorum_up", \.quorumUp, "Run when the quorum is there."),
        .script("quorum_down", \.quorumDown, "Run when the quorum is lost."),
        .custom(
            "sorry_server", .words("ADDRESS [PORT]"), standard: "none", maximumWords: 2,
            "Takes the place of all real servers while the quorum is lost."
        ) { block, statement, interpreter in
            guard let endpoint = interpreter.endpoint(statement) else { return }
            block.sorryServer = Setting(endpoint, .file(statement.valueSpan))
        } show: { block, list in
            let setting = block.sorryServer
            list.add(
                ShownSetting(
                    "sorry_server", setting.value.map { .words(Interpreter.words($0)) } ?? .absent("none"),
                    setting.origin))
        },
        .flag("sorry_server_inhibit", \.sorryServerInhibits, "It is always there, with weight 0 while not needed."),
        .custom(
            "sorry_server_lvs_method", .words(Interpreter.forwardingForm), standard: "lvs_method",
            maximumWords: 6, "How packets reach it."
        ) { block, statement, interpreter in
            guard let value = interpreter.forwarding(statement) else { return }
            block.sorryServerForwarding = Setting(value, .file(statement.valueSpan))
        } show: { block, list in
            let setting = block.sorryServerForwarding
            list.add(
                ShownSetting(
                    "sorry_server_lvs_method",
                    setting.value.map { .words(Interpreter.words($0)) } ?? .absent("lvs_method"),
                    setting.origin))
        },
    ]

    private static let servers = KeywordBinding<VirtualServer>.block(
        "real_server", argument: "ADDRESS [PORT]", opens: .realServer, "Where connections go."
    ) { block, statement, interpreter in
        if statement.arguments.count > 2 {
            interpreter.warn(
                "extra-words", "real_server takes an address and a port: the rest is ignored",
                at: statement.arguments[2])
        }
        guard let endpoint = interpreter.endpoint(statement) else {
            // Its lines are still worth reading for what is wrong with them.
            var server = RealServer(
                endpoint: Setting(ServerEndpoint(address: .v4(IPv4Address(0)), port: nil), .file(statement.valueSpan)))
            interpreter.read(interpreter.body(of: statement), into: &server, by: Keywords.realServer)
            return
        }
        var server = RealServer(
            endpoint: Setting(endpoint, .file(statement.arguments.first?.span ?? statement.keyword.span)))
        interpreter.read(interpreter.body(of: statement), into: &server, by: Keywords.realServer)
        block.realServers.append(server)
    } show: { block, list in
        for server in block.realServers {
            var shown = ShownBlock("real_server", Interpreter.words(server.endpoint.value), server.endpoint.origin)
            Keywords.realServer.show(server, in: &shown)
            list.add(shown, evenEmpty: true)
        }
    }
}
