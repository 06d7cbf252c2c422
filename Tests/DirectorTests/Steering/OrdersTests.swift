import ControlProtocol
import Foundation
import HealthPolicy
import Testing
import VRRPProtocol

@testable import Director

@Suite("Orders")
struct OrdersTests {
    private static let web = ServerName(service: "[10.0.0.1]:tcp:80", server: "[10.1.0.2]:tcp:80")
    private static func instant(_ seconds: Int64) -> Instant { .origin + .seconds(seconds) }

    @Test("an order with a time ends at that time, the others do not")
    func terms() {
        var orders = Orders()
        orders.maintenance = .init(term: .init(since: Self.instant(1), until: Self.instant(10)), isStrict: false)
        orders.failovers["VI_1"] = .init(since: Self.instant(1))
        orders.failovers["VI_2"] = .init(since: Self.instant(1), until: Self.instant(5))
        orders.priorities["VI_1"] = .init(term: .init(since: Self.instant(1)), priority: 50)
        #expect(orders.deadline == Self.instant(5))
        #expect(orders.endTerms(at: Self.instant(4)) == [])
        #expect(orders.endTerms(at: Self.instant(5)) == [.failover("VI_2")])
        #expect(orders.deadline == Self.instant(10))
        #expect(orders.standsBack("VI_2"), "the node is in maintenance still")
        #expect(orders.endTerms(at: Self.instant(99)) == [.maintenance])
        #expect(orders.deadline == nil)
        #expect(orders.standsBack("VI_1") && !orders.standsBack("VI_2"))
    }

    @Test("what is not configured any more is not ordered any more")
    func keeps() {
        var orders = Orders()
        let term = Orders.Term(since: Self.instant(1))
        orders.failovers = ["VI_1": term, "VI_2": term]
        orders.priorities = ["VI_2": .init(term: term, priority: 7)]
        orders.set(.drain, of: Self.web, since: Self.instant(1))
        #expect(orders.keep(instances: ["VI_1", "VI_2"], servers: [Self.web]) == [])
        #expect(
            orders.keep(instances: ["VI_1"], servers: []) == [
                .failover("VI_2"), .priority("VI_2"), .server(Self.web, .drain),
            ])
        #expect(orders.failovers == ["VI_1": term] && orders.priorities.isEmpty && orders.servers.isEmpty)
    }

    @Test("a server has one order, and none after enable")
    func servers() {
        var orders = Orders()
        orders.set(.drain, of: Self.web, since: Self.instant(1))
        orders.set(.drain, of: Self.web, since: Self.instant(2))
        #expect(orders.order(of: Self.web)?.term.since == Self.instant(1), "the same order goes on")
        orders.set(.disable, of: Self.web, since: Self.instant(3))
        #expect(orders.servers.map(\.order) == [.disable])
        orders.set(nil, of: Self.web, since: Self.instant(4))
        #expect(orders.isEmpty)
    }

    @Test("they come back from a file as they were; a damaged one is told, and none is none")
    func file() throws {
        let folder = TemporaryFolder()
        let path = folder.path + "/orders"
        let file = OrdersFile(at: path)
        #expect(file.read().orders.isEmpty && file.read().damage == nil)
        var orders = Orders()
        orders.maintenance = .init(term: .init(since: Self.instant(1), until: Self.instant(10)), isStrict: true)
        orders.failovers["VI 1 \"quoted\""] = .init(since: Self.instant(1))
        orders.priorities["VI_1"] = .init(term: .init(since: Self.instant(1)), priority: 254)
        orders.set(.disable, of: Self.web, since: Self.instant(3))
        #expect(file.write(orders) == nil)
        #expect(file.read().orders == orders)
        for text in ["", "{", "{\"boot\":1}", "[]", "null"] {
            try text.write(toFile: path, atomically: true, encoding: .utf8)
            let (read, damage) = file.read()
            #expect(read.isEmpty && damage != nil, "\(text)")
        }
        // Another boot's are not this one's.
        let other =
            "{\"boot\":\"another\",\"namespace\":\"1\",\"orders\":{\"failovers\":{},\"priorities\":{},\"servers\":[]}}"
        try other.write(toFile: path, atomically: true, encoding: .utf8)
        #expect(file.read().orders.isEmpty && file.read().damage == nil)
        #expect(file.write(Orders()) == nil)
        #expect(file.read().damage == nil)
    }

    @Test("what cannot be written is said")
    func unwritable() {
        var orders = Orders()
        orders.failovers["VI_1"] = .init(since: Self.instant(1))
        #expect(OrdersFile(at: "/proc/none/orders").write(orders)?.hasPrefix("/proc/none/orders: ") == true)
    }
}
