import Glibc
import Routing

/// What of ours is in the kernel, on a file, so that another process can take it away when this one has died.
///
/// A line is written before the kernel is asked to make a thing, and struck out after it has removed it: what a crash
/// leaves is never more than the file says. The last line may be torn by a crash and does not count then; the kernel had
/// not been asked. There are no secrets in it.
///
///     vrrpctl-ledger 1 BOOT NAMESPACE
///     + 1 netlink 3c000000150005… address del 10.0.0.3/24 dev eth0
///     + 2 sysctl net/ipv4/conf/eth0/arp_ignore 0 1
///     - 1
package final class Ledger {
    private let path: String
    private var descriptor: Int32 = -1
    private var entries: [Int: LedgerEntry] = [:]
    private var nextNumber = 1
    private var lines = 0
    /// Why the file could not be written; the daemon runs on without it.
    package private(set) var failure: String?

    /// So many lines that are struck out make the file be written anew.
    private static let slack = 4096

    /// Opens or makes the file (0600).
    ///
    /// What a former run left must have been released before: the file is begun anew.
    package init(at path: String) throws(DirectorError) {
        self.path = path
        try compact()
    }

    deinit { if descriptor >= 0 { Glibc.close(descriptor) } }

    /// Removes the file: nothing of ours is in the kernel.
    package func close() {
        guard descriptor >= 0 else { return }
        Glibc.close(descriptor)
        descriptor = -1
        unlink(path)
    }

    // MARK: Entries

    /// Writes the entries down, before they are made true.
    ///
    /// - Returns: Their numbers.
    func enter(_ new: [LedgerEntry]) -> [Int] {
        guard !new.isEmpty else { return [] }
        var text = ""
        let numbers = Array(nextNumber..<nextNumber + new.count)
        nextNumber += new.count
        for (number, entry) in zip(numbers, new) {
            entries[number] = entry
            text += "+ \(number) \(entry.text)\n"
        }
        lines += new.count
        append(text)
        return numbers
    }

    /// Strikes entries out that are not true any more.
    func strike(_ numbers: [Int]) {
        guard !numbers.isEmpty else { return }
        var text = ""
        for number in numbers {
            entries[number] = nil
            text += "- \(number)\n"
        }
        lines += numbers.count
        append(text)
        if lines > entries.count * 2 + Self.slack {
            do {
                try compact()
            } catch {
                failure = error.message
            }
        }
    }

    private func append(_ text: String) {
        guard descriptor >= 0 else { return }
        if !Self.write(text, to: descriptor) { failure = "\(path): \(String(cString: strerror(errno)))" }
    }

    /// Writes the file anew with what is true, and puts it in the old one's place at once.
    private func compact() throws(DirectorError) {
        let temporary = path + ".new"
        unlink(temporary)
        let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw Self.error(path) }
        var text = Self.header + "\n"
        for number in entries.keys.sorted() {
            if let entry = entries[number] { text += "+ \(number) \(entry.text)\n" }
        }
        guard Self.write(text, to: file), rename(temporary, path) == 0 else {
            let error = Self.error(path)
            Glibc.close(file)
            unlink(temporary)
            throw error
        }
        if descriptor >= 0 { Glibc.close(descriptor) }
        descriptor = file
        lines = entries.count
    }

    private static func error(_ path: String) -> DirectorError {
        DirectorError("\(path) cannot be written: \(String(cString: strerror(errno)))")
    }

    /// Names the boot and the network namespace that the entries belong to.
    static var header: String { "vrrpctl-ledger 1 \(bootID) \(NetworkNamespace.cookie)" }

    static var bootID: String {
        let bytes = contents(of: "/proc/sys/kernel/random/boot_id") ?? []
        return String(decoding: bytes.prefix { $0 > 0x20 }, as: UTF8.self)
    }

    /// The bytes of a file; nil where it cannot be read.
    static func contents(of path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return nil }
        defer { Glibc.close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return count < 0 ? nil : bytes }
            bytes += chunk[..<count]
        }
    }

    private static func write(_ text: String, to descriptor: Int32) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            var offset = 0
            while offset < bytes.count {
                let count = Glibc.write(descriptor, bytes.baseAddress.map { $0 + offset }, bytes.count - offset)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return false }
                offset += count
            }
            return true
        }
    }
}
