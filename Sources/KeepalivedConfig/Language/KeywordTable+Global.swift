extension Keywords {
    static let globalDefinitions = KeywordTable<GlobalDefinitions>(
        .globalDefinitions, sample: GlobalDefinitions(),
        identity + mail + scripts + KeywordBinding.announcements(\.announcements, prefix: "vrrp_") + announcing
            + protocolDefaults + interfaces + globalFirewall + globalDirector + globalProcess + globalReloading
            + globalBuffers
            + globalWithoutEffect)

    private static let identity: [KeywordBinding<GlobalDefinitions>] = {
        let name = KeywordBinding<GlobalDefinitions>.word(
            "router_id", \.routerID, standard: "the host's name", "What this machine is called in mail.")
        return [name, name.spelled("lvs_id")]
    }()

    private static let mail: [KeywordBinding<GlobalDefinitions>] = [
        .names(
            "notification_email", item: "MAIL-ADDRESS", opens: .notificationEmail, \.mail.recipients,
            "Who gets mail about changes."),
        .word(
            "notification_email_from", \.mail.sender, standard: "the daemon's user at this host", "Whom it comes from."
        ),
        .custom(
            "smtp_server", .words("HOST [PORT]"), standard: "none", maximumWords: 2, "The mail server; port 25."
        ) { block, statement, interpreter in
            guard let host = interpreter.first(statement, "HOST [PORT]") else { return }
            var server = MailDefinitions.Server(host: host.text)
            if statement.arguments.count > 1 {
                guard let port = interpreter.port(statement.arguments[1], of: statement.keyword) else { return }
                server.port = port
            }
            block.mail.server = Setting(server, .file(statement.valueSpan))
        } show: { block, list in
            let setting = block.mail.server
            list.add(
                ShownSetting(
                    "smtp_server", setting.value.map { .words([$0.host, String($0.port)]) } ?? .absent("none"),
                    setting.origin))
        },
        .seconds(
            "smtp_connect_timeout", \.mail.connectTimeout, 1_000_000...KeywordLimits.day, step: 1_000_000,
            zero: 1_000_000, "How long the mail server may take."),
        .word("smtp_helo_name", \.mail.helloName, standard: "the host's name", "What we say who we are."),
        .flag(
            "smtp_alert", \.mail.alerts, standard: "no; yes for real servers",
            "Whether mail is sent where the block does not say."),
        .flag("smtp_alert_vrrp", \.mail.alertsOfVRRP, standard: "smtp_alert", "The same for instances and groups."),
        .flag("smtp_alert_checker", \.mail.alertsOfCheckers, standard: "smtp_alert", "The same for servers."),
        .flag("no_email_faults", \.mail.omitsFaults, "No mail about faults."),
        .flag("no_checker_emails", \.mail.omitsCheckers, "Mail about servers that go or come only, not about checks."),
    ]

    private static let scripts: [KeywordBinding<GlobalDefinitions>] = [
        .flag(
            "enable_script_security", \.scripts.isSecured,
            "Run no script as root that somebody else can change."),
        .user(
            "script_user", \.scripts.user, standard: "keepalived_script if there is such a user, else the daemon's",
            "Whom scripts run as."),
        .script("startup_script", \.scripts.startup, "Run once before all else."),
        .seconds(
            "startup_script_timeout", \.scripts.startupTimeout, 1_000_000...1_000_000_000, step: 1_000_000,
            "How long it may take."),
        .script("shutdown_script", \.scripts.shutdown, "Run once after all else."),
        .seconds(
            "shutdown_script_timeout", \.scripts.shutdownTimeout, 1_000_000...1_000_000_000, step: 1_000_000,
            "How long it may take."),
        .fifo("notify_fifo", \.scripts.fifo, "A FIFO that all changes are written to."),
        .script("notify_fifo_script", \.scripts.fifoScript, "A script that reads it; its last argument is the FIFO."),
        .fifo("vrrp_notify_fifo", \.scripts.vrrpFifo, "A FIFO that changes of instances and groups are written to."),
        .script("vrrp_notify_fifo_script", \.scripts.vrrpFifoScript, "A script that reads it."),
        .fifo("lvs_notify_fifo", \.scripts.directorFifo, "A FIFO that changes of servers are written to."),
        .script("lvs_notify_fifo_script", \.scripts.directorFifoScript, "A script that reads it."),
        .flag(
            "vrrp_notify_priority_changes", \.scripts.notifiesPriorityChanges, "Tell the FIFO of priorities too."),
        .flag(
            "fifo_write_vrrp_states_on_reload", \.scripts.writesStatesOnReload,
            "Write all states to the FIFO after a reload."),
    ]

    private static let announcing: [KeywordBinding<GlobalDefinitions>] = [
        .interval(
            "vrrp_garp_interval", \.arpInterval, "Between two gratuitous ARP frames on an interface."),
        .interval(
            "vrrp_gna_interval", \.neighbourInterval,
            "Between two unsolicited neighbour advertisements on an interface."),
        .flag("vrrp_min_garp", \.announcesOnce, "Announce each address once and no more."),
    ]

    private static let protocolDefaults: [KeywordBinding<GlobalDefinitions>] = [
        .custom(
            "vrrp_version", .choice(["2", "3"]), standard: "2", "The version of instances that name none."
        ) { block, statement, interpreter in
            guard let word = interpreter.choice(statement, ["2", "3"]) else { return }
            block.version = Setting(word == "2" ? 2 : 3, .file(statement.valueSpan))
        } show: { block, list in
            list.add(ShownSetting("vrrp_version", .integer(block.version.value), block.version.origin))
        },
        .flag(
            "vrrp_strict", \.isStrict,
            "As the RFCs have it: no authentication, no unicast, no packets to addresses that are not our own."),
        .multicastGroup("vrrp_mcast_group4", \.multicastGroup4, "The group of IPv4 advertisements."),
        .multicastGroup("vrrp_mcast_group6", \.multicastGroup6, "The group of IPv6 advertisements."),
        .flag(
            "vrrp_lower_prio_no_advert", \.answersLowerPriority, sets: false,
            "Do not answer an advertisement of lower priority with one of our own."),
        .flag(
            "vrrp_higher_prio_send_advert", \.answersHigherPriority,
            "Answer an advertisement of higher priority with a last one of our own."),
        .flag("v3_checksum_as_v2", \.checksumAsV2, "IPv4 checksums of version 3 without the pseudo-header."),
        .flag(
            "vrrp_owner_ignore_adverts", \.ownerIgnoresAdvertisements,
            "An address owner ignores what others advertise."),
        .number(
            "vrrp_down_timer_adverts", \.downTimerAdvertisements, 1...100,
            "After how many missed advertisements the active router is taken for dead."),
        .flag("vrrp_check_unicast_src", \.checksUnicastSource, "Take unicast advertisements from peers only."),
        .flag(
            "vrrp_skip_check_adv_addr", \.skipsAddressCheck,
            "Do not compare the addresses in an advertisement that comes from the same router as the last."),
        .seconds(
            "vrrp_startup_delay", \.startupDelay, 0...KeywordLimits.short,
            "How long instances wait at the start."),
        .seconds(
            "vrrp_delay_after_boot", \.delayAfterBoot, 0...KeywordLimits.short,
            "Until how long after the machine's boot instances wait."),
        .flag("log_unknown_vrids", \.logsUnknownRouters, "Note advertisements for virtual routers that we are not."),
    ]

    private static let interfaces: [KeywordBinding<GlobalDefinitions>] = [
        .word(
            "default_interface", \.defaultInterface, form: .interface,
            "The interface of static addresses and routes that name none."),
        .custom(
            "dynamic_interfaces", .words("[allow_if_changes]"), standard: "no",
            "Interfaces need not be there at the start, and may come and go."
        ) { block, statement, interpreter in
            var value = GlobalDefinitions.DynamicInterfaces.allowed
            if !statement.arguments.isEmpty {
                guard interpreter.choice(statement, ["allow_if_changes"]) != nil else { return }
                value = .allowedWithChanges
            }
            block.dynamicInterfaces = Setting(value, .file(statement.valueSpan))
        } show: { block, list in
            let value: ShownValue =
                switch block.dynamicInterfaces.value {
                case .never: .absent("no")
                case .allowed: .flag(true)
                case .allowedWithChanges: .words(["allow_if_changes"])
                }
            list.add(ShownSetting("dynamic_interfaces", value, block.dynamicInterfaces.origin))
        },
        .word("vmac_prefix", \.vmacPrefix, "How the names of virtual MAC interfaces begin."),
        .word(
            "vmac_addr_prefix", \.vmacAddressPrefix, standard: "vmac_prefix",
            "The same for those of addresses on other interfaces."),
        .flag("disable_local_igmp", \.disablesLocalIGMP, "No IGMP reports for 224.0.0.0/24."),
    ]
}
