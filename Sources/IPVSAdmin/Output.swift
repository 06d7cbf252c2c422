import Glibc
import Reporting

/// Standard output: gathers what is written and remembers the first failure, so that a full disk is told and a listing
/// is never taken for whole when it is not.
struct Output: ~Copyable {
    private var failure: Int32 = 0

    /// How much is worth a system call, in bytes.
    private static let chunk = 24 * 1024

    /// Text for a long listing: room for what `drain` lets gather.
    static func text() -> Text { Text(capacity: chunk + 1024) }

    /// Writes and empties the text once it is worth a system call.
    mutating func drain(_ text: inout Text) {
        if text.count >= Self.chunk { flush(&text) }
    }

    mutating func flush(_ text: inout Text) {
        guard failure == 0 else {
            text.removeAll()
            return
        }
        failure = text.withBytes { writeAll(STDOUT_FILENO, $0) }
        text.removeAll()
    }

    /// Whether a reader or the disk has stopped taking output.
    var hasFailed: Bool { failure != 0 }

    /// The exit status once all is written: 0, or 1 after a message.
    func finish() -> Int32 {
        if failure == 0 { return 0 }
        complain("cannot write to standard output: \(describe(errno: failure))")
        return 1
    }
}

/// Writes all bytes; returns 0 or errno.
func writeAll(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int32 {
    var offset = 0
    while offset < bytes.count {
        let rest = UnsafeRawBufferPointer(rebasing: bytes[offset...])
        let written = write(descriptor, rest.baseAddress, rest.count)
        if written < 0 {
            if errno == EINTR { continue }
            return errno
        }
        offset += written
    }
    return 0
}

func writeAll(_ descriptor: Int32, _ bytes: [UInt8]) -> Int32 {
    bytes.withUnsafeBytes { writeAll(descriptor, $0) }
}

/// Writes a line to standard error.
func complain(_ message: String) {
    complain(Array(message.utf8))
}

func complain(_ message: [UInt8]) {
    _ = writeAll(STDERR_FILENO, message + [0x0a])
}

/// The C library's text for an error number.
func describe(errno number: Int32) -> String {
    String(cString: strerror(number))
}
