package import KeepalivedConfig

/// A node of a simulation before it is put on a network: a configuration and a name.
package struct SimulatedHost: Sendable {
    /// As it is shown.
    package var name: String
    /// Other names by which it can be called.
    package var aliases: [String]
    package var configuration: Configuration

    package init(name: String, aliases: [String] = [], configuration: Configuration) {
        self.name = name
        self.aliases = aliases
        self.configuration = configuration
    }

    /// Instances that can run: those with a VRID.
    package var instances: [VRRPInstance] {
        configuration.instances.filter { $0.virtualRouterID.value.flatMap { UInt8(exactly: $0) } ?? 0 != 0 }
    }

    /// The interfaces of the instances, each once, in the order of the file. An instance without one, as unicast
    /// allows, has an interface of no name.
    package var interfaces: [String] {
        var names: [String] = []
        for instance in instances {
            let name = instance.interface.value ?? ""
            if !names.contains(name) { names.append(name) }
        }
        return names
    }

    /// Hosts named a, b, c and so on. Each can also be called by its number, its file and its `router_id`, as far as
    /// no other one has that name.
    package static func all(_ files: [(path: String, configuration: Configuration)]) -> [SimulatedHost] {
        var hosts: [SimulatedHost] = []
        for (index, file) in files.enumerated() {
            let letter = index < 26 ? String(UnicodeScalar(UInt8(97 + index))) : "n\(index + 1)"
            let fileName = file.path.split(separator: "/").last.map(String.init) ?? file.path
            var aliases = ["node\(index + 1)", fileName]
            if let dot = fileName.lastIndex(of: "."), dot != fileName.startIndex {
                aliases.append(String(fileName[..<dot]))
            }
            if fileName != file.path { aliases.append(file.path) }
            if let router = file.configuration.global.routerID.value { aliases.append(router) }
            hosts.append(SimulatedHost(name: letter, aliases: aliases, configuration: file.configuration))
        }
        var owners: [String: Int] = [:]
        for host in hosts {
            for alias in Set(host.aliases + [host.name]) { owners[alias, default: 0] += 1 }
        }
        for index in hosts.indices {
            var seen: Set<String> = []
            hosts[index].aliases = hosts[index].aliases.filter { owners[$0] == 1 && seen.insert($0).inserted }
        }
        return hosts
    }
}
