import Addresses
import IPVSModel
import Testing

@Suite("The plan from one table to another")
struct TablePlanTests {
    private static let web = VirtualService.Identity.address(.tcp, .v4(IPv4Address(10, 0, 0, 1)), port: 80)
    private static let mail = VirtualService.Identity.address(.tcp, .v4(IPv4Address(10, 0, 0, 1)), port: 25)

    private static func server(_ lastByte: UInt8, weight: Int32 = 1) -> RealServer {
        RealServer(
            endpoint: .init(address: .v4(IPv4Address(10, 0, 1, lastByte)), port: 80), forwarding: .masquerade,
            weight: weight)
    }

    private static func table(
        _ identity: VirtualService.Identity, scheduler: String = "rr", _ servers: RealServer...
    ) -> ServiceWithServers {
        ServiceWithServers(service: VirtualService(identity: identity, scheduler: scheduler), servers: servers)
    }

    @Test("Nothing to nothing, and equal tables: nothing to do")
    func nothing() {
        #expect(TablePlan(from: [], to: []).changes == [])
        let table = [Self.table(Self.web, Self.server(2), Self.server(3)), Self.table(Self.mail)]
        #expect(TablePlan(from: table, to: table).changes == [])
        #expect(TablePlan(from: table, to: table.reversed()).changes == [])
    }

    @Test("A new service comes with its servers behind it, in the order of the input")
    func newService() {
        let plan = TablePlan(from: [], to: [Self.table(Self.web, Self.server(3), Self.server(2))])
        #expect(
            plan.changes == [
                .addService(VirtualService(identity: Self.web, scheduler: "rr")),
                .addServer(Self.server(3), Self.web),
                .addServer(Self.server(2), Self.web),
            ])
    }

    @Test("A service that goes takes its servers along: one change")
    func goneService() {
        let plan = TablePlan(from: [Self.table(Self.web, Self.server(2), Self.server(3))], to: [])
        #expect(plan.changes == [.deleteService(Self.web)])
    }

    @Test("Only what differs is edited")
    func edits() {
        let plan = TablePlan(
            from: [Self.table(Self.web, Self.server(2), Self.server(3)), Self.table(Self.mail, Self.server(9))],
            to: [
                Self.table(Self.web, Self.server(2), Self.server(3, weight: 5)),
                Self.table(Self.mail, scheduler: "sh", Self.server(9)),
            ])
        #expect(
            plan.changes == [
                .editServer(Self.server(3, weight: 5), Self.web),
                .editService(VirtualService(identity: Self.mail, scheduler: "sh")),
            ])
    }

    @Test("A server that is replaced by another goes after that one has come")
    func replacement() {
        let plan = TablePlan(
            from: [Self.table(Self.web, Self.server(2))], to: [Self.table(Self.web, Self.server(3))])
        #expect(
            plan.changes == [
                .addServer(Self.server(3), Self.web),
                .deleteServer(Self.server(2).endpoint, Self.web),
            ])
    }

    @Test("Removals wait for all additions, also those of other services")
    func removalsLast() {
        let plan = TablePlan(
            from: [Self.table(Self.mail, Self.server(2))], to: [Self.table(Self.web, Self.server(2))])
        #expect(
            plan.changes == [
                .addService(VirtualService(identity: Self.web, scheduler: "rr")),
                .addServer(Self.server(2), Self.web),
                .deleteService(Self.mail),
            ])
    }

    @Test("Undoing runs backwards, and puts back what was there")
    func undoing() {
        let before = [
            Self.table(Self.web, Self.server(2), Self.server(4)), Self.table(Self.mail, Self.server(9)),
        ]
        let plan = TablePlan(
            from: before,
            to: [Self.table(Self.web, scheduler: "sh", Self.server(2, weight: 0), Self.server(3))])
        #expect(plan.changes.count == 5)
        #expect(
            plan.undoing(plan.changes.indices) == [
                // The service that went comes back with its server,
                .addService(VirtualService(identity: Self.mail, scheduler: "rr")),
                .addServer(Self.server(9), Self.mail),
                // as does the server that went,
                .addServer(Self.server(4), Self.web),
                // the new server goes,
                .deleteServer(Self.server(3).endpoint, Self.web),
                // and what was edited is as before.
                .editServer(Self.server(2), Self.web),
                .editService(VirtualService(identity: Self.web, scheduler: "rr")),
            ])
    }

    @Test("Undoing nothing is nothing")
    func undoingNothing() {
        let plan = TablePlan(from: [], to: [Self.table(Self.web)])
        #expect(plan.undoing([Int]()) == [])
    }
}
