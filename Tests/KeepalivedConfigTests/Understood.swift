import Addresses
import KeepalivedConfig

/// What a text means and what is wrong with it.
struct Understood {
    let configuration: Configuration
    let diagnostics: [Diagnostic]

    init(_ text: String, host: (any HostFacts)? = nil) {
        (configuration, diagnostics) = Configuration.understand(
            ConfigurationReader.read(text: text), host: host, expressions: BalancedParentheses())
    }

    /// `error unknown-keyword 3`: severity, code and line, in the order of the lines.
    var faults: [String] {
        diagnostics.map { diagnostic in
            let severity = diagnostic.severity == .error ? "error" : "warning"
            return "\(severity) \(diagnostic.code) \(diagnostic.span?.line ?? 0)"
        }
    }

    var codes: [String] { diagnostics.map(\.code) }
}

/// A grammar for tests, that knows one rule.
struct BalancedParentheses: ExpressionGrammar {
    func fault(in pattern: String, options: [String]) -> String? {
        pattern.count { $0 == "(" } == pattern.count { $0 == ")" } ? nil : "a parenthesis is missing"
    }
}

/// A machine for tests: what is not named is not there.
struct ImaginedMachine: HostFacts {
    var hostName = "router1"
    var interfaces: [InterfaceFacts] = []
    var programs: [String: ProgramFacts] = [:]
    var files: Set<String> = []
    var users: Set<String> = ["root"]
    var groups: Set<String> = ["root"]

    func interface(_ name: String) -> InterfaceFacts? { interfaces.first { $0.name == name } }
    func program(_ word: String) -> ProgramFacts { programs[word] ?? ProgramFacts(.missing, path: word) }
    func hasReadableFile(_ path: String) -> Bool { files.contains(path) }
    func hasUser(_ name: String) -> Bool { users.contains(name) }
    func hasGroup(_ name: String) -> Bool { groups.contains(name) }
}

/// An instance that nothing is wrong with, with more lines in it.
func instance(_ lines: String = "", name: String = "VI_1", vrid: Int = 51, address: String = "192.0.2.10") -> String {
    """
    vrrp_instance \(name) {
        interface eth0
        virtual_router_id \(vrid)
        virtual_ipaddress {
            \(address)
        }
        \(lines)
    }

    """
}

/// A virtual server that nothing is wrong with, with more lines in it and in its real server.
func service(_ lines: String = "", real: String = "", address: String = "192.0.2.10 80") -> String {
    """
    virtual_server \(address) {
        lb_algo rr
        lb_kind DR
        protocol TCP
        \(lines)
        real_server 192.0.2.20 80 {
            \(real)
        }
    }

    """
}
