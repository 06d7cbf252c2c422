import Addresses
import IPVSModel
import Testing

@testable import Director

@Suite("The keeper of the table")
struct TableKeeperTests {
    static func text(
        global: String = "", servers: [(last: Int, weight: Int)] = [(2, 1), (3, 1)], algorithm: String = "wlc",
        more: String = ""
    ) -> String {
        """
        global_defs {
        \(global)
        }
        virtual_server 10.0.0.1 80 {
            lb_algo \(algorithm)
            lb_kind NAT
            protocol TCP
            sorry_server 10.1.0.9 80
        \(servers.map { "    real_server 10.1.0.\($0.last) 80 {\n        weight \($0.weight)\n    }" }.joined(separator: "\n"))
        }
        \(more)
        """
    }

    static let identity = VirtualService.Identity.address(.tcp, .v4(IPv4Address(10, 0, 0, 1)), port: 80)

    static func endpoint(_ last: UInt8) -> RealServer.Endpoint {
        .init(address: .v4(IPv4Address(10, 1, 0, last)), port: 80)
    }

    static func server(_ last: UInt8, weight: Int32 = 1) -> RealServer {
        RealServer(endpoint: endpoint(last), forwarding: .masquerade, weight: weight)
    }

    @Test("What is wanted goes to the kernel as one batch, and nothing more afterwards")
    func batch() {
        let stage = TableStage(Self.text()).start()
        #expect(
            stage.table == [
                "-A -t 10.0.0.1:80 -s wlc", "-a -t 10.0.0.1:80 -r 10.1.0.2:80 -m -w 1",
                "-a -t 10.0.0.1:80 -r 10.1.0.3:80 -m -w 1",
            ])
        #expect(stage.kernel.takeChanges().count == 3)
        stage.keeper.flush()
        stage.keeper.set(service: 0, server: 0, weight: 1)
        stage.keeper.flush()
        #expect(stage.kernel.takeChanges().isEmpty)
    }

    @Test("Nothing goes to the kernel before the start, nor before the turn ends")
    func order() {
        let stage = TableStage(Self.text())
        stage.keeper.flush()
        #expect(stage.kernel.takeChanges().isEmpty)
        _ = stage.start()
        _ = stage.kernel.takeChanges()
        stage.keeper.set(service: 0, server: 0, weight: 0)
        #expect(stage.kernel.takeChanges().isEmpty)
        stage.keeper.flush()
        #expect(stage.kernel.takeChanges() == [.editServer(Self.server(2, weight: 0), Self.identity)])
    }

    @Test("The sorry server is there before the last real server goes")
    func sorry() {
        let stage = TableStage(Self.text()).start()
        _ = stage.kernel.takeChanges()
        stage.keeper.set(service: 0, server: 0, weight: nil)
        stage.keeper.set(service: 0, server: 1, weight: nil)
        stage.keeper.setSorry(service: 0, weight: 1)
        stage.keeper.flush()
        #expect(
            stage.kernel.takeChanges() == [
                .addServer(Self.server(9), Self.identity), .deleteServer(Self.endpoint(2), Self.identity),
                .deleteServer(Self.endpoint(3), Self.identity),
            ])
        stage.keeper.setSorry(service: 0, weight: nil)
        stage.keeper.set(service: 0, server: 1, weight: 1)
        stage.keeper.flush()
        #expect(
            stage.kernel.takeChanges() == [
                .addServer(Self.server(3), Self.identity), .deleteServer(Self.endpoint(9), Self.identity),
            ])
    }

    @Test("What comes and goes within a turn is no change")
    func withinTurn() {
        let stage = TableStage(Self.text()).start()
        _ = stage.kernel.takeChanges()
        stage.keeper.set(service: 0, server: 0, weight: nil)
        stage.keeper.setSorry(service: 0, weight: 1)
        stage.keeper.set(service: 0, server: 0, weight: 1)
        stage.keeper.setSorry(service: 0, weight: nil)
        stage.keeper.flush()
        #expect(stage.kernel.takeChanges().isEmpty)
    }

    @Test("A table that is there already is taken over without a request")
    func takeover() {
        let first = TableStage(Self.text()).start()
        first.kernel.carryOut(.addServer(Self.server(77), Self.identity))
        _ = first.kernel.takeChanges()
        // The file says what is ours; without it an equal table is ours all the same.
        for isKnown in [true, false] {
            if !isKnown { TemporaryFolder.remove(first.path) }
            let second = TableStage(Self.text(), after: first).start()
            #expect(second.kernel.takeChanges().isEmpty)
            let log = second.takeLog()
            #expect(log.contains("1 service and 2 servers are in the kernel's table already"), "\(log)")
            #expect(log.contains("0 services and 1 server of others"), "\(log)")
        }
    }

    @Test("What differs at the start is changed, and what the last run left is removed; others' things stay")
    func leftovers() {
        let before = TableStage(
            Self.text(
                servers: [(2, 5), (3, 1), (4, 1)], algorithm: "rr",
                more: """
                    virtual_server 10.0.0.2 80 {
                        lb_algo rr
                        lb_kind NAT
                        protocol TCP
                        real_server 10.1.0.2 80 {
                        }
                    }
                    """)
        ).start()
        let foreign = VirtualService(identity: .firewallMark(9, .ipv4))
        before.kernel.carryOut(.addService(foreign))
        before.kernel.carryOut(.addServer(Self.server(77), foreign.identity))
        before.kernel.carryOut(.addServer(Self.server(77), Self.identity))
        _ = before.kernel.takeChanges()
        let stage = TableStage(Self.text(), after: before).start()
        #expect(
            stage.kernel.takeChanges() == [
                .editService(VirtualService(identity: Self.identity, scheduler: "wlc")),
                .editServer(Self.server(2), Self.identity), .deleteServer(Self.endpoint(4), Self.identity),
                .deleteService(.address(.tcp, .v4(IPv4Address(10, 0, 0, 2)), port: 80)),
            ])
        #expect(stage.table.filter { $0.contains("10.1.0.77") }.count == 2)
        #expect(stage.takeLog().contains("1 service and 1 server that the last run left"))
    }

    @Test("A reload sends the difference only")
    func reload() {
        let stage = TableStage(Self.text()).start()
        _ = stage.kernel.takeChanges()
        stage.configure(Self.text(servers: [(2, 1), (3, 7), (4, 1)]))
        stage.keeper.flush()
        #expect(
            stage.kernel.takeChanges() == [
                .editServer(Self.server(3, weight: 7), Self.identity), .addServer(Self.server(4), Self.identity),
            ])
        stage.configure(Self.text(servers: [(4, 1)]))
        stage.keeper.flush()
        #expect(
            Set(stage.kernel.takeChanges()) == [
                .deleteServer(Self.endpoint(2), Self.identity), .deleteServer(Self.endpoint(3), Self.identity),
            ])
        stage.configure(
            "virtual_server 10.0.0.5 80 {\n lb_algo rr\n lb_kind NAT\n protocol TCP\n real_server 10.1.0.2 80 {\n }\n}")
        stage.keeper.flush()
        #expect(stage.kernel.takeChanges().last == .deleteService(Self.identity))
        #expect(stage.table.count == 2)
    }

    @Test("Virtual servers that share a service share its servers: each goes with the last that wants it")
    func sharing() {
        let one = "lb_algo rr\nlb_kind NAT\nreal_server 10.1.0.2 80 {\n}\n"
        let stage = TableStage(
            """
            virtual_server_group G {
                10.0.0.1 80
                fwmark 5
            }
            virtual_server group G {
                protocol TCP
                \(one)
            }
            virtual_server group G {
                protocol UDP
                \(one)
            }
            """
        ).start()
        #expect(stage.kernel.order.count == 3)
        let mark = VirtualService.Identity.firewallMark(5, .ipv4)
        stage.keeper.set(service: 0, server: 0, weight: nil)
        stage.keeper.flush()
        #expect(stage.kernel.entries[mark]?.servers.count == 1)
        #expect(stage.kernel.entries[Self.identity]?.servers.isEmpty == true)
        stage.keeper.set(service: 1, server: 0, weight: nil)
        stage.keeper.flush()
        #expect(stage.kernel.entries[mark]?.servers.isEmpty == true)
    }

    @Test("A scheduler that the kernel lacks costs its own service only, and is tried again")
    func refusal() {
        let other = """
            virtual_server 10.0.0.2 80 {
                lb_algo mh
                lb_kind NAT
                protocol TCP
                real_server 10.1.0.2 80 {
                }
            }
            """
        let stage = TableStage(Self.text(more: other))
        stage.kernel.missingSchedulers = ["mh"]
        _ = stage.start()
        #expect(stage.kernel.order == [Self.identity])
        let log = stage.takeLog()
        #expect(
            log.contains(
                "refused to add the service TCP 10.0.0.2:80: No such file or directory (the kernel has no such scheduler"
            ), "\(log)")
        #expect(!log.contains("refused to add 10.1.0.2"), "\(log)")
        stage.kernel.missingSchedulers = []
        stage.pass(.seconds(6))
        #expect(stage.kernel.order.count == 2)
        #expect(stage.table.count == 5)
    }

    @Test("Somebody else was quicker: the table is read and the rest is done at once")
    func race() {
        let stage = TableStage(Self.text()).start()
        stage.kernel.carryOut(.addServer(Self.server(9, weight: 4), Self.identity))
        stage.kernel.carryOut(.deleteServer(Self.endpoint(2), Self.identity))
        stage.keeper.setSorry(service: 0, weight: 1)
        stage.keeper.set(service: 0, server: 0, weight: 3)
        stage.keeper.flush()
        #expect(
            stage.table == [
                "-A -t 10.0.0.1:80 -s wlc", "-a -t 10.0.0.1:80 -r 10.1.0.2:80 -m -w 3",
                "-a -t 10.0.0.1:80 -r 10.1.0.3:80 -m -w 1", "-a -t 10.0.0.1:80 -r 10.1.0.9:80 -m -w 1",
            ])
    }

    @Test("lvs_flush empties the table at the first start only")
    func flush() {
        let foreign = VirtualService(identity: .firewallMark(9, .ipv4))
        for isReplacement in [false, true] {
            let stage = TableStage(Self.text(global: "lvs_flush"))
            stage.kernel.carryOut(.addService(foreign))
            _ = stage.start(isReplacement: isReplacement)
            #expect(stage.kernel.isEmptied == !isReplacement)
            #expect(stage.kernel.order.contains(Self.identity))
            #expect(stage.kernel.order.contains(foreign.identity) == isReplacement)
        }
    }

    @Test(
        "An end removes what is ours, or everything",
        arguments: [("", true), ("lvs_flush_on_stop VS", true), ("lvs_flush_on_stop", false)])
    func stop(_ keyword: String, keepsOthers: Bool) {
        let foreign = VirtualService(identity: .firewallMark(9, .ipv4))
        let stage = TableStage(Self.text(global: keyword))
        stage.kernel.carryOut(.addService(foreign))
        _ = stage.start()
        stage.keeper.stop()
        #expect(stage.kernel.order == (keepsOthers ? [foreign.identity] : []))
        stage.keeper.set(service: 0, server: 0, weight: nil)
        stage.keeper.flush()
        stage.pass(.seconds(3))
        #expect(stage.kernel.order == (keepsOthers ? [foreign.identity] : []))
    }

    @Test("Without IPVS in the kernel nothing is lost: it is tried again until it is there")
    func noKernel() {
        let stage = TableStage(Self.text())
        stage.kernel.isThere = false
        _ = stage.start()
        #expect(stage.takeLog().contains("this kernel has no IP Virtual Server"))
        stage.keeper.set(service: 0, server: 0, weight: nil)
        stage.keeper.flush()
        stage.kernel.isThere = true
        stage.pass(.seconds(1))
        #expect(stage.table == ["-A -t 10.0.0.1:80 -s wlc", "-a -t 10.0.0.1:80 -r 10.1.0.3:80 -m -w 1"])
    }

    @Test("The module goes, and comes back empty: so does the table")
    func unloaded() {
        let stage = TableStage(Self.text()).start()
        stage.kernel.isThere = false
        stage.kernel.clear()
        stage.keeper.set(service: 0, server: 0, weight: nil)
        stage.keeper.flush()
        #expect(stage.takeLog().contains("out of reach"))
        stage.pass(.seconds(3))
        stage.kernel.isThere = true
        stage.pass(.seconds(1))
        #expect(stage.table == ["-A -t 10.0.0.1:80 -s wlc", "-a -t 10.0.0.1:80 -r 10.1.0.3:80 -m -w 1"])
    }

    @Test("A configuration without virtual servers does not touch the kernel's IPVS")
    func nothing() {
        let stage = TableStage("")
        stage.kernel.isThere = false
        _ = stage.start()
        stage.pass(.seconds(3))
        #expect(stage.takeLog().isEmpty)
    }
}
