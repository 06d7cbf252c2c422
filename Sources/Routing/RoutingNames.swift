import Glibc

/// The names of tables, protocols, scopes, realms and groups of interfaces, from iproute2's files.
package struct RoutingNames: Hashable, Sendable {
    package private(set) var tables: [String: UInt32] = [
        "unspec": 0, "default": 253, "main": 254, "local": 255,
    ]
    package private(set) var protocols: [String: UInt32] = [
        "unspec": 0, "redirect": 1, "kernel": 2, "boot": 3, "static": 4, "gated": 8, "ra": 9, "mrt": 10, "zebra": 11,
        "bird": 12, "dnrouted": 13, "xorp": 14, "ntk": 15, "dhcp": 16, "keepalived": 18, "babel": 42, "bgp": 186,
        "isis": 187, "ospf": 188, "rip": 189, "eigrp": 192,
    ]
    package private(set) var scopes: [String: UInt32] = [
        "global": 0, "universe": 0, "site": 200, "link": 253, "host": 254, "nowhere": 255,
    ]
    package private(set) var realms: [String: UInt32] = ["cosmos": 0]
    package private(set) var groups: [String: UInt32] = ["default": 0]

    /// - Parameter folders: Where the files are, the most important last. One that is missing is left out.
    package init(folders: [String] = ["/usr/share/iproute2", "/usr/lib/iproute2", "/etc/iproute2"]) {
        for folder in folders {
            Self.read("\(folder)/rt_tables", into: &tables)
            Self.read("\(folder)/rt_protos", into: &protocols)
            Self.read("\(folder)/rt_scopes", into: &scopes)
            Self.read("\(folder)/rt_realms", into: &realms)
            Self.read("\(folder)/group", into: &groups)
        }
    }

    /// Reads a file, and the files with the suffix .conf in the folder beside it.
    private static func read(_ path: String, into names: inout [String: UInt32]) {
        parse(contents(of: path), into: &names)
        guard let folder = opendir(path + ".d") else { return }
        defer { closedir(folder) }
        var found: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name.hasSuffix(".conf"), !name.hasPrefix(".") { found.append(name) }
        }
        for name in found.sorted() { parse(contents(of: "\(path).d/\(name)"), into: &names) }
    }

    /// Reads lines of a number, decimal or hexadecimal, and a name; `#` begins a comment.
    static func parse(_ text: [UInt8], into names: inout [String: UInt32]) {
        for line in text.split(separator: UInt8(ascii: "\n")) {
            let words = line.prefix { $0 != UInt8(ascii: "#") }.split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0d }
                .map { String(decoding: $0, as: UTF8.self) }
            guard words.count >= 2 else { continue }
            let number = words[0].hasPrefix("0x") ? UInt32(words[0].dropFirst(2), radix: 16) : UInt32(words[0])
            if let number { names[words[1]] = number }
        }
    }

    private static func contents(of path: String) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16 * 1024)
        while bytes.count < 1 << 20 {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            guard count > 0 else { break }
            bytes += chunk[..<count]
        }
        return bytes
    }
}
