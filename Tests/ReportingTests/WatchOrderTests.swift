import Addresses
import IPVSModel
import Testing

@testable import Reporting

@Suite("The order of --watch")
struct WatchOrderTests {
    /// Bytes a second.
    private typealias Rate = (in: UInt64, out: UInt64)

    /// A service by its mark, its own rate, and of each server the last byte of its address, connections and rate.
    private func service(
        _ mark: UInt32, rate: Rate, _ servers: (lastByte: Int, connections: UInt32, rate: Rate)...
    ) -> WatchScreen.Service {
        WatchScreen.Service(
            entry: ServiceEntry(
                service: VirtualService(identity: .firewallMark(mark, .ipv4)), statistics: statistics(rate)),
            servers: servers.map { server in
                var entry = SampleTable.server("10.0.0.\(server.lastByte)", 80, .masquerade)
                entry.activeConnections = server.connections
                return MeasuredServer(entry: entry, statistics: statistics(server.rate))
            })
    }

    private func statistics(_ rate: Rate) -> Statistics {
        var statistics = Statistics()
        statistics.rate.bytesIn = rate.in
        statistics.rate.bytesOut = rate.out
        return statistics
    }

    /// Marks in order, each with the last bytes of its servers.
    private func order(_ services: [WatchScreen.Service], by order: WatchOrder) -> [String] {
        order.sorted(services).map { service in
            guard case .firewallMark(let mark, _) = service.entry.service.identity else { return "" }
            let servers = service.servers.map { "\($0.entry.server.endpoint.address)".dropFirst("10.0.0.".count) }
            return "\(mark):" + servers.joined(separator: ",")
        }
    }

    private var services: [WatchScreen.Service] {
        [
            service(1, rate: (4, 6), (2, 5, (0, 1)), (3, 9, (9, 0)), (4, 5, (0, 0))),
            // Busiest by what goes out.
            service(2, rate: (1, 29), (2, 1, (1, 29))),
            // Within it, busiest by what comes in.
            service(3, rate: (17, 3), (2, 10, (4, 1)), (3, 20, (13, 2))),
            service(4, rate: (10, 0)),
        ]
    }

    @Test("By address it is as it was")
    func address() {
        #expect(order(services, by: .address) == ["1:2,3,4", "2:2", "3:2,3", "4:"])
    }

    @Test("By connections: of the service, then of its servers, most first; equal ones keep their places")
    func connections() {
        #expect(order(services, by: .connections) == ["3:3,2", "1:3,2,4", "2:2", "4:"])
    }

    @Test("By bytes a second, in and out together")
    func rate() {
        #expect(order(services, by: .rate) == ["2:2", "3:3,2", "1:3,2,4", "4:"])
    }

    @Test("Counters at their largest do not stop it")
    func largest() {
        let busy = service(1, rate: (.max, .max), (2, .max, (.max, .max)), (3, .max, (.max, .max)))
        for order in WatchOrder.allCases { #expect(self.order([busy], by: order) == ["1:2,3"]) }
    }

    @Test("One key goes through all of them and around")
    func next() {
        var seen: [WatchOrder] = []
        var order = WatchOrder.address
        for _ in WatchOrder.allCases {
            seen.append(order)
            order = order.next
        }
        #expect(Set(seen) == Set(WatchOrder.allCases))
        #expect(order == .address)
    }
}
