private let oneProcess = "one process does all the work; the vrrp_ keyword is for all of it"
private let noName = "there is one process, and it keeps its name"
private let noSNMP = "there is no SNMP agent"
private let noDBus = "there is no D-Bus service; notify_fifo tells of changes"
private let noDump = "no files of this kind are written"

extension Keywords {
    static let globalProcess: [KeywordBinding<GlobalDefinitions>] = [
        .number("vrrp_priority", \.process.niceness, -20...19, standard: "0", "The daemon's nice value."),
        .number(
            "vrrp_rt_priority", \.process.realTimePriority, 1...99, standard: "off", "Its real-time priority."),
        .number(
            "vrrp_rlimit_rttime", \.process.realTimeLimit, 2...KeywordLimits.count, unit: "microseconds",
            "How long it may compute without waiting, with a real-time priority."),
        .number(
            "vrrp_rlimit_rtime", \.process.realTimeLimit, 2...KeywordLimits.count, unit: "microseconds",
            "Old for vrrp_rlimit_rttime."
        ).hidden.deprecated(inFavourOf: "vrrp_rlimit_rttime"),
        .flag("vrrp_no_swap", \.process.staysInMemory, "Its memory is never swapped out."),
        .custom(
            "vrrp_cpu_affinity", .words("NUMBER …"), standard: "all", maximumWords: .max, "The processors it runs on."
        ) { block, statement, interpreter in
            guard interpreter.first(statement, "NUMBER …") != nil else { return }
            var processors: [Int] = []
            for word in statement.arguments {
                guard let number = interpreter.integer(word, of: statement.keyword, 0...4095) else { return }
                processors.append(number)
            }
            block.process.processors = Setting(processors, .file(statement.valueSpan))
        } show: { block, list in
            let setting = block.process.processors
            list.add(
                ShownSetting(
                    "vrrp_cpu_affinity", setting.value.isEmpty ? .absent("all") : setting.value.shown, setting.origin))
        },
        .custom(
            "umask", .words("NUMBER|BITS"), standard: "022", "Which permissions files that it makes do not have."
        ) { block, statement, interpreter in
            guard let word = interpreter.first(statement, "NUMBER|BITS") else { return }
            guard let value = Interpreter.permissions(word.text) else {
                interpreter.error(
                    "bad-number", "umask takes no \(word.text)", at: word,
                    expected: "an octal number such as 022, or bits such as IWGRP|IWOTH")
                return
            }
            block.process.umask = Setting(value, .file(statement.valueSpan))
        } show: { block, list in
            let setting = block.process.umask
            list.add(
                ShownSetting(
                    "umask", setting.value.map { .text("0" + String($0, radix: 8)) } ?? .absent("022"),
                    setting.origin))
        },
        .number(
            "random_seed", \.process.randomSeed, 0...0xffff_ffff, standard: "the time",
            "What ${_RANDOM} begins with."),
        .flag("set_supplementary_groups", \.process.setsSupplementaryGroups, "Scripts have their user's other groups."),
        .flag("use_symlink_paths", \.process.keepsSymbolicLinks, "Scripts are run by the path as written."),
        .word(
            "iproute_usr_dir", \.process.iprouteUserDirectory, form: .path, standard: "/usr/share/iproute2",
            "Where the names of tables are."),
        .word(
            "iproute_etc_dir", \.process.iprouteSystemDirectory, form: .path, standard: "/etc/iproute2",
            "Where the names of tables are."),
    ]

    static let globalReloading: [KeywordBinding<GlobalDefinitions>] = [
        .custom(
            "reload_check_config", .words("[PATH]"), standard: "yes, always",
            "Check before a reload, and say there what is wrong."
        ) { block, statement, _ in
            block.process.checksBeforeReload = Setting(true, .file(statement.valueSpan))
            block.process.reloadCheckLog = Setting(statement.arguments.first?.text, .file(statement.valueSpan))
        } show: { block, list in
            let setting = block.process.checksBeforeReload
            let value: ShownValue =
                setting.value
                ? block.process.reloadCheckLog.value.map { .text($0) } ?? .flag(true) : .absent("yes, always")
            list.add(ShownSetting("reload_check_config", value, setting.origin))
        },
        .word("reload_time_file", \.process.reloadTimeFile, form: .path, "A file that says when to reload."),
        .flag("reload_repeat", \.process.reloadRepeats, "Reload at that time each day."),
        .word(
            "reload_file", \.process.reloadFile, form: .name(whenAbsent: "keepalived.reload beside the pid file"),
            "A file that is there while the configuration is being read."),
    ]

