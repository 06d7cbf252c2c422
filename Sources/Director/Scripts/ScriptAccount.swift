import Glibc
import KeepalivedConfig

/// Whom a script runs as, in numbers.
struct ScriptAccount: Hashable {
    var user: uid_t
    var group: gid_t
    /// All groups, the first one included.
    var groups: [gid_t]

    /// Looks the names up.
    ///
    /// A number that no user has is taken as it is, with the group of the same number unless one is named.
    ///
    /// - Throws: What is missing, as a phrase.
    init(_ names: ScriptUser, supplementary: Bool) throws(UnknownAccount) {
        guard let entry = Self.passwordEntry(names.user) else { throw UnknownAccount("there is no user \(names.user)") }
        user = entry.user
        group = entry.group
        if let name = names.group {
            guard let number = Self.groupNumber(name) else { throw UnknownAccount("there is no group \(name)") }
            group = number
        }
        groups = [group]
        guard supplementary, let name = entry.name else { return }
        var count: Int32 = 256
        var found = [gid_t](repeating: 0, count: Int(count))
        if getgrouplist(name, group, &found, &count) < 0 {
            found = [gid_t](repeating: 0, count: Int(max(count, 1)))
            guard getgrouplist(name, group, &found, &count) >= 0 else { return }
        }
        groups = Array(found.prefix(Int(count)))
    }

    /// Whether this process would have to become somebody else.
    var isAnother: Bool { user != geteuid() || group != getegid() || groups.count > 1 }

    private static func passwordEntry(_ name: String) -> (user: uid_t, group: gid_t, name: String?)? {
        if let entry = getpwnam(name) ?? UInt32(name).flatMap({ getpwuid($0) }) {
            return (entry.pointee.pw_uid, entry.pointee.pw_gid, String(cString: entry.pointee.pw_name))
        }
        return UInt32(name).map { ($0, $0, nil) }
    }

    private static func groupNumber(_ name: String) -> gid_t? {
        getgrnam(name).map { $0.pointee.gr_gid } ?? UInt32(name)
    }
}

/// A user or group that this machine does not know.
struct UnknownAccount: Error {
    var reason: String

    init(_ reason: String) { self.reason = reason }
}
