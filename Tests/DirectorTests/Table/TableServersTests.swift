import Addresses
import IPVSModel
import Testing

@testable import Director

struct TableServersTests {
    private func endpoint(_ number: Int) -> RealServer.Endpoint {
        RealServer.Endpoint(address: .v4(IPv4Address(0x0a00_0000 + UInt32(number))), port: 80)
    }

    private func claim(_ number: Int, weight: Int32) -> TableServer.Claim {
        TableServer.Claim(service: 0, place: 0, entry: RealServer(endpoint: endpoint(number), weight: weight))
    }

    /// Against a dictionary that is told the same, with many more endpoints than slots so that hashes meet.
    @Test
    func holdsWhatADictionaryWouldHold() {
        var random = SystemRandomNumberGenerator()
        var servers = TableServers()
        var model: [RealServer.Endpoint: UInt32] = [:]
        for step in 0..<20_000 {
            let endpoint = endpoint(Int.random(in: 0..<300, using: &random))
            if Bool.random(using: &random) {
                servers[endpoint] = TableServer(endpoint, order: UInt32(step))
                model[endpoint] = UInt32(step)
            } else {
                servers[endpoint] = nil
                model[endpoint] = nil
            }
            if step % 500 == 0 {
                #expect(Set(servers.endpoints) == Set(model.keys))
                for number in 0..<300 { #expect(servers[self.endpoint(number)]?.order == model[self.endpoint(number)]) }
            }
        }
    }

    @Test
    func aServerIsChangedInItsPlace() {
        var servers = TableServers()
        for number in 0..<10 { servers[endpoint(number)] = TableServer(endpoint(number), order: UInt32(number)) }
        servers[endpoint(3)]?.isQueued = true
        servers[endpoint(99)]?.isQueued = true
        servers.changeAll { $0.present = RealServer(endpoint: $0.endpoint, weight: 7) }
        #expect(servers.filter(\.isQueued).map(\.endpoint) == [endpoint(3)])
        #expect(servers.allSatisfy { $0.present?.weight == 7 })
    }

    /// What the kernel has is what it has, whoever claims the server meanwhile.
    @Test
    func whatIsPresentStaysThroughClaims() {
        var server = TableServer(endpoint(1), order: 1)
        #expect(server.present == nil && !server.isPresent)
        _ = server.claim(claim(1, weight: 5))
        server.present = claim(1, weight: 5).entry
        #expect(server.isPresent)
        let isNew = server.claim(claim(1, weight: 9))
        #expect(isNew)
        #expect(server.present?.weight == 5 && server.wanted?.weight == 9)
        server.releaseAll()
        #expect(server.present?.weight == 5 && !server.isWanted)
        _ = server.claim(claim(1, weight: 5))
        #expect(server.present?.weight == 5)
        let wasThere = server.release(service: 0, place: 0)
        #expect(wasThere)
        #expect(server.present?.weight == 5)
        server.present = nil
        #expect(!server.isPresent && server.present == nil)
    }
}
