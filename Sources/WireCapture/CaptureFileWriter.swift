package import CaptureFiles
import Glibc

/// Writes frames to a pcap file that is whole whenever the program ends, also when it is killed.
///
/// The file is made beside its place with its header in it and then put there at once, so that nobody sees half of it,
/// and a file that was there before stays until then. Each frame is written by one call.
package final class CaptureFileWriter {
    private let path: String
    private let descriptor: Int32
    private let limit: Int
    /// Octets that are in the file.
    package private(set) var length: Int
    /// Whether the limit was reached: what came since is not in the file.
    package private(set) var isFull = false

    /// - Parameter limit: The most octets that the file may have.
    /// - Throws: Status 73 where it cannot be made, and where something is in its place that is no file.
    package init(_ path: String, _ linkLayer: LinkLayer, limit: Int) throws(WireCaptureError) {
        self.path = path
        self.limit = limit
        var status = stat()
        if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
            throw WireCaptureError("\(path) is there and no file: name another", status: 73)
        }
        let draft = "\(path).\(getpid()).part"
        // Not for everybody: passwords are in it.
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failure(path, "cannot be made", status: 73) }
        let header = PcapFile.header(linkLayer)
        guard Self.write(header, to: descriptor), rename(draft, path) == 0 else {
            let error = Self.failure(path, "cannot be made", status: 73)
            unlink(draft)
            close(descriptor)
            throw error
        }
        self.descriptor = descriptor
        length = header.count
    }

    deinit { close(descriptor) }

    /// Puts a frame behind the others, unless the file is full.
    /// - Throws: Where the disk is full or broken. What was written of the frame is taken back.
    package func append(_ frame: CapturedFrame) throws(WireCaptureError) {
        guard !isFull else { return }
        let record = PcapFile.record(frame)
        guard length + record.count <= limit else {
            isFull = true
            return
        }
        guard Self.write(record, to: descriptor) else {
            let error = Self.failure(path, "cannot be written", status: 1)
            ftruncate(descriptor, off_t(length))
            throw error
        }
        length += record.count
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        while true {
            let written = Glibc.write(descriptor, bytes, bytes.count)
            if written == bytes.count { return true }
            if written < 0, errno == EINTR { continue }
            // A part only: the disk is full.
            if written >= 0 { errno = ENOSPC }
            return false
        }
    }

    private static func failure(_ path: String, _ what: String, status: Int32) -> WireCaptureError {
        WireCaptureError("\(path) \(what): \(String(cString: strerror(errno)))", status: status)
    }
}
