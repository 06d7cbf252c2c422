import KeepalivedConfig
import Testing

@Suite("The meaning of tracking, groups and definitions")
struct MeaningTrackingTests {
    @Test("Each fault is found, and only where it is", arguments: names + weights + groups + definitions)
    func faults(of item: MeaningCase) {
        #expect(item.isFound(in: item.wrong))
        #expect(!item.isFound(in: item.right))
    }

    private static func script(_ lines: String = "", command: String = "/bin/check") -> String {
        "vrrp_script chk {\nscript \"\(command)\"\n\(lines)\n}\n"
    }

    private static func tracking(_ lines: String = "") -> String { instance("track_script {\nchk\n}\n\(lines)") }

    static let names = [
        MeaningCase("a script that is not there", "error unknown-script", tracking(), right: script() + tracking()),
        MeaningCase(
            "a file that is not there", "error unknown-track-file", instance("track_file {\nx\n}"),
            right: "track_file x {\nfile /tmp/x\n}\n" + instance("track_file {\nx weight 0\n}")),
        MeaningCase(
            "processes that are not there", "error unknown-track-process", instance("track_process {\nx\n}"),
            right: "vrrp_track_process x {\nprocess nginx\n}\n" + instance("track_process {\nx\n}")),
        MeaningCase(
            "a BFD session that is not there", "error unknown-bfd-instance", instance("track_bfd {\nx\n}"),
            right: "bfd_instance x {\nneighbor_ip 192.0.2.2\n}\n" + instance("track_bfd {\nx\n}")),
        MeaningCase(
            "a script that nobody tracks", "warning unused", script() + instance(), right: script() + tracking()),
        MeaningCase(
            "a script tracked twice", "warning duplicate-tracker", script() + instance("track_script {\nchk\nchk\n}"),
            right: script() + tracking()),
        MeaningCase(
            "the own interface tracked once more", "warning tracks-own-interface",
            instance("track_interface {\neth0\n}"),
            right: instance("track_interface {\neth1\n}")),
        MeaningCase(
            "a script of no command", "error missing-keyword", "vrrp_script chk {\n}\n" + tracking(),
            right: script() + tracking()),
        MeaningCase(
            "a run that outlasts its interval", "warning timeout-over-interval",
            script("interval 2\ntimeout 3") + tracking(), right: script("interval 3\ntimeout 3") + tracking()),
        MeaningCase(
            "a pipe without a shell", "warning shell-syntax", script(command: "ss -ltn | grep :80") + tracking(),
            right: script(command: "sh -c 'ss -ltn | grep :80'") + tracking()),
    ]

    static let weights = [
        MeaningCase(
            "a weight that leaves the priority above the usual one", "warning weight-too-small",
            script("weight -10") + tracking("priority 150"), right: script("weight -60") + tracking("priority 150")),
        MeaningCase(
            "a weight that the other node has too", "warning weight-too-small",
            script("weight 2") + tracking("priority 150"), right: script("weight 2") + tracking("priority 101")),
        MeaningCase(
            "a weight of an address owner", "warning weight-of-owner", script("weight -10") + tracking("priority 255"),
            right: script("weight 0") + tracking("priority 255")),
        MeaningCase(
            "weights where nobody preempts", "warning weight-with-nopreempt",
            script("weight -60") + tracking("nopreempt"),
            right: script() + tracking("nopreempt")),
        MeaningCase(
            "a reversed weight counts the other way", "warning weight-too-small",
            script("weight 10 reverse") + tracking("priority 150"),
            right: script("weight 60 reverse") + tracking("priority 150")),
        MeaningCase(
            "a weight beyond the range", "error out-of-range", script("weight 254") + tracking(),
            right: script("weight 253") + tracking()),
    ]

    private static let pair = instance() + instance(name: "VI_2", vrid: 52, address: "192.0.2.11")
    private static func group(_ members: String, _ lines: String = "", name: String = "G") -> String {
        "vrrp_sync_group \(name) {\ngroup {\n\(members)\n}\n\(lines)\n}\n"
    }

    static let groups = [
        MeaningCase(
            "a member that is not there", "error unknown-instance", pair + group("VI_1\nVI_3"),
            right: pair + group("VI_1\nVI_2")),
        MeaningCase(
            "an instance in two groups", "error instance-in-two-groups",
            pair + group("VI_1\nVI_2") + group("VI_2", name: "H"), right: pair + group("VI_1\nVI_2")),
        MeaningCase("an empty group", "warning empty-group", pair + group(""), right: pair + group("VI_1\nVI_2")),
        MeaningCase("a group of one", "warning single-member", pair + group("VI_1"), right: pair + group("VI_1\nVI_2")),
        MeaningCase(
            "members of different priorities", "warning group-priorities",
            instance("priority 150") + instance(name: "VI_2", vrid: 52, address: "192.0.2.11") + group("VI_1\nVI_2"),
            right: pair + group("VI_1\nVI_2")),
        MeaningCase(
            "a member's weight", "warning weight-in-group",
            script("weight -60") + tracking() + instance(name: "VI_2", vrid: 52, address: "192.0.2.11")
                + group("VI_1\nVI_2"),
            right: script("weight -60") + pair + group("VI_1\nVI_2", "track_script {\nchk\n}")),
        MeaningCase(
            "a track_group that is not there", "error unknown-track-group",
            "static_ipaddress {\n192.0.2.9 dev eth0 track_group T\n}\n" + instance(),
            right: "static_ipaddress {\n192.0.2.9 dev eth0 track_group T\n}\ntrack_group T {\ngroup {\nVI_1\n}\n}\n"
                + instance()),
    ]

