import Glibc
import KeepalivedConfig
import Testing

@testable import Director

/// Tests/Lab/tools/director/mapping.txt: what keepalived 2.2.7 put into the kernel's table, recorded in the lab.
@Suite("From the configuration to the kernel's table")
struct MappingTests {
    struct Case: CustomStringConvertible {
        var name: String
        var configuration = ""
        var table: [String] = []
        /// Whether ours refuses to run it.
        var isRefused = false
        var description: String { name }

        static let all: [Case] = {
            let tests = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
            let path = tests.joined(separator: "/") + "/Lab/tools/director/mapping.txt"
            let bytes = Ledger.contents(of: path) ?? []
            var cases: [Case] = []
            var isTable = false
            for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") where !line.hasPrefix("#") {
                if line.hasPrefix("=== ") {
                    cases.append(Case(name: String(line.dropFirst(4))))
                    isTable = false
                } else if line.hasPrefix("--- ") {
                    isTable = true
                    cases[cases.count - 1].table = []
                    cases[cases.count - 1].isRefused = line == "--- ours: refused"
                } else if isTable {
                    cases[cases.count - 1].table.append(String(line))
                } else {
                    cases[cases.count - 1].configuration += line + "\n"
                }
            }
            return cases
        }()
    }

    @Test("There are cases")
    func cases() { #expect(Case.all.count > 100) }

    @Test("The table is keepalived's", arguments: Case.all)
    func table(_ test: Case) {
        let (configuration, diagnostics) = Configuration.understand(
            ConfigurationReader.read(text: test.configuration))
        #expect(diagnostics.contains { $0.severity == .error } == test.isRefused, "\(diagnostics)")
        if test.isRefused { return }
        let stage = TableStage(test.configuration)
        // The lab's kernel is built without it.
        stage.kernel.missingSchedulers = ["twos"]
        // What the checks would have found: nothing answers.
        for (place, service) in configuration.virtualServers.enumerated() {
            var sum = 0
            for (index, server) in service.realServers.enumerated() {
                let isDown = server.isAlpha.value && !server.checkers.isEmpty
                if !isDown { sum += server.weight.value }
                let weight: Int? = isDown ? (server.inhibitsOnFailure.value ? 0 : nil) : server.weight.value
                stage.keeper.set(service: place, server: index, weight: weight)
            }
            let isSorry = sum == 0
            if isSorry, service.sorryServer.value != nil {
                for (index, server) in service.realServers.enumerated() where !server.inhibitsOnFailure.value {
                    stage.keeper.set(service: place, server: index, weight: nil)
                }
            }
            stage.keeper.setSorry(service: place, weight: isSorry ? 1 : service.sorryServerInhibits.value ? 0 : nil)
        }
        #expect(stage.start().table == test.table)
    }

    @Test("A group of too many addresses is cut, and that is said")
    func size() {
        let stage = TableStage(
            """
            virtual_server_group G {
                10.0.0.0/8 80
            }
            virtual_server group G {
                lb_algo rr
                lb_kind NAT
                protocol TCP
                real_server 10.1.0.2 80 {
                }
            }
            """)
        #expect(stage.keeper.order.count == 65536)
        #expect(stage.takeLog().contains("stands for more than 65536 services"))
    }

    @Test("A range goes through the last octet's end")
    func range() {
        let stage = TableStage(
            """
            virtual_server_group G {
                10.0.0.254-10.0.1.1 80
            }
            virtual_server group G {
                lb_algo rr
                lb_kind NAT
                protocol TCP
                real_server 10.1.0.2 80 {
                }
            }
            """)
        #expect(
            stage.start().table.filter { $0.hasPrefix("-A") } == [
                "-A -t 10.0.0.254:80 -s rr", "-A -t 10.0.0.255:80 -s rr", "-A -t 10.0.1.0:80 -s rr",
                "-A -t 10.0.1.1:80 -s rr",
            ])
    }
}
