import Addresses
import IPVSModel
import Testing

@testable import Director

@Suite("Sync daemons and timeouts")
struct TableExtrasTests {
    private static func text(_ global: String) -> String {
        TableKeeperTests.text(global: global) + """

            vrrp_instance VI {
                interface eth0
                virtual_router_id 51
                priority 100
                virtual_ipaddress {
                    10.0.0.1
                }
            }
            """
    }

    private static func roles(_ stage: TableStage) -> [SyncDaemon.Role] {
        stage.kernel.runningDaemons.map(\.role).sorted()
    }

    @Test("Without an instance both daemons run, with everything that was asked for, until the end")
    func both() {
        let stage = TableStage(
            Self.text("lvs_sync_daemon eth1 id 7 maxlen 1400 port 8849 ttl 5 group 224.0.0.82")
        ).start()
        #expect(Self.roles(stage) == [.master, .backup])
        #expect(
            stage.kernel.runningDaemons.first
                == SyncDaemon(
                    role: .master, interface: "eth1", syncID: 7, maximumLength: 1400,
                    group: .v4(IPv4Address(224, 0, 0, 82)), port: 8849, timeToLive: 5))
        stage.keeper.stop()
        #expect(stage.kernel.runningDaemons.isEmpty)
    }

    @Test("With an instance the daemon follows it, and has its VRID")
    func instance() {
        let stage = TableStage(Self.text("lvs_sync_daemon eth1 VI")).start()
        #expect(Self.roles(stage) == [.backup])
        #expect(stage.kernel.runningDaemons[0].syncID == 51)
        stage.keeper.instance("VI", isMaster: true)
        #expect(Self.roles(stage) == [.master])
        stage.keeper.instance("other", isMaster: true)
        stage.keeper.instance("VI", isMaster: false)
        #expect(Self.roles(stage) == [.backup])
    }

    @Test("The old keyword of an instance")
    func old() {
        let text = Self.text("").replacing("interface eth0", with: "interface eth0\n lvs_sync_daemon_interface eth0")
        let stage = TableStage(text).start()
        #expect(stage.kernel.runningDaemons == [SyncDaemon(role: .backup, interface: "eth0")])
    }

    @Test("A daemon that does the same goes on; another one of its role gives way; another role is left alone")
    func foreign() {
        let stage = TableStage(Self.text("lvs_sync_daemon eth1 VI id 5"))
        let equal = SyncDaemon(
            role: .backup, interface: "eth1", syncID: 5, maximumLength: 1472, group: .v4(IPv4Address(224, 0, 0, 81)),
            port: 8848, timeToLive: 1)
        let master = SyncDaemon(role: .master, interface: "lo", syncID: 3)
        stage.kernel.runningDaemons = [equal, master]
        _ = stage.start()
        #expect(stage.kernel.runningDaemons == [equal, master])
        stage.keeper.instance("VI", isMaster: true)
        #expect(stage.kernel.runningDaemons == [SyncDaemon(role: .master, interface: "eth1", syncID: 5)])
        stage.keeper.stop()
        #expect(stage.kernel.runningDaemons.isEmpty)
    }

    @Test("A reload changes them, and ends them")
    func reload() {
        let stage = TableStage(Self.text("lvs_sync_daemon eth1")).start()
        stage.configure(Self.text("lvs_sync_daemon eth1 id 9"))
        stage.keeper.flush()
        #expect(stage.kernel.runningDaemons.map(\.syncID) == [9, 9])
        stage.configure(Self.text(""))
        stage.keeper.flush()
        #expect(stage.kernel.runningDaemons.isEmpty)
    }

    @Test("After a crash the successor knows the daemons as its own and the timeouts as they had been")
    func crash() {
        let first = TableStage(Self.text("lvs_sync_daemon eth1\n lvs_timeouts tcp 100")).start()
        #expect(first.kernel.kept == ConnectionTimeouts(tcp: 100, tcpFin: 120, udp: 300))
        let second = TableStage(Self.text("lvs_timeouts udp 50"), after: first).start(isReplacement: true)
        #expect(second.kernel.runningDaemons.isEmpty)
        #expect(second.kernel.kept == ConnectionTimeouts(tcp: 900, tcpFin: 120, udp: 50))
        second.keeper.stop()
        #expect(second.kernel.kept == ConnectionTimeouts(tcp: 900, tcpFin: 120, udp: 300))
    }

    @Test("An instance that is not there has no daemon")
    func unknown() {
        let stage = TableStage(Self.text("lvs_sync_daemon eth1 XX")).start()
        #expect(stage.kernel.runningDaemons.isEmpty)
        #expect(stage.takeLog().contains("the vrrp_instance XX, which is not there"))
    }
}
