import Addresses
import Testing

@testable import Director

@Suite("Names of virtual and real servers")
struct ServerNamesTests {
    private static let names = ServerNames(
        FakeWorld.configuration(
            """
            virtual_server_group web {
                10.0.0.7 80
            }
            virtual_server 10.0.0.1 80 {
                protocol TCP
                real_server 10.1.0.2 80 {
                }
                real_server 10.1.0.2 81 {
                }
                real_server 10.1.0.3 80 {
                }
            }
            virtual_server 10.0.0.1 53 {
                protocol TCP
                real_server 10.1.0.2 53 {
                }
            }
            virtual_server 10.0.0.1 53 {
                protocol UDP
                real_server 10.1.0.2 53 {
                }
            }
            virtual_server fd00::1 443 {
                protocol TCP
                real_server fd00::2 443 {
                }
            }
            virtual_server fwmark 7 {
                real_server 10.1.0.9 80 {
                }
            }
            virtual_server group web {
                protocol TCP
                real_server 10.1.0.4 80 {
                }
            }
            """))

    @Test(
        "a virtual server is found by each form",
        arguments: [
            ("10.0.0.1:80", 0), ("10.0.0.1:80 TCP", 0), ("[10.0.0.1]:tcp:80", 0), ("10.0.0.1:80/tcp", 0),
            ("[10.0.0.1]:80", 0), ("10.0.0.1:tcp:53", 1), ("[10.0.0.1]:udp:53", 2), ("10.0.0.1:53 UDP", 2),
            ("[fd00::1]:443", 3), ("fd00::1", 3), ("[fd00::1]:tcp:443", 3), ("[fd00:0::1]:443", 3), ("fwmark:7", 4),
            ("fwmark 7", 4), ("FWM 7", 4), ("web", 5), ("group web TCP", 5), ("[web]:0", 5),
        ])
    func services(text: String, place: Int) throws {
        #expect(try Self.names.service(named: text) == place)
    }

    @Test(
        "what is not one is refused, with what may have been meant",
        arguments: [
            ("10.0.0.1:53", "10.0.0.1:53 is more than one virtual server: 10.0.0.1:53 TCP, 10.0.0.1:53 UDP; say which"),
            (
                "10.0.0.1",
                "10.0.0.1 is more than one virtual server: 10.0.0.1:80 TCP, 10.0.0.1:53 TCP, 10.0.0.1:53 UDP; say which"
            ),
            ("[10.0.0.1]:tcp:81", "there is no virtual server [10.0.0.1]:tcp:81; did you mean [10.0.0.1]:tcp:80?"),
            ("10.0.0.2:80", "there is no virtual server 10.0.0.2:80; did you mean 10.0.0.1:80?"),
            ("fwmark:8", "there is no virtual server fwmark:8; did you mean fwmark 7?"),
            (
                "nothing",
                "there is no virtual server nothing; there are 10.0.0.1:80 TCP, 10.0.0.1:53 TCP, 10.0.0.1:53 UDP, "
                    + "[fd00::1]:443 TCP, fwmark 7, group web TCP"
            ),
        ])
    func refused(text: String, message: String) {
        #expect(throws: UnknownName.self) { try Self.names.service(named: text) }
        do throws(UnknownName) {
            _ = try Self.names.service(named: text)
        } catch {
            #expect(error.message == message)
        }
    }

    @Test("real servers")
    func servers() throws {
        #expect(try Self.names.server(named: "10.1.0.2:81", of: 0) == 1)
        #expect(try Self.names.server(named: "[10.1.0.2]:tcp:80", of: 0) == 0)
        #expect(try Self.names.server(named: "10.1.0.3", of: 0) == 2)
        #expect(try Self.names.server(named: "[fd00::2]:443", of: 3) == 0)
        #expect(try Self.names.server(named: "10.1.0.9:80", of: 4) == 0)
        #expect(throws: UnknownName.self) { try Self.names.server(named: "10.1.0.2", of: 0) }
        #expect(throws: UnknownName.self) { try Self.names.server(named: "10.1.0.2:udp:80", of: 0) }
        do throws(UnknownName) {
            _ = try Self.names.server(named: "10.1.0.8:80", of: 0)
        } catch {
            #expect(
                error.message == "there is no real server 10.1.0.8:80 in 10.0.0.1:80 TCP; did you mean 10.1.0.2:80?")
        }
        #expect(Self.names.servers(named: "10.1.0.2:53").map(\.service) == [1, 2])
        #expect(Self.names.all.count == 8)
    }

    @Test("nothing at all")
    func nothing() {
        do throws(UnknownName) {
            _ = try ServerNames(FakeWorld.configuration("")).service(named: "10.0.0.1:80")
        } catch {
            #expect(error.message == "there is no virtual server 10.0.0.1:80: there is none at all")
        }
    }

    @Test(
        "what is no endpoint",
        arguments: [
            "", "[", "]", "[]", "[10.0.0.1", "10.0.0.1:", "10.0.0.1:x", "10.0.0.1:70000", "10.0.0.1:80:tcp",
            "10.0.0.1:tcp:udp:80", "10.0.0.1x", "10.0.0.1:tcp:80 TCP", "fd00::1:tcp:80:", "10.0.0.1:-1", "[10.0.0.1]80",
        ])
    func noEndpoint(text: String) {
        #expect(WrittenEndpoint(text) == nil)
    }
}
