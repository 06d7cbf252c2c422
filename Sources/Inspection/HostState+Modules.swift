import Diagnosis
import Glibc

extension HostState {
    /// Parts of the kernel that show themselves where the module lists are silent.
    private static let signs = [
        ("ip_vs", "/proc/net/ip_vs"), ("nf_conntrack", "/proc/sys/net/netfilter/nf_conntrack_max"),
        ("nf_tables", "/proc/sys/net/netfilter/nf_log_all_netns"),
    ]

    mutating func readModules() {
        let release = SmallFile.text("/proc/sys/kernel/osrelease") ?? ""
        modules.folder = "/lib/modules/\(release)"
        modules.isLoadingDisabled = SmallFile.text("/proc/sys/kernel/modules_disabled") == "1"
        for name in SmallFile.names(in: "/sys/module") { modules.present.insert(Self.plain(name)) }
        for line in (SmallFile.text("/proc/modules", limit: 1 << 20) ?? "").split(separator: "\n") {
            if let name = line.split(separator: " ").first { modules.present.insert(Self.plain(name)) }
        }
        for (name, path) in Self.signs where access(path, F_OK) == 0 { modules.present.insert(name) }
        if let builtin = SmallFile.text("\(modules.folder)/modules.builtin", limit: 1 << 22) {
            modules.isComplete = true
            for line in builtin.split(separator: "\n") { modules.present.insert(Self.moduleName(line)) }
        }
        if let dependencies = SmallFile.text("\(modules.folder)/modules.dep", limit: 1 << 24) {
            modules.isComplete = true
            for line in dependencies.split(separator: "\n") {
                modules.loadable.insert(Self.moduleName(line.prefix { $0 != ":" }))
            }
        }
    }

    private static func plain(_ name: some StringProtocol) -> String { String(name.map { $0 == "-" ? "_" : $0 }) }

    /// `kernel/net/ipv4/ipip.ko.xz` is `ipip`.
    private static func moduleName(_ path: Substring) -> String {
        let file = path.split(separator: "/").last ?? path
        return plain(file.prefix { $0 != "." })
    }
}
