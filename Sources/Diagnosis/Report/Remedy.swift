/// What `--fix` may do: what can be undone by one command, takes nothing away from anybody, and cuts no connection.
package enum Remedy: Hashable, Sendable {
    /// Below /proc/sys, with `/` between the parts.
    case sysctl(path: String, value: String)
    case loadModule(String)
    /// Takes rights to a file of ours away from its group or from others: bits of 0o077.
    case withdrawRights(path: String, bits: UInt16)

    /// As an operator would do it.
    package var command: String {
        switch self {
        case .sysctl(let path, let value): "sysctl -w \(Self.sysctlName(path))=\(value)"
        case .loadModule(let name): "modprobe \(name)"
        case .withdrawRights(let path, let bits): "chmod \(Self.rights(bits)) \(ShellWord.quoted(path))"
        }
    }

    /// As chmod(1) takes them: `go-w`, `o-rwx`, `g-w,o-rw`.
    private static func rights(_ bits: UInt16) -> String {
        func letters(_ bits: UInt16) -> String {
            [(4, "r"), (2, "w"), (1, "x")].filter { bits & $0.0 != 0 }.map(\.1).joined()
        }
        let group = letters(bits >> 3 & 7)
        let others = letters(bits & 7)
        if group == others { return "go-\(group)" }
        return [("g", group), ("o", others)].filter { !$0.1.isEmpty }.map { "\($0.0)-\($0.1)" }.joined(separator: ",")
    }

    /// sysctl(8) takes dots; an interface's name may have dots itself, and then it takes slashes.
    package static func sysctlName(_ path: String) -> String {
        path.contains(".") ? path : path.split(separator: "/").joined(separator: ".")
    }
}
