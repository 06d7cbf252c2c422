import Addresses

extension Keywords {
    static let globalFirewall: [KeywordBinding<GlobalDefinitions>] = [
        .custom(
            "vrrp_iptables", .words("[INPUT-CHAIN [OUTPUT-CHAIN]]"), standard: "no", maximumWords: 2,
            "Drop packets with iptables; without a name in INPUT."
        ) { block, statement, _ in
            let words = statement.arguments.map(\.text)
            block.firewall.iptables = Setting(
                FirewallDefinitions.Chains(input: words.first, output: words.dropFirst().first),
                .file(statement.valueSpan))
        } show: { block, list in
            let setting = block.firewall.iptables
            let value = setting.value.map { ShownValue.words([$0.input, $0.output].compactMap { $0 }) }
            list.add(ShownSetting("vrrp_iptables", value ?? .absent("no"), setting.origin))
        },
        .custom(
            "vrrp_ipsets", .words("[NAME …]"), standard: "no", maximumWords: 5, "Names of the sets that iptables use."
        ) { block, statement, _ in
            block.firewall.ipsets = Setting(statement.arguments.map(\.text), .file(statement.valueSpan))
        } show: { block, list in
            let setting = block.firewall.ipsets
            list.add(ShownSetting("vrrp_ipsets", setting.value.map { .words($0) } ?? .absent("no"), setting.origin))
        },
        .table("nftables", \.firewall.nftables, "keepalived", "Drop packets with nftables, in this table."),
        .number(
            "nftables_priority", \.firewall.nftablesPriority, -KeywordLimits.count...KeywordLimits.count,
            "The priority of its chains."),
        .flag("nftables_counters", \.firewall.nftablesCounters, "Count packets in its rules."),
        .flag("nftables_ifindex", \.firewall.nftablesInterfaceIndex, "Name interfaces by number in its sets."),
        .table(
            "nftables_ipvs", \.firewall.ipvsTable, "keepalived_ipvs", "Mark packets of server groups, in this table."),
        .number(
            "nftables_ipvs_priority", \.firewall.ipvsPriority, -KeywordLimits.count...KeywordLimits.count,
            "The priority of its chains."),
        .number(
            "nftables_ipvs_start_fwmark", \.firewall.ipvsFirstMark, 1...0xffff_ffff,
            "The first mark; each group takes the next."),
    ]

    static let globalDirector: [KeywordBinding<GlobalDefinitions>] = [
        .custom(
            "lvs_sync_daemon",
            .words(
                "INTERFACE [[inst] INSTANCE] [id 0..255] [maxlen 1..65507] [port 1..65535] [ttl 1..255] [group ADDRESS]"
            ), standard: "off", maximumWords: .max, "Synchronise IPVS connections with another director."
        ) { block, statement, interpreter in
            guard let daemon = interpreter.syncDaemon(statement) else { return }
            block.director.syncDaemon = Setting(daemon, .file(statement.valueSpan))
        } show: { block, list in
            let setting = block.director.syncDaemon
            list.add(
                ShownSetting(
                    "lvs_sync_daemon", setting.value.map { .words(Interpreter.words($0)) } ?? .absent("off"),
                    setting.origin))
        },
        .custom(
            "lvs_timeouts", .words("[tcp 0..2678400] [tcpfin 0..2678400] [udp 0..2678400]"),
            standard: "the kernel's", unit: "seconds", maximumWords: 6, "How long idle connections are kept."
        ) { block, statement, interpreter in
            guard let timeouts = interpreter.timeouts(statement) else { return }
            block.director.timeouts = Setting(timeouts, .file(statement.valueSpan))
        } show: { block, list in
            let setting = block.director.timeouts
            list.add(
                ShownSetting(
                    "lvs_timeouts",
                    setting.value.map { .words(Interpreter.words($0)) } ?? .absent("the kernel's"), setting.origin))
        },
        .flag("lvs_flush", \.director.flushes, "Empty the IPVS table at the start."),
        flushOnStop,
        flushOnStop.spelled("lvs_flush_onstop"),
        .flag("checker_log_all_failures", \.director.logsAllFailures, "Note each failed check."),
        .flag("rs_init_notifies", \.director.notifiesAtStart, "Run notify_up and notify_down at the start too."),
    ]

