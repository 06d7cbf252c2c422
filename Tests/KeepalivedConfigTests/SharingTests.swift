import Testing

@testable import KeepalivedConfig

@Suite("Real servers that are alike")
struct SharingTests {
    private func configuration(_ servers: String) -> Configuration {
        let text = """
            virtual_server 10.0.0.1 80 {
              delay_loop 5
              protocol TCP
              lb_kind DR
              lb_algo rr
              \(servers)
            }
            """
        return Configuration.understand(ConfigurationReader.read(text: text)).configuration
    }

    private let check = "TCP_CHECK {\nconnect_timeout 3\nretry 2\n}\n"

    private func server(_ address: String, _ own: String = "") -> String {
        "real_server \(address) 80 {\n\(own)\n\(check)}\n"
    }

    @Test("a real server with nothing of its own takes little room")
    func size() {
        #expect(MemoryLayout<RealServer>.stride <= 128)
        #expect(MemoryLayout<Checker>.stride <= 128)
    }

    @Test("what they inherit they have in common, with its place")
    func inherited() {
        let servers = configuration(server("10.0.0.2") + server("10.0.0.3", "alpha") + server("10.0.0.4"))
            .virtualServers[0].realServers
        #expect(servers.map(\.isAlpha.value) == [false, true, false])
        #expect(servers.map(\.timing.delayLoop.value) == [.seconds(5), .seconds(5), .seconds(5)])
        #expect(servers[2].timing.delayLoop.origin.span?.line == 2)
        let alike = configuration(server("10.0.0.2") + server("10.0.0.3")).virtualServers[0].realServers
        #expect(alike[0].traits.isSame(as: alike[1].traits))
    }

    @Test("sharing changes no value, and puts equal parts into one place")
    func sharing() {
        let before = configuration(
            server("10.0.0.2", "inhibit_on_failure") + server("10.0.0.3", "weight 7\ninhibit_on_failure")
                + server("10.0.0.4", "notify_up /bin/true") + server("10.0.0.5", "inhibit_on_failure"))
        var after = before
        after.shareEqualParts()
        #expect(after == before)
        let servers = after.virtualServers[0].realServers
        #expect(servers[0].traits.isSame(as: servers[1].traits) && servers[0].traits.isSame(as: servers[3].traits))
        #expect(!servers[0].traits.isSame(as: servers[2].traits))
        let checkers = servers.map { $0.checkers.withUnsafeBufferPointer(\.baseAddress) }
        #expect(Set(checkers).count == 1)
        let unshared = before.virtualServers[0].realServers.map { $0.checkers.withUnsafeBufferPointer(\.baseAddress) }
        #expect(Set(unshared).count == 4)
    }

    @Test("a change of one is none of the others")
    func change() {
        var shared = configuration(server("10.0.0.2") + server("10.0.0.3"))
        shared.shareEqualParts()
        shared.virtualServers[0].realServers[0].isAlpha = Setting(true)
        shared.virtualServers[0].realServers[0].checkers[0].timing.retries = Setting(9)
        let servers = shared.virtualServers[0].realServers
        #expect(servers.map(\.isAlpha.value) == [true, false])
        #expect(servers.map(\.checkers[0].timing.retries.value) == [9, 2])
        let fresh = RealServer(endpoint: servers[0].endpoint)
        #expect(!fresh.isAlpha.value)
    }
}
