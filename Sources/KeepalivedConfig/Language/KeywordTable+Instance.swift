extension Keywords {
    static let instance = KeywordTable<VRRPInstance>(
        .instance, sample: VRRPInstance(name: Setting("")),
        election + addressing + transport + KeywordBinding.tracking(\.tracked) + tracking
            + KeywordBinding.notifications(\.notify) + notifying
            + KeywordBinding.announcements(\.announcements, prefix: "") + interfaces)

    private static let election: [KeywordBinding<VRRPInstance>] = [
        .choice(
            "state", \.state, standard: "BACKUP; MASTER with priority 255",
            meant: ["SLAVE": .backup, "STANDBY": .backup, "SECONDARY": .backup, "EQUAL": .backup],
            "How it starts. MASTER clears nopreempt and preempt_delay; below priority 255 it still waits."),
        .word("interface", \.interface, form: .interface, "The interface that advertisements go out on."),
        .number("virtual_router_id", \.virtualRouterID, 1...255, "What tells virtual routers on a network apart."),
        .number(
            "priority", \.priority, 1...255, standard: "100; 255 with state MASTER",
            "The highest is active. 255: the addresses are this node's own."),
        .seconds(
            "advert_int", \.advertisementInterval, 10_000...255_000_000, step: 10_000,
            "Between advertisements: whole seconds to 255 in version 2, 0.01 to 40.95 in version 3."),
        .custom(
            "version", .choice(["2", "3"]), standard: "vrrp_version; 3 with IPv6 addresses", "The version of VRRP."
        ) { block, statement, interpreter in
            guard let word = interpreter.choice(statement, ["2", "3"]) else { return }
            block.version = Setting(word == "2" ? 2 : 3, .file(statement.valueSpan))
        } show: { block, list in
            list.add(ShownSetting("version", .integer(block.version.value), block.version.origin))
        },
        .flag("nopreempt", \.preempts, sets: false, "A lower priority that is active is left so."),
        .flag("preempt", \.preempts, "A higher priority takes over. So it is anyway.").hidden,
        .seconds(
            "preempt_delay", \.preemptDelay, 0...1_000_000_000,
            "How long a lower priority that is active is left so."),
        .custom(
            "timer_expired_backup", .integer(1...255, whenAbsent: 1), standard: "off",
            "One that was not scheduled until another could have taken over goes to backup."
        ) { block, statement, interpreter in
            var expired = VRRPInstance.TimerExpired()
            if let word = statement.arguments.first {
                guard let value = interpreter.integer(word, of: statement.keyword, 1...255) else { return }
                expired.priority = value
            }
            block.timerExpiredPriority = Setting(expired, .file(statement.valueSpan))
        } show: { block, list in
            let value = block.timerExpiredPriority.value.map {
                $0.priority.map { .integer($0) } ?? ShownValue.flag(true)
            }
            list.add(
                ShownSetting("timer_expired_backup", value ?? .absent("off"), block.timerExpiredPriority.origin))
        },
        .flag(
            "lower_prio_no_advert", \.answersLowerPriority, sets: false,
            "Do not answer an advertisement of lower priority with one of our own."),
        .flag(
            "higher_prio_send_advert", \.answersHigherPriority,
            "Answer an advertisement of higher priority with a last one of our own."),
        .flag(
            "owner_ignore_adverts", \.ownerIgnoresAdvertisements,
            "An address owner ignores what others advertise."),
        .number(
            "down_timer_adverts", \.downTimerAdvertisements, 1...100,
            "After how many missed advertisements the active router is taken for dead."),
        .flag("strict_mode", \.isStrict, "As the RFCs have it: see vrrp_strict."),
        .flag("accept", \.accepts, "Take packets to the virtual addresses."),
        .flag("no_accept", \.accepts, sets: false, "Drop packets to the virtual addresses, unless they are our own.")
            .hidden,
        .flag(
            "skip_check_adv_addr", \.skipsAddressCheck,
            "Do not compare the addresses in an advertisement that comes from the same router as the last."),
        .flag("v3_checksum_as_v2", \.checksumAsV2, "IPv4 checksums of version 3 without the pseudo-header."),
    ]

    private static let addressing: [KeywordBinding<VRRPInstance>] = [
        .list(
            "virtual_ipaddress", item: Interpreter.addressForm, opens: .virtualAddresses, \.addresses,
            "The addresses that go with the active router, all of one family.", line: { $1.virtualAddress($0) },
            words: Interpreter.words),
        .list(
            "virtual_ipaddress_excluded", item: Interpreter.addressForm, opens: .virtualAddresses,
            \.excludedAddresses, "More of them, which are not in the advertisements.",
            line: { $1.virtualAddress($0) }, words: Interpreter.words),
        .flag("no_virtual_ipaddress", \.needsNoAddress, "It is meant to have no addresses."),
        .list(
            "virtual_routes", item: Interpreter.routeForm, opens: .routes, \.routes,
            "Routes that go with the active router.", line: { $1.route($0) },
            words: { $0.text.split(separator: " ").map(String.init) }),
        .list(
            "virtual_rules", item: Interpreter.ruleForm, opens: .rules, \.rules,
            "Routing rules that go with the active router.", line: { $1.rule($0) },
            words: { $0.text.split(separator: " ").map(String.init) }),
        .flag(
            "promote_secondaries", \.promotesSecondaries,
            "Removing an address leaves the others of its network."),
    ]

    private static let transport: [KeywordBinding<VRRPInstance>] = [
        .block(
            "authentication", opens: .authentication, repetition: .once,
            "A password or key of version 2, which RFC 3768 took out."
        ) { block, statement, interpreter in
            var authentication = Authentication()
            interpreter.read(interpreter.body(of: statement), into: &authentication, by: Keywords.authentication)
            block.authentication = authentication
        } show: { block, list in
            guard let authentication = block.authentication else { return }
            var shown = ShownBlock("authentication")
            Keywords.authentication.show(authentication, in: &shown)
            list.add(shown)
        },
        .block(
            "auth_hmac", opens: .messageAuthentication, repetition: .once,
            "An HMAC-SHA256 trailer behind each advertisement."
        ) { block, statement, interpreter in
            var authentication = MessageAuthentication()
            interpreter.read(interpreter.body(of: statement), into: &authentication, by: Keywords.messageAuthentication)
            block.messageAuthentication = authentication
        } show: { block, list in
            guard let authentication = block.messageAuthentication else { return }
            var shown = ShownBlock("auth_hmac")
            Keywords.messageAuthentication.show(authentication, in: &shown)
            list.add(shown)
        },
        .address(
            "unicast_src_ip", \.unicastSource, standard: "first address of the interface",
            "The source of unicast advertisements."),
        .list(
            "unicast_peer", item: "ADDRESS [min_ttl 0..255] [max_ttl 0..255]", opens: .unicastPeers, \.unicastPeers,
            "Advertise to these instead of the multicast group.", line: { $1.unicastPeer($0) },
            words: Interpreter.words),
        .number("unicast_ttl", \.unicastTTL, 0...255, "The TTL or hop limit of unicast advertisements."),
        .flag("check_unicast_src", \.checksUnicastSource, "Take advertisements from peers only."),
        .flag("unicast_fault_no_peer", \.faultsWithoutPeer, "Without a peer it is in fault, not multicast."),
        .custom(
            "old_unicast_checksum", .words("[never]"), standard: "recognised",
            "Send version 3 checksums as keepalived 1.3.6 did; never: do not even recognise them."
        ) { block, statement, interpreter in
            var value = VRRPInstance.OldChecksum.always
            if !statement.arguments.isEmpty {
                guard interpreter.choice(statement, ["never"]) != nil else { return }
                value = .never
            }
            block.oldUnicastChecksum = Setting(value, .file(statement.valueSpan))
        } show: { block, list in
            let value = block.oldUnicastChecksum.value.map { ShownValue.words($0 == .never ? ["never"] : []) }
            list.add(
                ShownSetting("old_unicast_checksum", value ?? .absent("recognised"), block.oldUnicastChecksum.origin))
        },
        .address(
            "mcast_src_ip", \.multicastSource, standard: "first address of the interface",
            "The source of multicast advertisements."),
        .address(
            "mcast_dst_ip", \.multicastGroup, standard: "vrrp_mcast_group4 or vrrp_mcast_group6",
            "The group that advertisements go to."),
        .flag("track_src_ip", \.tracksSource, "It is in fault while its source address is missing."),
        .flag("native_ipv6", \.isNativeIPv6, "IPv6 without an address that says so.").deprecated(
            inFavourOf: "the addresses, which say it"),
    ]

    private static let tracking: [KeywordBinding<VRRPInstance>] = [
        .flag(
            "dont_track_primary", \.tracksOwnInterface, sets: false,
            "Its own interface may be down without a fault.")
    ]

    private static let notifying: [KeywordBinding<VRRPInstance>] = [
        .custom(
            "notify_deleted", .words("[COMMAND [USER [GROUP]]]"), standard: "no", maximumWords: 3,
            "A deleted instance says DELETED instead of FAULT, and runs this."
        ) { block, statement, interpreter in
            block.notify.saysDeleted = Setting(true, .file(statement.valueSpan))
            guard !statement.arguments.isEmpty, let command = interpreter.script(statement) else { return }
            block.notify.deleted = Setting(command, .file(statement.valueSpan))
        } show: { block, list in
            let notify = block.notify
            list.add(
                ShownSetting(
                    "notify_deleted", notify.deleted.value?.shown ?? .flag(notify.saysDeleted.value),
                    notify.saysDeleted.origin))
        },
        .script(
            "notify_master_rx_lower_pri", \.notify.activeHeardLowerPriority,
            "Run when the active router hears a lower priority."),
        .flag("notify_priority_changes", \.notifiesPriorityChanges, "Tell the FIFO of priorities too."),
        .flag("smtp_alert", \.sendsMail, "Send mail when the state changes."),
    ]

    private static let interfaces: [KeywordBinding<VRRPInstance>] = [
        .custom(
            "use_vmac", .words("[[name] INTERFACE] [MAC] [netlink_notify_msg] [group NUMBER]"), standard: "off",
            maximumWords: 6, "A macvlan with the virtual router's MAC address carries the addresses."
        ) { block, statement, interpreter in
            interpreter.virtualMAC(statement, into: &block)
        } show: { block, list in
            let value = block.virtualMAC.value.map { ShownValue.words(Interpreter.words($0)) }
            list.add(ShownSetting("use_vmac", value ?? .absent("off"), block.virtualMAC.origin))
        },
        .flag(
            "use_vmac_addr", \.addressesUseVMAC,
            "Addresses on other interfaces have virtual MACs there too."),
        .flag("vmac_xmit_base", \.transmitsOnBase, "Advertise on the interface below the virtual MAC's."),
        .custom(
            "use_ipvlan", .words("[[name] INTERFACE] [ADDRESS] [bridge|private|vepa]"), standard: "off",
            maximumWords: 4, "An ipvlan interface carries the addresses."
        ) { block, statement, interpreter in
            interpreter.ipvlan(statement, into: &block)
        } show: { block, list in
            let value = block.ipvlan.value.map { ShownValue.words(Interpreter.words($0)) }
            list.add(ShownSetting("use_ipvlan", value ?? .absent("off"), block.ipvlan.origin))
        },
        .word("vrf", \.vrf, form: .interface, "The VRF of a unicast instance without an interface."),
        .number(
            "kernel_rx_buf_size", \.receiveBuffer, 1...KeywordLimits.count, unit: "bytes",
            standard: "vrrp_rx_bufs_policy", "The socket's receive buffer."),
        .word(
            "lvs_sync_daemon_interface", \.syncDaemonInterface, form: .interface,
            "The connection sync daemon follows it."
        ).deprecated(inFavourOf: "lvs_sync_daemon in global_defs"),
        // Misspelled in a sample of keepalived's, and so in what was copied from it.
        .word(
            "lvs_sync_daemon_interface", \.syncDaemonInterface, form: .interface,
            "The connection sync daemon follows it."
        ).spelled("lvs_sync_daemon_inteface").deprecated(inFavourOf: "lvs_sync_daemon in global_defs"),
        .flag("linkbeat_use_polling", \.polls, "Poll the interface's link.").deprecated(
            inFavourOf: "linkbeat_interfaces"),
        .ignored(
            "debug", .integer(0...4), because: "it never did anything in keepalived either",
            "A level of messages."),
    ]
}
