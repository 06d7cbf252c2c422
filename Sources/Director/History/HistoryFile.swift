import Glibc

/// The file of a history: lines are appended, and when it has its size it becomes the former one, which is kept until the
/// next does. Nothing of it is ever needed for anything else, so its failures are returned and concern nobody further.
package final class HistoryFile {
    private let path: String
    private let limit: Int
    private var descriptor: Int32 = -1
    private var size = 0
    /// The last line was written in part, and could not be taken back.
    private var isTorn = false

    /// - Parameters:
    ///   - path: Of the current file; the former one has `.1` behind it.
    ///   - limit: Octets of each of the two, at most.
    package init(at path: String, limit: Int = 1 << 20) {
        self.path = path
        self.limit = limit
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    private var former: String { path + ".1" }

    /// Everything that is in the two files.
    ///
    /// - Returns: Nil with the reason where there is a file that cannot be read; none at all is no reason.
    package func read() -> (bytes: [UInt8], failure: Int32?) {
        var bytes: [UInt8] = []
        var failure: Int32?
        for path in [former, path] {
            switch Self.read(path, atMost: 2 * limit) {
            case .success(let piece):
                bytes += piece
                // The first line of the next file does not continue a torn one.
                if bytes.last != 0x0a { bytes.append(0x0a) }
            case .failure(let error):
                if error.code != ENOENT, error.code != ENOTDIR { failure = error.code }
            }
        }
        return (bytes, failure)
    }

    private struct Failure: Error {
        var code: Int32
    }

    /// The end of a file, from a line's begin on.
    private static func read(_ path: String, atMost most: Int) -> Result<[UInt8], Failure> {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else { return .failure(Failure(code: errno)) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            return .failure(Failure(code: EINVAL))
        }
        let size = Int(status.st_size)
        var bytes = [UInt8](repeating: 0, count: min(size, most))
        var filled = 0
        while filled < bytes.count {
            let count = bytes.withUnsafeMutableBytes { room in
                pread(
                    descriptor, room.baseAddress.map { $0 + filled }, room.count - filled,
                    size - room.count + filled)
            }
            guard count > 0 else { break }
            filled += count
        }
        bytes.removeLast(bytes.count - filled)
        if size > most, let end = bytes.firstIndex(of: 0x0a) { bytes.removeFirst(end + 1) }
        return .success(bytes)
    }

    /// Appends whole lines, in this file or in the next.
    ///
    /// - Returns: Why that was not possible; the lines are in no file then.
    package func append(_ lines: [UInt8]) -> Int32? {
        if descriptor < 0 || size + lines.count > limit {
            if let failure = open(with: lines.count) { return failure }
        }
        let bytes = isTorn ? [0x0a] + lines : lines
        let count = write(descriptor, bytes, bytes.count)
        if count == bytes.count {
            size += count
            isTorn = false
            return nil
        }
        let failure = count < 0 ? errno : ENOSPC
        if count > 0, ftruncate(descriptor, off_t(size)) != 0 {
            size += count
            isTorn = true
        }
        return failure
    }

    /// Opens the file, the next one if there is no room left in it.
    private func open(with count: Int) -> Int32? {
        for attempt in 0..<2 {
            if descriptor < 0 {
                descriptor = Glibc.open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600)
                guard descriptor >= 0 else { return errno }
                var status = stat()
                guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
                    forget()
                    return EINVAL
                }
                size = Int(status.st_size)
                // A crash may have left half a line.
                var last: UInt8 = 0x0a
                if size > 0 { _ = pread(descriptor, &last, 1, off_t(size - 1)) }
                isTorn = last != 0x0a
            }
            guard size > 0, size + count > limit, attempt == 0 else { return nil }
            guard rename(path, former) == 0 else { return errno }
            forget()
        }
        return nil
    }

    private func forget() {
        close(descriptor)
        descriptor = -1
        size = 0
        isTorn = false
    }
}
