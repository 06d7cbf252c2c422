import CLinux
import Glibc
import Routing

/// What the daemon may do, and what it gives up.
enum Rights {
    /// - Throws: With status 77 if a right is missing without which there is nothing to be done.
    static func check() throws(DirectorError) {
        var held: UInt64 = 0
        guard clinux_effective_capabilities(&held) == 0 else { return }
        var missing: [String] = []
        if held & clinux_capability_net_admin() == 0 { missing.append("CAP_NET_ADMIN") }
        if held & clinux_capability_net_raw() == 0 { missing.append("CAP_NET_RAW") }
        guard !missing.isEmpty else { return }
        throw DirectorError(
            "\(missing.joined(separator: " and ")) \(missing.count == 1 ? "is" : "are") missing: run it as root, or by "
                + "its systemd unit", status: 77)
    }

    /// Gives up what neither VRRP nor its scripts need.
    static func limit() {
        _ = clinux_limit_capabilities(clinux_capabilities_of_a_director())
    }

    /// Enters a network namespace, by the name that `ip netns` gives it or by a path.
    ///
    /// - Returns: The path that it was entered by.
    static func enterNamespace(_ name: String) throws(DirectorError) -> String {
        let path = name.hasPrefix("/") ? name : "/run/netns/" + name
        do {
            try NetworkNamespace.enter(path)
        } catch {
            throw DirectorError(
                "cannot enter the network namespace \(name): \(String(cString: strerror(error.code)))", status: 5)
        }
        return path
    }
}
