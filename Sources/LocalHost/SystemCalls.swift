import Glibc

/// The few calls of the C library that more than one file needs.
enum SystemCalls {
    /// The C library's text for an error number.
    static func message(_ number: Int32) -> String { String(cString: strerror(number)) }

    /// What is at a path, symbolic links followed; nil if nothing is.
    static func status(_ path: String) -> stat? {
        var status = stat()
        return stat(path, &status) == 0 ? status : nil
    }

    /// The path without symbolic links, `.` and `..`; nil if there is no such file.
    static func realPath(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// Reads to the end; nil if there are more than `limit` bytes.
    ///
    /// - Throws: The error number.
    static func readAll(_ descriptor: Int32, limit: Int, expected: Int = 0) throws(SystemError) -> [UInt8]? {
        var bytes: [UInt8] = []
        var size = max(expected + 1, 1 << 16)
        while true {
            var failure: Int32 = 0
            let chunk = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
                repeat {
                    count = read(descriptor, buffer.baseAddress, size)
                } while count < 0 && errno == EINTR
                if count < 0 {
                    failure = errno
                    count = 0
                }
            }
            if failure != 0 { throw SystemError(number: failure) }
            if chunk.isEmpty { return bytes }
            // Nearly always the first chunk is the file.
            if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
            if bytes.count > limit { return nil }
            size = 1 << 16
        }
    }
}

/// An error number of the C library.
struct SystemError: Error {
    var number: Int32

    var message: String { SystemCalls.message(number) }
}

extension stat {
    var isFolder: Bool { st_mode & S_IFMT == S_IFDIR }

    var isRegularFile: Bool { st_mode & S_IFMT == S_IFREG }
}
