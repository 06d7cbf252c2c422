import Addresses
import IPVSGrammar
import IPVSModel
import Testing

@testable import IPVSAdmin

@Suite("Restore input as a whole")
struct RuleInputTests {
    private func faults(_ text: String) -> [String] {
        RuleInput(Array(text.utf8)).faults.map { String(decoding: $0, as: UTF8.self) }
    }

    @Test("Lines are counted from 1, whatever stands in them")
    func lines() {
        let input = RuleInput(
            Array(
                """
                # a comment

                -A -t 10.0.0.1:80 -s rr
                   \t
                ipvsadm -a -t 10.0.0.1:80 -r 10.0.0.2:80 -m  # behind a rule
                -C\r
                -D -t 10.0.0.1:80
                """.utf8))
        #expect(input.faults == [])
        #expect(input.rules.map(\.line) == [3, 5, 6, 7])
        #expect(input.rules.map(\.command).contains(.flush))
    }

    @Test("The last line needs no line feed, and may end in blanks", arguments: ["", "\n", "  ", " \t\n", "\r\n"])
    func lastLine(end: String) {
        let input = RuleInput(Array(("-C\n-D -f 5" + end).utf8))
        #expect(input.faults == [])
        #expect(input.rules.map(\.command) == [.flush, .deleteService(.firewallMark(5, .ipv4))])
    }

    @Test("Nothing, and nothing but comments, are no rules", arguments: ["", "\n\n", "#\n", "  # x"])
    func nothing(text: String) {
        let input = RuleInput(Array(text.utf8))
        #expect(input.faults == [] && input.rules.isEmpty)
    }

    @Test(
        "A fault names its line",
        arguments: [
            ("-A -t 10.0.0.1:80\n-a -t 10.0.0.1:80 -r 10.0.0.2 -w x\n", ["line 2: illegal weight specified"]),
            ("-A -t 10.0.0.1", ["line 1: Zero port specified for non-persistent service"]),
            ("\n\n-L --foo", ["line 3: --foo: unknown option"]),
            ("-C 'all", ["line 1: a quote is opened and not closed"]),
            ("foo -A", ["line 1: unexpected argument foo"]),
            ("-6", ["line 1: a rule begins with its command, such as -A or -a, and this one with `-6'"]),
            // A message that ends with a line of its own stays one line.
            ("-A -6", ["line 1: -6 used before -f"]),
            ("-h", ["line 1: `-h' has no place in restore input"]),
            ("-R", ["line 1: `-R' has no place in restore input"]),
            ("-v", ["line 1: `-v' has no place in restore input"]),
            ("-L --watch", ["line 1: `--watch' has no place in restore input"]),
            // All of them, in order.
            (
                "-A\n-C\n-E",
                [
                    "line 1: You need to supply the 'service-address' option for the 'add-service' command",
                    "line 3: You need to supply the 'service-address' option for the 'edit-service' command",
                ]
            ),
        ])
    func faulty(text: String, expected: [String]) {
        #expect(faults(text) == expected)
    }

    @Test("Rules around a fault are understood all the same")
    func around() {
        let input = RuleInput(Array("-C\n-Q\n-D -f 5\n".utf8))
        #expect(input.rules.map(\.line) == [1, 3])
        #expect(input.faults.count == 1)
    }
}

@Suite("The table that restore input describes")
struct DesiredTableTests {
    private func table(_ text: String) -> DesiredTable {
        DesiredTable(RuleInput(Array(text.utf8)).rules)
    }

    private func faults(_ text: String) -> [String] {
        table(text).faults.map { String(decoding: $0, as: UTF8.self) }
    }

    private static let rules = """
        -A -t 10.0.0.1:80 -s rr
        -a -t 10.0.0.1:80 -r 10.0.0.2:80 -m
        # between
        -A -f 5
        -a -t 10.0.0.1:80 -r 10.0.0.3:80 -m
        -a -f 5 -r 10.0.0.2:80 -m
        """

    @Test("Servers belong to their service, wherever their lines stand")
    func servers() {
        let table = table(Self.rules)
        #expect(table.faults == [])
        #expect(table.services.map { "\($0.service.identity.port): \($0.servers.count)" } == ["80: 2", "0: 1"])
    }

    @Test("A change leads back to its line, a removal to none")
    func lines() {
        let table = table(Self.rules)
        let mark = VirtualService.Identity.firewallMark(5, .ipv4)
        let service = table.services[1].service
        let server = table.services[1].servers[0]
        #expect(table.line(of: .addService(service)) == 4)
        #expect(table.line(of: .editService(service)) == 4)
        #expect(table.line(of: .addServer(server, mark)) == 6)
        #expect(table.line(of: .editServer(server, mark)) == 6)
        #expect(table.line(of: .deleteService(mark)) == nil)
        #expect(table.line(of: .deleteServer(server.endpoint, mark)) == nil)
    }

    @Test(
        "What describes no table is a fault",
        arguments: [
            ("-A -f 5\n-A -f 5 -s rr", ["line 2: this service is on line 1 already"]),
            (
                "-A -f 5\n-a -f 5 -r 10.0.0.2 -m\n-a -f 5 -r 10.0.0.2 -g",
                ["line 3: this server is on line 2 already"]
            ),
            ("-a -f 5 -r 10.0.0.2", ["line 1: no line above adds this server's service; put its -A first"]),
            ("-C", ["line 1: --replace takes the rules of a table, which are -A and -a"]),
            ("-A -f 5\n-D -f 5", ["line 2: --replace takes the rules of a table, which are -A and -a"]),
            // Direct routing gives both the service's port: one server, not two.
            (
                "-A -t 10.0.0.1:80\n-a -t 10.0.0.1:80 -r 10.0.0.2:81\n-a -t 10.0.0.1:80 -r 10.0.0.2:82",
                ["line 3: this server is on line 2 already"]
            ),
        ])
    func faulty(text: String, expected: [String]) {
        #expect(faults(text) == expected)
    }

    @Test("The same mark in both families is two services, the same address in two protocols as well")
    func distinct() {
        let table = table("-A -f 5\n-A -f 5 -6\n-A -t 10.0.0.1:53\n-A -u 10.0.0.1:53")
        #expect(table.faults == [])
        #expect(table.services.count == 4)
    }
}