    private static func session(_ name: String, _ lines: String) -> String {
        "bfd_instance \(name) {\n\(lines)\n}\n"
    }

    static let definitions = [
        MeaningCase(
            "mail to nobody", "warning mail-goes-nowhere", instance("smtp_alert"),
            right: "global_defs {\nnotification_email {\nops@example.com\n}\nsmtp_server 192.0.2.25\n}\n"
                + instance("smtp_alert")),
        MeaningCase(
            "a sync daemon for an instance that is not there", "error unknown-instance",
            "global_defs {\nlvs_sync_daemon eth0 VI_9\n}\n" + instance(),
            right: "global_defs {\nlvs_sync_daemon eth0 VI_1\n}\n" + instance()),
        MeaningCase(
            "an interval of zero in the old way", "warning old-spelling",
            "global_defs {\nvrrp_garp_interval 0\n}\n" + instance(),
            right: "global_defs {\nvrrp_garp_interval 0.001\n}\n" + instance()),
        MeaningCase(
            "a BFD session with nobody", "error missing-keyword",
            "bfd_instance x {\n}\n" + instance("track_bfd {\nx\n}"),
            right: "bfd_instance x {\nneighbor_ip 192.0.2.2\n}\n" + instance("track_bfd {\nx\n}")),
        MeaningCase(
            "two BFD sessions with one neighbour", "error duplicate-neighbor",
            session("x", "neighbor_ip 192.0.2.2") + session("y", "neighbor_ip 192.0.2.2\nsource_ip 192.0.2.1")
                + instance("track_bfd {\nx\ny\n}"),
            right: session("x", "neighbor_ip 192.0.2.2\nsource_ip 192.0.2.9")
                + session("y", "neighbor_ip 192.0.2.2\nsource_ip 192.0.2.1")
                + session("z", "neighbor_ip 192.0.2.2\nsource_ip 192.0.2.1\nmultihop")
                + instance("track_bfd {\nx\ny\nz\n}")),
        MeaningCase(
            "a BFD session that only checks are told of", "error untold-session",
            session("x", "neighbor_ip 192.0.2.2\nchecker") + instance("track_bfd {\nx\n}"),
            right: session("x", "neighbor_ip 192.0.2.2\nchecker\nvrrp") + instance("track_bfd {\nx\n}")),
        MeaningCase(
            "a BFD session with a neighbour on any link", "warning link-local-neighbor",
            session("x", "neighbor_ip fe80::2") + instance("track_bfd {\nx\n}"),
            right: session("x", "neighbor_ip 192.0.2.2") + instance("track_bfd {\nx\n}")),
        MeaningCase(
            "a BFD session over IPv6 that takes keepalived's hop limit", "warning hop-limit",
            session("x", "neighbor_ip 2001:db8::2") + instance("track_bfd {\nx\n}"),
            right: session("x", "neighbor_ip 2001:db8::2\nhoplimit 255") + instance("track_bfd {\nx\n}")),
        MeaningCase(
            "a FIFO for two kinds of events", "error duplicate-fifo",
            "global_defs {\nnotify_fifo /run/a\nvrrp_notify_fifo /run/a\n}\n" + instance(),
            right: "global_defs {\nnotify_fifo /run/a\nvrrp_notify_fifo /run/b\n}\n" + instance()),
        MeaningCase(
            "a delay that a backup does not wait for", "warning delay-too-long",
            "interface_up_down_delays {\neth0 2\n}\n" + instance(),
            right: "interface_up_down_delays {\neth0 1.9\n}\n" + instance()),
        MeaningCase("nothing to do", "warning nothing-to-do", "global_defs {\n}", right: instance()),
    ]

    @Test("A name that is nearly right is suggested")
    func suggestion() {
        let understood = Understood(Self.script() + instance("track_script {\nchck\n}"))
        #expect(understood.diagnostics.first { $0.code == "unknown-script" }?.suggestion == "chk")
    }

    @Test("A script may be defined after the instance that tracks it")
    func order() {
        #expect(Understood(Self.tracking() + Self.script()).diagnostics.isEmpty)
    }
}
