import Addresses
import ControlProtocol
import IPVSModel
import Testing

@testable import Director

@Suite("What the kernel has counted")
struct TrafficReadingTests {
    private func statistics(_ number: UInt64) -> Statistics {
        var statistics = Statistics()
        statistics.total.connections = number
        statistics.total.bytesIn = number * 100
        statistics.rate.connections = number / 10
        statistics.rate.bytesOut = number * 2
        return statistics
    }

    @Test("Of the service and of each of its servers")
    func service() throws {
        let stage = TableStage(TableKeeperTests.text()).start()
        stage.kernel.countedServices[TableKeeperTests.identity] = statistics(70)
        stage.kernel.counted[TableKeeperTests.endpoint(3)] = MeasuredServer(
            entry: ServerEntry(
                server: TableKeeperTests.server(3), activeConnections: 4, inactiveConnections: 5),
            statistics: statistics(50))
        let reading = try #require(stage.keeper.traffic(of: 0))
        #expect(reading.service == nil)
        #expect(!reading.step())
        #expect(reading.service?.connections == 70)
        #expect(reading.service?.connectionRate == 7)
        #expect(reading.service?.incomingBytes == 7000)
        #expect(reading.service?.outgoingByteRate == 140)
        #expect(reading.service?.activeConnections == nil)
        #expect(reading.server(1)?.activeConnections == 4)
        #expect(reading.server(1)?.inactiveConnections == 5)
        #expect(reading.server(1)?.connections == 50)
        #expect(reading.server(0)?.connections == 0)
        #expect(reading.server(7) == nil)
        #expect(stage.keeper.traffic(of: 1) == nil)
    }

    @Test("Services of a group are read one at a time and counted together")
    func group() throws {
        let stage = TableStage(
            """
            virtual_server_group web {
                10.0.0.1 80
                10.0.0.2 80
            }
            virtual_server group web {
                lb_algo rr
                lb_kind NAT
                protocol TCP
                real_server 10.1.0.2 80 {
                }
            }
            """
        ).start()
        for (last, number) in [(1, 10), (2, 20)] as [(UInt8, UInt64)] {
            let identity = VirtualService.Identity.address(.tcp, .v4(IPv4Address(10, 0, 0, last)), port: 80)
            stage.kernel.countedServices[identity] = statistics(number)
        }
        stage.kernel.counted[TableKeeperTests.endpoint(2)] = MeasuredServer(
            entry: ServerEntry(server: TableKeeperTests.server(2), activeConnections: 1), statistics: statistics(5))
        let reading = try #require(stage.keeper.traffic(of: 0))
        #expect(reading.step())
        #expect(!reading.step())
        #expect(reading.service?.connections == 30)
        #expect(reading.server(0)?.connections == 10)
        #expect(reading.server(0)?.activeConnections == 2)
    }

    @Test("What is not in the kernel has counted nothing")
    func missing() throws {
        let stage = TableStage(TableKeeperTests.text()).start()
        stage.kernel.clear()
        let reading = try #require(stage.keeper.traffic(of: 0))
        #expect(!reading.step())
        #expect(reading.service == nil)
        #expect(reading.server(0) == nil)
    }
}
