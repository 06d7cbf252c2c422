import ArgumentParser
import Glibc
import Reporting

/// Standard output and standard error, written at once.
enum StandardStream {
    static func write(_ text: String, to descriptor: Int32) {
        Array(text.utf8).withUnsafeBytes { _ = writeAll($0, to: descriptor) }
    }

    /// - Returns: Whether all of it could be written.
    static func write(_ text: borrowing Text, to descriptor: Int32) -> Bool {
        text.withBytes { writeAll($0, to: descriptor) }
    }

    /// Writes to standard output.
    ///
    /// - Throws: An exit code, after a message, if not all of it could be written.
    static func print(_ text: borrowing Text) throws(ExitCode) {
        guard !write(text, to: STDOUT_FILENO) else { return }
        write("vrrpctl: cannot write to standard output: \(String(cString: strerror(errno)))\n", to: STDERR_FILENO)
        throw ExitCode.failure
    }

    private static func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            if written < 0 {
                if errno == EINTR { continue }
                return false
            }
            rest = rest.dropFirst(written)
        }
        return true
    }
}
