import Addresses
import IPVSModel
import Testing

@testable import Director

@Suite("The watch over the table")
struct TableWatchTests {
    private typealias Base = TableKeeperTests

    @Test("Everything is removed, as by ipvsadm -C: it is back within a second and said")
    func cleared() {
        let stage = TableStage(Base.text()).start()
        let table = stage.table
        stage.kernel.clear()
        stage.pass(.seconds(1))
        #expect(stage.table == table)
        #expect(stage.takeLog().contains("somebody removed the service TCP 10.0.0.1:80 with 2 servers; it is put back"))
    }

    @Test("A server is removed, and another one's weight is changed")
    func servers() {
        let stage = TableStage(Base.text()).start()
        let table = stage.table
        stage.kernel.carryOut(.deleteServer(Base.endpoint(2), Base.identity))
        stage.kernel.carryOut(.editServer(Base.server(3, weight: 0), Base.identity))
        _ = stage.kernel.takeChanges()
        stage.pass(.seconds(1))
        #expect(stage.table == table)
        #expect(stage.kernel.takeChanges().count == 2)
        let log = stage.takeLog()
        #expect(log.contains("somebody removed 10.1.0.2:80 from TCP 10.0.0.1:80; it is put back"), "\(log)")
        #expect(
            log.contains("somebody changed 10.1.0.3:80 in TCP 10.0.0.1:80: it had weight 0, not 1; it is changed back"),
            "\(log)")
    }

    @Test("The service's scheduler is changed, as by ipvsadm -E")
    func service() {
        let stage = TableStage(Base.text()).start()
        let table = stage.table
        stage.kernel.carryOut(.editService(VirtualService(identity: Base.identity, scheduler: "rr")))
        _ = stage.kernel.takeChanges()
        stage.pass(.seconds(1))
        #expect(stage.table == table)
        #expect(stage.kernel.takeChanges().count == 1)
        #expect(stage.takeLog().contains("it had scheduler rr, not wlc; it is changed back"))
    }

    @Test("A server is replaced by another one: the number is the same, and it is found all the same")
    func replaced() {
        let stage = TableStage(Base.text()).start()
        stage.kernel.carryOut(.deleteServer(Base.endpoint(2), Base.identity))
        stage.kernel.carryOut(.addServer(Base.server(77), Base.identity))
        stage.pass(.seconds(1))
        #expect(stage.table.count == 4)
    }

    @Test("Services and servers of others are left alone, and cost no request")
    func foreign() {
        let stage = TableStage(Base.text()).start()
        let foreign = VirtualService(identity: .firewallMark(9, .ipv4))
        stage.kernel.carryOut(.addService(foreign))
        stage.kernel.carryOut(.addServer(Base.server(77), Base.identity))
        _ = stage.kernel.takeChanges()
        _ = stage.takeLog()
        stage.pass(.seconds(5))
        #expect(stage.kernel.takeChanges().isEmpty)
        #expect(stage.table.count == 5)
        #expect(stage.takeLog().isEmpty)
        stage.kernel.carryOut(.deleteServer(Base.endpoint(77), Base.identity))
        stage.pass(.seconds(1))
        #expect(stage.takeLog().isEmpty)
    }

    @Test("IPv6 and tunnels are watched too")
    func slow() {
        let stage = TableStage(
            """
            virtual_server fd00::1 80 {
                lb_algo rr
                lb_kind TUN
                protocol TCP
                persistence_timeout 50
                real_server fd01::2 80 {
                }
                real_server 10.1.0.2 80 {
                }
            }
            """
        ).start()
        let table = stage.table
        let identity = stage.kernel.order[0]
        stage.kernel.clear()
        stage.pass(.seconds(1))
        #expect(stage.table == table)
        stage.kernel.carryOut(.deleteServer(Base.endpoint(2), identity))
        stage.pass(.seconds(1))
        #expect(stage.table == table)
        var service = VirtualService(identity: identity, scheduler: "rr", flags: .persistent, persistenceTimeout: 60)
        stage.kernel.carryOut(.editService(service))
        stage.pass(.seconds(1))
        #expect(stage.table == table)
        service.persistenceTimeout = 50
        #expect(stage.kernel.entries[identity]?.service == service)
    }

    @Test("A persistence engine that was taken away comes back")
    func engine() {
        let stage = TableStage(
            """
            virtual_server 10.0.0.1 5060 {
                lb_algo rr
                lb_kind NAT
                protocol UDP
                persistence_timeout 50
                persistence_engine sip
                real_server 10.1.0.2 80 {
                }
            }
            """
        ).start()
        let identity = stage.kernel.order[0]
        stage.kernel.entries[identity]?.service.persistenceEngine = ""
        stage.pass(.seconds(1))
        #expect(stage.kernel.entries[identity]?.service.persistenceEngine == "sip")
    }

    @Test("A large table is read in parts: a look costs no more than it may, and everything has its turn")
    func budget() {
        var servers = ""
        for third in 0..<160 {
            servers += "virtual_server 10.0.\(third).1 80 {\n lb_algo rr\n lb_kind NAT\n protocol TCP\n"
            for last in 1...100 { servers += " real_server 10.1.\(third).\(last) 80 {\n }\n" }
            servers += "}\n"
        }
        let stage = TableStage(servers).start()
        let before = stage.kernel.readings
        stage.pass(.milliseconds(850))
        let once = stage.kernel.readings - before
        #expect(once > 5000 && once < 13_000, "\(once)")
        let last = stage.kernel.order[159]
        guard let server = stage.kernel.entries[last]?.servers.first else { return }
        var changed = server
        changed.weight = 7
        stage.kernel.carryOut(.editServer(changed, last))
        stage.pass(.seconds(3))
        #expect(stage.kernel.entries[last]?.servers.first == server)
        // Removals show in the numbers, whose turn is every time.
        stage.kernel.carryOut(.deleteServer(server.endpoint, last))
        stage.pass(.seconds(1))
        #expect(stage.kernel.entries[last]?.servers.count == 100)
    }

    @Test("Many findings are said as one")
    func summary() {
        var text = ""
        for last in 1...40 {
            text += "virtual_server 10.0.0.\(last) 80 {\n lb_algo rr\n lb_kind NAT\n protocol TCP\n"
            text += " real_server 10.1.0.1 80 {\n }\n}\n"
        }
        let stage = TableStage(text).start()
        stage.kernel.clear()
        _ = stage.takeLog()
        stage.pass(.seconds(1))
        let log = stage.takeLog()
        #expect(log.contains("somebody removed 40 services and 40 servers of ours in the kernel's table"), "\(log)")
        #expect(log.split(separator: "\n").count == 1)
        #expect(stage.table.count == 80)
    }

    @Test("Somebody who removes it again and again does not fill the log")
    func fight() {
        let stage = TableStage(Base.text()).start()
        _ = stage.takeLog()
        for _ in 0..<20 {
            stage.kernel.clear()
            stage.pass(.seconds(1))
            #expect(stage.table.count == 3)
        }
        #expect(stage.takeLog().split(separator: "\n").count <= 4)
    }
}
