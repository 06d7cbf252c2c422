extension Keywords {
    static let root = KeywordTable<Configuration>(
        .root, sample: Configuration(), rootProcess + definitions + vrrp + rootServers)

    private static let rootProcess: [KeywordBinding<Configuration>] = [
        .word(
            "instance", \.global.process.instance, standard: "none",
            "Tells several daemons in one namespace apart."),
        .word("net_namespace", \.global.process.namespace, standard: "the one it is started in", "Where it runs."),
        .word(
            "net_namespace_ipvs", \.global.process.ipvsNamespace, form: .name(whenAbsent: "the one it is started in"),
            standard: "net_namespace", "Where the IPVS table is."),
        .ignored(
            "namespace_with_ipsets", .flag, because: "every kernel that this runs on keeps ipsets apart",
            "Use ipsets in a namespace of a kernel before 3.13."),
        .flag("use_pid_dir", \.global.process.pidDirectory, "Pid files in a directory of their own."),
        .seconds(
            "child_wait_time", \.global.process.childWaitTime, 0...KeywordLimits.day, step: 1_000_000,
            "How long the end may take."),
        .flag("linkbeat_use_polling", \.global.polls, "Poll all links.").deprecated(inFavourOf: "linkbeat_interfaces"),
    ]

    private static let definitions: [KeywordBinding<Configuration>] = [
        .block("global_defs", opens: .globalDefinitions, "What concerns the whole daemon, and defaults.") {
            block, statement, interpreter in
            interpreter.read(
                interpreter.body(of: statement), into: &block.global, by: Keywords.globalDefinitions)
        } show: { block, list in
            var shown = ShownBlock("global_defs")
            Keywords.globalDefinitions.show(block.global, in: &shown)
            list.add(shown)
        },
        .list(
            "linkbeat_interfaces", item: "INTERFACE [MII|ETHTOOL|IOCTL]", opens: .linkbeatInterfaces,
            \.linkbeatInterfaces, "Interfaces whose link is polled.", line: { $1.linkbeat($0) },
            words: { [$0.interface] + ($0.method.map { [$0.rawValue] } ?? []) }),
        .list(
            "interface_up_down_delays", item: "INTERFACE DOWN-SECONDS [UP-SECONDS]", opens: .interfaceDelays,
            \.interfaceDelays, "How long a link must be up or down until it counts; at most 255 seconds.",
            line: { $1.interfaceDelay($0) },
            words: { [$0.interface, $0.down.secondsText, $0.up.secondsText] }),
        .list(
            "static_ipaddress", item: Interpreter.addressForm + " [track_group NAME]", opens: .staticAddresses,
            \.staticAddresses, "Addresses that are there as long as the daemon.",
            line: { $1.staticAddress($0) }, words: Interpreter.words),
        .list(
            "static_routes", item: Interpreter.routeForm + " [track_group NAME]", opens: .staticRoutes,
            \.staticRoutes, "Routes that are there as long as the daemon.", line: { $1.route($0) },
            words: { $0.text.split(separator: " ").map(String.init) }),
        .list(
            "static_rules", item: Interpreter.ruleForm + " [track_group NAME]", opens: .staticRules, \.staticRules,
            "Routing rules that are there as long as the daemon.", line: { $1.rule($0) },
            words: { $0.text.split(separator: " ").map(String.init) }),
        .named(
            "track_group", opens: .trackGroup, \.trackGroups, TrackGroup.init(name:), \.name,
            "Instances that watch static addresses, routes and rules.", { Keywords.trackGroup }),
        .placed(
            "garp_group", opens: .announcementGroup, \.announcementGroups, AnnouncementGroup.init(at:), \.place,
            "How fast announcements may follow each other.", { Keywords.announcementGroup }),
        .block("SSL", opens: .tls, repetition: .once, "What SSL_GET shows to servers.") {
            block, statement, interpreter in
            var tls = TLSCredentials(at: statement.keyword.span)
            interpreter.read(interpreter.body(of: statement), into: &tls, by: Keywords.tls)
            block.tls = tls
        } show: { block, list in
            guard let tls = block.tls else { return }
            var shown = ShownBlock("SSL", [], tls.place.origin)
            Keywords.tls.show(tls, in: &shown)
            list.add(shown)
        },
    ]

    private static let vrrp: [KeywordBinding<Configuration>] = {
        let trackFile = KeywordBinding<Configuration>.named(
            "track_file", opens: .trackFile, \.trackFiles, TrackFile.init(name:), \.name,
            "A file whose number can be tracked.", { Keywords.trackFile })
        return [
            .named(
                "vrrp_script", opens: .script, \.scripts, VRRPScript.init(name:), \.name,
                "A command whose success can be tracked.", { Keywords.script }),
            .named(
                "vrrp_track_process", opens: .trackProcess, \.trackProcesses, TrackProcess.init(name:), \.name,
                "Processes that can be tracked.", { Keywords.trackProcess }),
            trackFile, trackFile.spelled("vrrp_track_file"),
            .named(
                "bfd_instance", opens: .bfdInstance, \.bfdInstances, BFDInstance.init(name:), \.name,
                "A BFD session that can be tracked.", { Keywords.bfdInstance }),
            .named(
                "vrrp_instance", opens: .instance, \.instances, VRRPInstance.init(name:), \.name,
                "A virtual router.", { Keywords.instance }),
            .named(
                "vrrp_sync_group", opens: .syncGroup, \.syncGroups, SyncGroup.init(name:), \.name,
                "Instances that move together.", { Keywords.syncGroup }),
        ]
    }()

    private static let rootServers: [KeywordBinding<Configuration>] = [
        .block(
            "virtual_server_group", argument: "NAME", opens: .virtualServerGroup,
            "Addresses and firewall marks that share their real servers."
        ) { block, statement, interpreter in
            interpreter.virtualServerGroup(statement, into: &block)
        } show: { block, list in
            for group in block.virtualServerGroups {
                var shown = ShownBlock("virtual_server_group", [group.name.value], group.name.origin)
                for member in group.members {
                    shown.items.append(.line(Interpreter.words(member.value), member.origin))
                }
                list.add(shown, evenEmpty: true)
            }
        },
        .block(
            "virtual_server", argument: "ADDRESS [PORT]|fwmark NUMBER|group NAME", opens: .virtualServer,
            "What clients connect to."
        ) { block, statement, interpreter in
            guard let identity = interpreter.virtualServerIdentity(statement) else {
                // Its lines are still worth reading for what is wrong with them.
                var server = VirtualServer(identity: Setting(.group(""), .file(statement.valueSpan)))
                interpreter.read(interpreter.body(of: statement), into: &server, by: Keywords.virtualServer)
                return
            }
            var server = VirtualServer(identity: identity)
            interpreter.read(interpreter.body(of: statement), into: &server, by: Keywords.virtualServer)
            block.virtualServers.append(server)
        } show: { block, list in
            for server in block.virtualServers {
                var shown = ShownBlock(
                    "virtual_server", Interpreter.words(server.identity.value), server.identity.origin)
                Keywords.virtualServer.show(server, in: &shown)
                list.add(shown, evenEmpty: true)
            }
        },
    ]
}
