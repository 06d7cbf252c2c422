import CLinux
import Glibc

/// Who is at the other end of a connection.
struct ControlPeer: Hashable {
    var user: uid_t
    /// With the supplementary ones, as far as they are asked about.
    var isInGroup: Bool

    /// - Parameter group: The group of those who may read; nil where there is none.
    /// - Returns: Nil where the kernel does not say who it is.
    init?(of descriptor: Int32, group: gid_t?) {
        var process: pid_t = 0
        var user: uid_t = 0
        var first: gid_t = 0
        guard clinux_peer(descriptor, &process, &user, &first) == 0 else { return nil }
        self.user = user
        isInGroup = group.map { first == $0 || clinux_peer_is_in_group(descriptor, $0) == 1 } ?? false
    }

    init(user: uid_t, isInGroup: Bool) {
        self.user = user
        self.isInGroup = isInGroup
    }

    /// - Parameter owner: The user that the daemon runs as.
    func right(owner: uid_t) -> ControlRight {
        if user == 0 || user == owner { return .change }
        return isInGroup ? .read : .nothing
    }
}