    static let globalBuffers: [KeywordBinding<GlobalDefinitions>] = [
        .number(
            "vrrp_netlink_cmd_rcv_bufs", \.process.netlinkBuffer, 1...KeywordLimits.count, unit: "bytes",
            standard: "the kernel's", "The receive buffer of netlink requests."),
        .flag(
            "vrrp_netlink_cmd_rcv_bufs_force", \.process.netlinkBufferForced, "Beyond the kernel's limit."),
        .number(
            "vrrp_netlink_monitor_rcv_bufs", \.process.monitorBuffer, 1...KeywordLimits.count, unit: "bytes",
            standard: "the kernel's", "The receive buffer of netlink events."),
        .flag(
            "vrrp_netlink_monitor_rcv_bufs_force", \.process.monitorBufferForced, "Beyond the kernel's limit."),
        .number(
            "process_monitor_rcv_bufs", \.process.processEventBuffer, 1...KeywordLimits.count, unit: "bytes",
            standard: "the kernel's", "The receive buffer of process events."),
        .flag(
            "process_monitor_rcv_bufs_force", \.process.processEventBufferForced, "Beyond the kernel's limit."),
        .custom(
            "vrrp_rx_bufs_policy", .words("MTU|ADVERT|BYTES"), standard: "the kernel's",
            "The receive buffer of advertisements."
        ) { block, statement, interpreter in
            guard let word = interpreter.first(statement, "MTU|ADVERT|BYTES") else { return }
            if word.text != "MTU", word.text != "ADVERT" {
                guard interpreter.integer(word, of: statement.keyword, 1...KeywordLimits.count) != nil else { return }
            }
            block.process.receiveBufferPolicy = Setting(word.text, .file(statement.valueSpan))
        } show: { block, list in
            let setting = block.process.receiveBufferPolicy
            list.add(
                ShownSetting(
                    "vrrp_rx_bufs_policy", setting.value.map { .text($0) } ?? .absent("the kernel's"), setting.origin))
        },
        .number(
            "vrrp_rx_bufs_multiplier", \.process.receiveBufferMultiplier, 1...1_000_000,
            "How many packets it holds."),
    ]

