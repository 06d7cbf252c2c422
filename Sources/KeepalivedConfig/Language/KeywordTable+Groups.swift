private let nobody = Setting("")

extension Keywords {
    static let syncGroup = KeywordTable<SyncGroup>(
        .syncGroup, sample: SyncGroup(name: nobody),
        [
            .names("group", item: "INSTANCE", opens: .syncGroupMembers, \.members, "The instances that move together.")
        ] + KeywordBinding.tracking(\.tracked) + KeywordBinding.notifications(\.notify) + [
            .flag("smtp_alert", \.sendsMail, "Send mail when the state changes."),
            .flag("notify_priority_changes", \.notifiesPriorityChanges, "Tell the FIFO of priorities too."),
            .flag(
                "sync_group_tracking_weight", \.tracksWeights,
                "Members may track with weights, which can part their priorities."),
            .flag("global_tracking", \.sharesTracking, "Members share what they track.").deprecated(
                inFavourOf: "track_… in the group"),
        ])
}

extension Keywords {
    static let trackGroup = KeywordTable<TrackGroup>(
        .trackGroup, sample: TrackGroup(name: nobody),
        [
            .names(
                "group", item: "INSTANCE", opens: .trackGroupMembers, \.members,
                "The instances that go to fault when a static address, route or rule of the group is gone.")
        ])
}

extension Keywords {
    static let announcementGroup = KeywordTable<AnnouncementGroup>(
        .announcementGroup, sample: AnnouncementGroup(at: SourceSpan(file: 0, line: 0, column: 0, length: 0)),
        [
            .seconds(
                "garp_interval", \.arpInterval, 0...KeywordLimits.short, standard: "vrrp_garp_interval",
                "Between two gratuitous ARP frames."),
            .seconds(
                "gna_interval", \.neighbourInterval, 0...KeywordLimits.short, standard: "vrrp_gna_interval",
                "Between two unsolicited neighbour advertisements."),
            .word("interface", \.interface, form: .interface, "The interface that this is for."),
            .names(
                "interfaces", item: "INTERFACE", opens: .announcementInterfaces, \.interfaces,
                "The interfaces behind one switch that share the intervals."),
        ])
}

extension Keywords {
    static let tls = KeywordTable<TLSCredentials>(
        .tls, sample: TLSCredentials(at: SourceSpan(file: 0, line: 0, column: 0, length: 0)),
        [
            .word("password", \.password, isSecret: true, "The key file's password."),
            .word("ca", \.authority, "The file with the certificates of authorities."),
            .word("certificate", \.certificate, "The file with our certificate."),
            .word("key", \.key, "The file with our key."),
        ])
}

extension Keywords {
    static let bfdInstance: KeywordTable<BFDInstance> = {
        // Whole milliseconds of what 32 bits of a packet can say in microseconds.
        let longest = 4_294_967_000
        let neighbour = KeywordBinding<BFDInstance>.address("neighbor_ip", \.neighbour, "The other end.")
        return KeywordTable<BFDInstance>(
            .bfdInstance, sample: BFDInstance(name: nobody),
            [
                neighbour,
                neighbour.synonym("neighbour_ip"),
                .address("source_ip", \.source, standard: "the kernel's choice", "Our end."),
                .milliseconds(
                    "min_rx", \.receiveInterval, 1000...longest, "The least time between packets that we take."),
                .milliseconds(
                    "min_tx", \.transmitInterval, 1000...longest, "The least time between packets that we send."),
                .milliseconds(
                    "idle_tx", \.idleInterval, 1_000_000...longest,
                    "The time between packets while the session is down."),
                .number("multiplier", \.multiplier, 1...255, "After how many missed packets the session is down."),
                .flag("passive", \.isPassive, "Wait for the other end to begin."),
                .number(
                    "ttl", \.ttl, 1...255, standard: "255",
                    "The TTL of IPv4 packets that we send, and that they come with."),
                .number(
                    "hoplimit", \.hopLimit, 1...255, standard: "255, and 64 is taken",
                    "The hop limit of IPv6 packets that we send, and that they come with."),
                .number(
                    "max_hops", \.maximumHops, -1...255, "By how much a packet's TTL may be less; -1 or 255: by any."),
                .flag("multihop", \.isMultihop, "A session over several hops: port 4784."),
                .weight(
                    "weight", \.weight, -253...253,
                    "0: a lost session is a fault. Above: added while it is up. Below: taken off while it is down."),
                .flag("vrrp", \.tellsVRRP, "Only instances are told."),
                .flag("checker", \.tellsCheckers, "Only checks are told."),
            ])
    }()
}
