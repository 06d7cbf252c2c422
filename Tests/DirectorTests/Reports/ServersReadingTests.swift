import Addresses
import ControlProtocol
import HealthPolicy
import IPVSModel
import Testing
import VRRPProtocol

@testable import Director

/// What `servers` tells, line by line.
struct ServersReadingTests {
    private static let text = """
        virtual_server 10.0.0.1 80 {
            lb_algo rr
            lb_kind DR
            protocol TCP
            delay_loop 10
            sorry_server 10.0.0.99 80
            real_server 10.0.0.11 80 {
                weight 3
                TCP_CHECK { }
            }
            real_server 10.0.0.12 80 {
                TCP_CHECK { }
            }
        }
        virtual_server fwmark 5 {
            lb_algo wlc
            lb_kind NAT
            real_server 10.0.0.13 80 {
            }
        }
        """

    /// All lines, put together as a client does.
    private func read(_ reading: ServersReading) -> [ServiceReport] {
        var services: [ServiceReport] = []
        while true {
            switch reading.next() {
            case .line(let bytes):
                guard let line = try? ControlCoder.decode(ServersLine.self, from: bytes[...]) else { return services }
                if let service = line.service { services.append(service) }
                if let server = line.server { services[services.count - 1].servers.append(server) }
            case .again: continue
            case .nothing, .end, .failure: return services
            }
        }
    }

    @Test("Every virtual server with its real servers, as they are")
    func everything() throws {
        let director = FakeDirector()
        director.answers["10.0.0.12:80"] = .failed("refused the connection")
        director.begin(Self.text)
        director.pass(.seconds(60))
        let balancer = try #require(director.balancer)
        let services = read(try ServersReading(balancer, only: nil))
        #expect(services.map(\.name) == ["[10.0.0.1]:tcp:80", "FWM 5"])
        let web = try #require(services.first)
        #expect(web.scheduler == "rr")
        #expect(web.method == "dr")
        #expect(web.transport == "tcp")
        #expect(web.hasQuorum)
        #expect(web.weight == 3)
        #expect(web.sorryServer == "[10.0.0.99]:tcp:80")
        #expect(!web.isSorry)
        #expect(web.servers.map(\.name) == ["[10.0.0.11]:tcp:80", "[10.0.0.12]:tcp:80"])
        #expect(web.servers.map(\.isUp) == [true, false])
        #expect(web.servers.map(\.configuredWeight) == [3, 1])
        #expect(web.servers[0].checks.map(\.keyword) == ["TCP_CHECK"])
        #expect(web.servers[0].checks[0].result == "succeeded")
        #expect(web.servers[1].checks[0].result == "refused the connection")
        #expect(web.servers[1].checks[0].time != nil)
        #expect(services[1].transport == "")
        #expect(services[1].method == "nat")
        #expect(services[1].servers.map(\.name) == ["[10.0.0.13]:none:80"])
    }

    @Test(arguments: ["[10.0.0.1]:tcp:80", "10.0.0.1:80", "10.0.0.1:80 TCP"])
    func oneOfThem(name: String) throws {
        let director = FakeDirector()
        director.begin(Self.text)
        let balancer = try #require(director.balancer)
        #expect(read(try ServersReading(balancer, only: name)).map(\.name) == ["[10.0.0.1]:tcp:80"])
        #expect(read(try ServersReading(balancer, only: "fwmark:5")).map(\.name) == ["FWM 5"])
    }

    @Test
    func noneOfThatName() throws {
        let director = FakeDirector()
        director.begin(Self.text)
        let balancer = try #require(director.balancer)
        #expect(
            throws: ControlRefusal("there is no virtual server x; there are 10.0.0.1:80 TCP, fwmark 5")
        ) { try ServersReading(balancer, only: "x") }
    }

    @Test("A reload in the middle cuts the answer short, and says so")
    func reloadInTheMiddle() throws {
        let director = FakeDirector()
        director.begin(Self.text)
        let reading = try ServersReading(try #require(director.balancer), only: nil)
        guard case .line = reading.next() else { throw Unexpected() }
        director.reload("")
        guard case .failure(.cutShort) = reading.next() else { throw Unexpected() }
    }

    private struct Unexpected: Error {}
}

extension ControlRefusal {
    fileprivate static func ~= (left: ControlRefusal, right: ControlRefusal) -> Bool { left == right }
}
