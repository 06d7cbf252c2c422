import Glibc
import Routing

/// The file that remembers what was done: below /run, since a new start of the machine undoes it all, and one for each
/// network namespace.
final class RealServerFile {
    private let folder = "/run/vrrpctl"
    private let path: String
    /// The boot and the namespace that the file belongs to.
    private let place: String
    private var lockDescriptor: Int32 = -1

    init() throws(RealServerError) {
        let cookie = NetworkNamespace.cookie
        path = "\(folder)/real-server-\(cookie).state"
        let boot = Self.contents(of: "/proc/sys/kernel/random/boot_id") ?? ""
        place = "\(boot.prefix { $0 > " " }) \(cookie)"
    }

    deinit { if lockDescriptor >= 0 { close(lockDescriptor) } }

    /// Waits until no other process changes this host, and keeps others waiting until this one ends.
    func lock() throws(RealServerError) {
        guard mkdir(folder, 0o755) == 0 || errno == EEXIST else { throw Self.failure(folder) }
        lockDescriptor = open("\(folder)/real-server.lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard lockDescriptor >= 0 else { throw Self.failure("\(folder)/real-server.lock") }
        while flock(lockDescriptor, LOCK_EX) != 0 {
            guard errno == EINTR else { throw Self.failure("\(folder)/real-server.lock") }
        }
    }

    /// - Returns: An empty record where there is no file.
    /// - Throws: Where the file is broken: nobody knows what is to be undone then.
    func read() throws(RealServerError) -> RealServerRecord {
        guard let text = Self.contents(of: path) else {
            guard errno == ENOENT else {
                throw RealServerError(
                    "\(path) cannot be read: \(String(cString: strerror(errno)))", status: errno == EACCES ? 77 : 1)
            }
            return RealServerRecord()
        }
        guard let record = RealServerRecord(text, of: place) else {
            throw RealServerError("\(path) is broken: look at it, undo what it says, and remove it")
        }
        return record
    }

    /// Puts the record in the place of the one before at once; an empty one is no file.
    func write(_ record: RealServerRecord) throws(RealServerError) {
        guard !record.isEmpty else {
            guard unlink(path) == 0 || errno == ENOENT else { throw Self.failure(path) }
            return
        }
        let draft = path + ".new"
        unlink(draft)
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw Self.failure(path) }
        let bytes = Array(record.text(of: place).utf8)
        let isWritten = Glibc.write(descriptor, bytes, bytes.count) == bytes.count
        close(descriptor)
        guard isWritten, rename(draft, path) == 0 else {
            let error = Self.failure(path)
            unlink(draft)
            throw error
        }
    }

    private static func failure(_ path: String) -> RealServerError {
        let isDenied = errno == EACCES || errno == EPERM
        return RealServerError(
            "\(path) cannot be made: \(String(cString: strerror(errno)))", status: isDenied ? 77 : 73)
    }

    /// Nil with errno where it cannot be read.
    private static func contents(of path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while bytes.count < 1 << 20 {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return count < 0 ? nil : String(decoding: bytes, as: UTF8.self) }
            bytes += chunk[..<count]
        }
        errno = EFBIG
        return nil
    }
}
