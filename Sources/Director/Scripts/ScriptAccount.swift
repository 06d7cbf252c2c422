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

    private typealias Entry = (user: uid_t, group: gid_t, name: String?)

    private static func passwordEntry(_ name: String) -> Entry? {
        if let entry = localEntry(name) { return entry }
        if let entry = getpwnam(name) ?? UInt32(name).flatMap({ getpwuid($0) }) {
            return (entry.pointee.pw_uid, entry.pointee.pw_gid, String(cString: entry.pointee.pw_name))
        }
        return UInt32(name).map { ($0, $0, nil) }
    }

    /// What /etc/passwd itself has. Asking the name services would load their libraries into a static executable, and
    /// the one that knows the name may be a server that does not answer.
    private static func localEntry(_ name: String) -> Entry? {
        guard let file = fopen("/etc/passwd", "re") else { return nil }
        defer { fclose(file) }
        let number = UInt32(name)
        while let entry = fgetpwent(file)?.pointee {
            let entryName = String(cString: entry.pw_name)
            if entryName == name || entry.pw_uid == number { return (entry.pw_uid, entry.pw_gid, entryName) }
        }
        return nil
    }

    private static func groupNumber(_ name: String) -> gid_t? {
        if let number = localGroup(name) { return number }
        return getgrnam(name).map { $0.pointee.gr_gid } ?? UInt32(name)
    }

    private static func localGroup(_ name: String) -> gid_t? {
        guard let file = fopen("/etc/group", "re") else { return nil }
        defer { fclose(file) }
        while let entry = fgetgrent(file)?.pointee {
            if String(cString: entry.gr_name) == name { return entry.gr_gid }
        }
        return nil
    }

    /// Whether /etc/passwd has this user.
    static func isLocal(_ name: String) -> Bool { localEntry(name) != nil }
}

/// A user or group that this machine does not know.
struct UnknownAccount: Error {
    var reason: String

    init(_ reason: String) { self.reason = reason }
}
