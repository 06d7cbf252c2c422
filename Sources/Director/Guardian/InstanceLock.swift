import Glibc

/// Keeps a second daemon from the same socket. Worker and guardian hold one lock together, so it lasts as long as either
/// of them lives, and not a moment longer: nothing is left that would have to be cleaned up.
struct InstanceLock {
    /// Stays open for the life of the process.
    let descriptor: Int32

    /// Takes the lock, and makes the folder that it lies in if there is none.
    ///
    /// - Throws: With status 75 if somebody else holds it.
    static func take(_ files: StateFiles) throws(DirectorError) -> InstanceLock {
        makeFolder(files.folder)
        let descriptor = open(files.lock, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            throw DirectorError("cannot open \(files.lock): \(String(cString: strerror(errno)))", status: 73)
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let error = errno
            let holder = holder(descriptor)
            close(descriptor)
            guard error == EWOULDBLOCK else {
                throw DirectorError("cannot lock \(files.lock): \(String(cString: strerror(error)))", status: 73)
            }
            throw DirectorError(
                "\(holder.map { "process \($0)" } ?? "another process") runs with the socket \(files.socket) already; "
                    + "give a second daemon a --socket of its own", status: 75)
        }
        return InstanceLock(descriptor: descriptor)
    }

    /// Writes down who holds it, for messages.
    func sign(_ process: Int32) {
        let bytes = Array("\(process)\n".utf8)
        guard ftruncate(descriptor, 0) == 0 else { return }
        _ = pwrite(descriptor, bytes, bytes.count, 0)
    }

    private static func holder(_ descriptor: Int32) -> Int32? {
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        guard count > 0 else { return nil }
        return Int32(String(decoding: bytes[..<count].prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
    }

    /// Only root and the daemon look into it. Who may ask the daemon gets through to its socket; what else is in there
    /// has its own rights.
    private static func makeFolder(_ path: String) {
        var made = ""
        for part in path.split(separator: "/") {
            made += "/" + part
            guard made == path else {
                mkdir(made, 0o755)
                continue
            }
            if mkdir(made, 0o700) == 0 { chmod(made, 0o711) }
        }
    }
}