    private static let flushOnStop = KeywordBinding<GlobalDefinitions>.custom(
        "lvs_flush_on_stop", .words("[VS]"), standard: "no",
        "Empty the IPVS table at the end; VS: take out whole virtual servers of our own."
    ) { block, statement, interpreter in
        var value = DirectorDefinitions.FlushOnStop.everything
        if !statement.arguments.isEmpty {
            guard interpreter.choice(statement, ["VS"]) != nil else { return }
            value = .virtualServers
        }
        block.director.flushesOnStop = Setting(value, .file(statement.valueSpan))
    } show: { block, list in
        let value: ShownValue =
            switch block.director.flushesOnStop.value {
            case .never: .absent("no")
            case .everything: .flag(true)
            case .virtualServers: .words(["VS"])
            }
        list.add(ShownSetting("lvs_flush_on_stop", value, block.director.flushesOnStop.origin))
    }
}

extension Interpreter {
    mutating func syncDaemon(_ statement: Statement) -> DirectorDefinitions.SyncDaemon? {
        guard let word = first(statement, "INTERFACE"), let interface = interface(word) else { return nil }
        var daemon = DirectorDefinitions.SyncDaemon(interface: interface)
        var reader = WordReader(statement)
        reader.index = 2
        while let word = reader.next() {
            switch word.text {
            case "inst": daemon.instance = reader.name(of: word, &self)
            case "id": daemon.identifier = reader.integer(of: word, 0...255, &self)
            case "maxlen": daemon.maximumLength = reader.integer(of: word, 1...65507, &self)
            case "port": daemon.port = reader.integer(of: word, 1...65535, &self)
            case "ttl": daemon.ttl = reader.integer(of: word, 1...255, &self)
            case "group": daemon.group = reader.address(of: word, &self)
            default:
                if reader.index == 3 {
                    daemon.instance = word.text
                } else {
                    unknownOption(word, of: statement, ["inst", "id", "maxlen", "port", "ttl", "group"])
                }
            }
        }
        return daemon
    }

    static func words(_ daemon: DirectorDefinitions.SyncDaemon) -> [String] {
        var words = [daemon.interface]
        if let instance = daemon.instance { words += ["inst", instance] }
        if let identifier = daemon.identifier { words += ["id", String(identifier)] }
        if let length = daemon.maximumLength { words += ["maxlen", String(length)] }
        if let port = daemon.port { words += ["port", String(port)] }
        if let ttl = daemon.ttl { words += ["ttl", String(ttl)] }
        if let group = daemon.group { words += ["group", group.description] }
        return words
    }

    mutating func timeouts(_ statement: Statement) -> DirectorDefinitions.Timeouts? {
        guard first(statement, "tcp|tcpfin|udp SECONDS") != nil else { return nil }
        var timeouts = DirectorDefinitions.Timeouts()
        var reader = WordReader(statement)
        reader.index = 1
        while let word = reader.next() {
            switch word.text {
            case "tcp": timeouts.tcp = reader.integer(of: word, 0...KeywordLimits.month, &self)
            case "tcpfin": timeouts.tcpFin = reader.integer(of: word, 0...KeywordLimits.month, &self)
            case "udp": timeouts.udp = reader.integer(of: word, 0...KeywordLimits.month, &self)
            default: unknownOption(word, of: statement, ["tcp", "tcpfin", "udp"])
            }
        }
        return timeouts
    }

    static func words(_ timeouts: DirectorDefinitions.Timeouts) -> [String] {
        [("tcp", timeouts.tcp), ("tcpfin", timeouts.tcpFin), ("udp", timeouts.udp)].flatMap { name, value in
            value.map { [name, String($0)] } ?? []
        }
    }
}
