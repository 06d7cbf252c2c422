import Addresses
package import Routing

/// A line of the ledger: something of ours in the kernel, and how it is taken away.
package enum LedgerEntry: Hashable, Sendable {
    /// An address, a route or a rule, as the change that removes it.
    case removal(KernelChange)
    /// An interface that was made; its index is not known before.
    case interface(VirtualInterfaceSpec)
    /// A number of the kernel, and what it was before.
    case sysctl(Sysctl, old: Int, new: Int)
    /// A table of nftables.
    case filter(table: String)

    init(_ resource: Resource) { self = .removal(resource.removal) }

    /// The entry in words of one line, without a line's end.
    var text: String {
        switch self {
        case .removal(let change): "netlink \(Self.hexadecimal(change.request)) \(change)"
        case .interface(let spec):
            switch spec.kind {
            case .macvlan(_, let address): "interface \(spec.name) \(spec.parent) macvlan \(address)"
            case .ipvlan: "interface \(spec.name) \(spec.parent) ipvlan"
            }
        case .sysctl(let sysctl, let old, let new): "sysctl \(sysctl) \(old) \(new)"
        case .filter(let table): "filter \(table)"
        }
    }

    /// What the guardian reads of a line.
    enum Leftover: Hashable {
        case removal(KernelChange)
        case interface(name: String, parent: Int32, kind: String, address: String)
        case sysctl(Sysctl, old: Int, new: Int)
        case filter(table: String)

        init?(_ words: [Substring]) {
            guard words.count >= 2 else { return nil }
            switch words[0] {
            case "netlink":
                guard let bytes = LedgerEntry.bytes(words[1]), let change = KernelChange(request: bytes) else {
                    return nil
                }
                self = .removal(change)
            case "interface":
                guard words.count >= 4, let parent = Int32(words[2]) else { return nil }
                self = .interface(
                    name: String(words[1]), parent: parent, kind: String(words[3]),
                    address: words.count > 4 ? String(words[4]) : "")
            case "sysctl":
                let parts = words[1].split(separator: "/", omittingEmptySubsequences: false)
                guard words.count >= 4, let old = Int(words[2]), let new = Int(words[3]), parts.count == 5,
                    parts[0] == "net", parts[2] == "conf", !parts[3].isEmpty, parts[3] != "..", parts[4] != ".."
                else { return nil }
                let sysctl = Sysctl(parts[1] == "ipv4" ? .ipv4 : .ipv6, String(parts[3]), String(parts[4]))
                self = .sysctl(sysctl, old: old, new: new)
            case "filter": self = .filter(table: String(words[1]))
            default: return nil
            }
        }
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0xf)]] }, as: UTF8.self)
    }

    private static func bytes(_ text: Substring) -> [UInt8]? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while rest.count >= 2 {
            guard let byte = UInt8(Substring(rest.prefix(2)), radix: 16) else { return nil }
            bytes.append(byte)
            rest = rest.dropFirst(2)
        }
        return rest.isEmpty ? bytes : nil
    }
}

extension Resource {
    /// The change that installs it.
    var installation: KernelChange {
        switch self {
        case .address(let spec): .addAddress(spec)
        case .route(let spec): .addRoute(spec)
        case .rule(let spec): .addRule(spec)
        }
    }

    /// The change that removes it.
    var removal: KernelChange {
        switch self {
        case .address(let spec): .removeAddress(spec)
        case .route(let spec): .removeRoute(spec)
        case .rule(let spec): .removeRule(spec)
        }
    }
}