    static let globalWithoutEffect: [KeywordBinding<GlobalDefinitions>] =
        ["checker", "bfd"].flatMap { part -> [KeywordBinding<GlobalDefinitions>] in
            [
                .ignored("\(part)_priority", .integer(-20...19), because: oneProcess, "A nice value."),
                .ignored("\(part)_rt_priority", .integer(1...99), because: oneProcess, "A real-time priority."),
                .ignored("\(part)_no_swap", .flag, because: oneProcess, "Memory that is not swapped out."),
                .ignored(
                    "\(part)_cpu_affinity", .words("NUMBER …"), maximumWords: .max, because: oneProcess,
                    "Processors to run on."),
                .ignored(
                    "\(part)_rlimit_rttime", .integer(2...KeywordLimits.count), unit: "microseconds",
                    because: oneProcess, "How long it may compute without waiting."),
                .ignored(
                    "\(part)_rlimit_rtime", .integer(2...KeywordLimits.count), unit: "microseconds",
                    because: oneProcess, "How long it may compute without waiting."),
                .ignored("\(part)_process_name", .name(), because: noName, "A process's name."),
            ]
        } + [
            .ignored(
                "max_auto_priority", .integer(-1...99, whenAbsent: 99),
                because: "the priority is never raised by itself; vrrp_rt_priority sets it",
                "How far the priority is raised when timers are late."),
            .ignored(
                "min_auto_priority_delay", .integer(1...10_000_000), unit: "microseconds",
                because: "the priority is never raised by itself", "How late timers must be for that."),
            .ignored(
                "thread_timer_expired", .flag, because: "late timers are always noted", "Note timers that were late."),
            .ignored("process_names", .flag, because: noName, "Names of processes."),
            .ignored("process_name", .name(), because: noName, "A process's name."),
            .ignored("vrrp_process_name", .name(), because: noName, "A process's name."),
            .ignored("lvs_process_name", .name(), because: noName, "A process's name."),
        ]
        + [
            "enable_snmp_vrrp", "enable_snmp_checker", "enable_snmp_rfc", "enable_snmp_rfcv2", "enable_snmp_rfcv3",
            "enable_traps",
        ].map { .ignored($0, .flag, because: noSNMP, "Part of an SNMP agent.") } + [
            KeywordBinding.ignored("enable_snmp_keepalived", .flag, because: noSNMP, "Old for enable_snmp_vrrp.")
                .deprecated(inFavourOf: "enable_snmp_vrrp"),
            .ignored("snmp_socket", .name(), because: noSNMP, "The SNMP agent's socket."),
            .ignored(
                "snmp_vs_stats_update_interval", .seconds(1...KeywordLimits.day), unit: "seconds", because: noSNMP,
                "How old numbers of virtual servers may be."),
            .ignored(
                "snmp_rs_stats_update_interval", .seconds(1...KeywordLimits.day), unit: "seconds", because: noSNMP,
                "How old numbers of real servers may be."),
            .ignored("enable_dbus", .flag, because: noDBus, "A D-Bus service."),
            .ignored("dbus_service_name", .name(), because: noDBus, "The name of the D-Bus service."),
            .ignored("dbus_no_interface_name", .flag, because: noDBus, "Objects without the interface's name."),
            .ignored("data_use_instance", .flag, because: noDump, "The instance's name in the names of dumps."),
            .ignored("state_dump_file", .name(), because: noDump, "Where the state is dumped."),
            .ignored("stats_dump_file", .name(), because: noDump, "Where the counters are dumped."),
            .ignored("json_dump_file", .name(), because: noDump, "Where the state is dumped as JSON."),
            .ignored("json_version", .choice(["1", "2"]), because: noDump, "The form of that JSON."),
            .ignored(
                "tmp_config_directory", .path, because: "the configuration is read once and kept in memory",
                "Where a copy of the configuration is kept."),
            .ignored(
                "config_save_dir", .path, because: "vrrpctl show-config shows how a configuration is understood",
                "Where configurations are kept for debugging."),
            .ignored(
                "lvs_netlink_cmd_rcv_bufs", .integer(1...KeywordLimits.count), unit: "bytes", because: oneProcess,
                "A receive buffer."),
            .ignored("lvs_netlink_cmd_rcv_bufs_force", .flag, because: oneProcess, "Beyond the kernel's limit."),
            .ignored(
                "lvs_netlink_monitor_rcv_bufs", .integer(1...KeywordLimits.count), unit: "bytes",
                because: oneProcess, "A receive buffer."),
            .ignored("lvs_netlink_monitor_rcv_bufs_force", .flag, because: oneProcess, "Beyond the kernel's limit."),
            .custom(
                "include_check", .words("[[+|-]readable|match|wildcard_match|brace_match …]"), standard: "off",
                maximumWords: .max, repetition: .repeatable, "Which missing include files are errors.",
                read: { _, _, _ in }, show: { _, _ in }),
        ]
}

extension Interpreter {
    /// A umask: octal, hexadecimal or decimal, or names of bits with bars between them.
    static func permissions(_ text: String) -> Int? {
        let value: Int?
        if text.hasPrefix("0x") {
            value = Int(text.dropFirst(2), radix: 16)
        } else if text.hasPrefix("0") {
            value = Int(text, radix: 8)
        } else if text.utf8.first.map({ $0 &- 0x30 < 10 }) ?? false {
            value = Int(text)
        } else {
            let bits = [
                "IRUSR": 0o400, "IWUSR": 0o200, "IXUSR": 0o100, "IRGRP": 0o40, "IWGRP": 0o20, "IXGRP": 0o10,
                "IROTH": 0o4, "IWOTH": 0o2, "IXOTH": 0o1,
            ]
            var sum = 0
            for name in text.split(separator: "|", omittingEmptySubsequences: false) {
                guard let bit = bits[String(name)] else { return nil }
                sum |= bit
            }
            value = sum
        }
        guard let value, (0...0o777).contains(value) else { return nil }
        return value
    }
}
