import PacketFormats
import Testing

@testable import Director
@testable import KeepalivedConfig

/// What mail says of virtual routers and when; the words were recorded from keepalived 2.2.7.
struct AlertTests {
    private func text(_ subject: Notice.Subject, _ state: Notice.State, saysDeleted: Bool = false) -> String? {
        var scripts = NotifyScripts()
        scripts.saysDeleted.value = saysDeleted
        return Notice(subject, "N", state, priority: 100, scripts: scripts, sendsMail: true).alert
            .map { "\($0.subject) | \($0.finding)" }
    }

    @Test
    func instances() {
        #expect(
            text(.instance, .active)
                == "VRRP Instance N - Entering MASTER state | VRRP Instance is now owning VRRP VIPs")
        let lost = "VRRP Instance is no longer owning VRRP VIPs"
        #expect(text(.instance, .backup) == "VRRP Instance N - Entering BACKUP state | \(lost)")
        #expect(text(.instance, .fault) == "VRRP Instance N - Entering FAULT state | \(lost)")
        #expect(text(.instance, .stop) == "VRRP Instance N - Stopping | VRRP Instance stopping")
        #expect(text(.instance, .deleted) == "VRRP Instance N - Entering FAULT state | \(lost)")
        #expect(text(.instance, .deleted, saysDeleted: true) == "VRRP Instance N - Deleted | VRRP Deleted at reload")
    }

    @Test
    func groups() {
        let all = "All VRRP group instances are now"
        #expect(text(.group, .active) == "VRRP Group N - Entering MASTER state | \(all) in MASTER state")
        #expect(text(.group, .backup) == "VRRP Group N - Entering BACKUP state | \(all) in BACKUP state")
        #expect(text(.group, .fault) == "VRRP Group N - Entering FAULT state | \(all) in FAULT state")
        #expect(text(.group, .stop) == "VRRP Group N - Stopping | \(all) stopping")
    }

    @Test
    func whatIsNotMailed() {
        #expect(text(.instance, .activeHeardLowerPriority) == nil)
        #expect(text(.instance, .activePriority) == nil)
        #expect(text(.instance, .backupPriority) == nil)
        #expect(Notice(.instance, "N", .active, priority: 1, scripts: NotifyScripts()).alert == nil)
    }

    // MARK: Settings

    @Test
    func withoutServerOrRecipientsThereIsNoMail() {
        var global = GlobalDefinitions()
        #expect(MailSettings(global, host: "h", user: "u") == nil)
        global.mail.server.value = .init(host: "192.0.2.1")
        #expect(MailSettings(global, host: "h", user: "u") == nil)
        global.mail.recipients = [Setting("a@b")]
        let settings = MailSettings(global, host: "lb1.example.org", user: "root")
        #expect(settings?.sender == "root@lb1.example.org")
        #expect(settings?.hello == "lb1.example.org")
        #expect(settings?.label == "lb1.example.org")
        #expect(settings?.patience == .seconds(30))
        #expect(settings?.mailsFaults == true)
        #expect(settings?.mailsChecks == true)
    }

    @Test(arguments: [
        (0, 0, "Thu, 01 Jan 1970 00:00:00 +0000"),
        (1_795_285_577, 0, "Sat, 21 Nov 2026 18:26:17 +0000"),
        (1_795_285_577, 20_700, "Sun, 22 Nov 2026 00:11:17 +0545"),
        (1_709_164_800, -12_600, "Wed, 28 Feb 2024 20:30:00 -0330"),
        (-1, 0, "Wed, 31 Dec 1969 23:59:59 +0000"),
        (-62_135_596_800, 0, "Mon, 01 Jan 1 00:00:00 +0000"),
    ])
    func dates(_ seconds: Int64, _ offset: Int, _ text: String) {
        #expect(MailDate(WallTime(seconds: seconds), offset: offset).text == text)
    }

    @Test
    func extremeDatesDoNotTrap() {
        for seconds in [Int64.min, Int64.max, Int64.min + 86_400, Int64.max - 86_400] {
            _ = MailDate(WallTime(seconds: seconds), offset: 50_400).text
            _ = MailDate(WallTime(seconds: seconds), offset: -43_200).text
        }
    }

    @Test
    func theHostsFullNameIsTheFirstOfItsLine() {
        let hosts = """
            127.0.0.1 localhost
            # 127.0.1.1 lb1.commented.org lb1
            127.0.1.1\tlb1.example.org lb1 # the one
            ::1 ip6-localhost
            """
        #expect(HostName.inHostsFile("lb1", hosts) == "lb1.example.org")
        #expect(HostName.inHostsFile("localhost", hosts) == nil)
        #expect(HostName.inHostsFile("lb2", hosts) == nil)
    }
}
