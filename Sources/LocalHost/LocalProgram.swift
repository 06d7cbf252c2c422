import Glibc
import KeepalivedConfig

/// A program on this machine's disk: whether it could run, and who could change it.
enum LocalProgram {
    /// What keepalived searches when it is started without PATH, as from a unit file.
    private static let defaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

    static func facts(_ word: String) -> ProgramFacts {
        guard !word.isEmpty, !word.utf8.contains(0) else { return ProgramFacts(.missing, path: word) }
        if word.utf8.contains(UInt8(ascii: "/")) { return facts(at: word) ?? ProgramFacts(.missing, path: word) }
        let search = getenv("PATH").map { String(cString: $0) } ?? defaultPath
        var notExecutable: ProgramFacts?
        for folder in search.split(separator: ":") {
            guard let found = facts(at: folder + "/" + word) else { continue }
            if found.presence == .executable { return found }
            if notExecutable == nil { notExecutable = found }
        }
        return notExecutable ?? ProgramFacts(.missing, path: word)
    }

    private static func facts(at path: String) -> ProgramFacts? {
        guard let status = SystemCalls.status(path) else { return nil }
        guard status.isRegularFile else { return ProgramFacts(.notAFile, path: path) }
        // Root may run what anybody may run, whatever this process may.
        let presence: ProgramFacts.Presence = status.st_mode & 0o111 == 0 ? .notExecutable : .executable
        return ProgramFacts(presence, path: path, writer: writer(of: path))
    }

    // MARK: Who can change it

    /// The first one besides root who can write the file, or a folder above it and so put another in its place.
    static func writer(of path: String) -> String? {
        guard let real = SystemCalls.realPath(path) else { return nil }
        // The way to a symbolic link counts too.
        let paths = real == path || !path.hasPrefix("/") ? [real] : [path, real]
        for path in paths {
            for end in path.indices.dropFirst() where path[end] == "/" {
                if let writer = writer(ofComponent: String(path[..<end]), below: path) { return writer }
            }
            if let writer = writer(ofComponent: path, below: path) { return writer }
        }
        return nil
    }

    private static func writer(ofComponent component: String, below path: String) -> String? {
        guard let status = SystemCalls.status(component) else { return nil }
        if status.st_uid != 0 { return "user \(userName(status.st_uid)) owns \(component)" }
        // In a sticky folder such as /tmp only owners can replace files; the file itself is looked at next.
        let isSticky = status.isFolder && status.st_mode & S_ISVTX != 0
        if isSticky { return nil }
        if status.st_mode & 0o002 != 0 { return "anyone can write \(component)" }
        if status.st_mode & 0o020 != 0, status.st_gid != 0 {
            return "group \(groupName(status.st_gid)) can write \(component)"
        }
        return nil
    }

    private static func userName(_ id: uid_t) -> String {
        getpwuid(id).map { String(cString: $0.pointee.pw_name) } ?? String(id)
    }

    private static func groupName(_ id: gid_t) -> String {
        getgrgid(id).map { String(cString: $0.pointee.gr_name) } ?? String(id)
    }
}
