import Glibc
import Routing

/// The file of known states as lines, behind a first one that names the boot and the network namespace.
///
///     vrrpctl-states 1 BOOT NAMESPACE
///     check 5f3a… up
///     +server 6 10.0.0.1 80 10.0.0.2 80
///
/// A line that a crash tore has no line feed and does not count. No secrets are in it.
final class StateLines {
    private let path: String
    private var descriptor: Int32 = -1
    /// Lines in the file, and how many there were when it was written anew.
    private(set) var lines = 0
    private(set) var linesWhenNew = 0
    private var failure: String?

    /// A file that is larger is none of ours.
    private static let mostBytes = 64 << 20

    init(at path: String) { self.path = path }

    deinit { close() }

    var isOpen: Bool { descriptor >= 0 }

    /// - Returns: The lines of this boot and this network namespace, and what is wrong with the file if something is.
    func read() -> (lines: [Substring], damage: String?) {
        var status = stat()
        guard stat(path, &status) == 0 else { return ([], nil) }
        guard status.st_size <= Self.mostBytes else { return ([], "it is too large") }
        guard let bytes = Ledger.contents(of: path) else { return ([], String(cString: strerror(errno))) }
        guard let end = bytes.lastIndex(of: 0x0a) else { return ([], bytes.isEmpty ? nil : "it has no whole line") }
        let text = String(decoding: bytes[..<end], as: UTF8.self)
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
        guard let first = lines.popFirst(), first.hasPrefix(Self.title + " ") else {
            return ([], "it begins with something else")
        }
        return first == Self.header ? (Array(lines), nil) : ([], nil)
    }

    /// Writes the file anew and puts it in the old one's place at once.
    func replace(with lines: [StateLine]) {
        let temporary = path + ".new"
        unlink(temporary)
        let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { return fail() }
        guard Self.write(Self.header + "\n", lines, to: file), rename(temporary, path) == 0 else {
            fail()
            Glibc.close(file)
            unlink(temporary)
            return
        }
        close()
        descriptor = file
        self.lines = lines.count
        linesWhenNew = lines.count
    }

    func append(_ lines: [StateLine]) {
        guard descriptor >= 0 else { return }
        if !Self.write("", lines, to: descriptor) { fail() }
        self.lines += lines.count
    }

    func close() {
        guard descriptor >= 0 else { return }
        Glibc.close(descriptor)
        descriptor = -1
    }

    /// Why something could not be written since this was asked last.
    func takeFailure() -> String? {
        defer { failure = nil }
        return failure
    }

    private func fail() { failure = "\(path): \(String(cString: strerror(errno)))" }

    private static let title = "vrrpctl-states 1"
    private static var header: String { "\(title) \(Ledger.bootID) \(NetworkNamespace.cookie)" }

    private static func write(_ start: String, _ lines: [StateLine], to descriptor: Int32) -> Bool {
        var bytes = Array(start.utf8)
        for line in lines {
            bytes += line.text.utf8
            bytes.append(0x0a)
        }
        var offset = 0
        while offset < bytes.count {
            let count = bytes[offset...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            offset += count
        }
        return true
    }
}
