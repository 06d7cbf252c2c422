import ControlProtocol
import Glibc
import Routing

/// The file in which orders outlast the processes that keep them, beside the control socket. It belongs to one boot and
/// one network namespace: a node that was started anew has forgotten what it was told.
package struct OrdersFile {
    private let path: String

    package init(at path: String) { self.path = path }

    private struct Contents: Codable {
        var boot: String
        /// Of the network.
        var namespace: String
        var orders: Orders
    }

    /// - Returns: The orders of this boot, and what is wrong with the file if something is.
    package func read() -> (orders: Orders, damage: String?) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return (Orders(), nil) }
        guard status.st_size <= 16 << 20 else { return (Orders(), "it is too large") }
        guard let bytes = Ledger.contents(of: path) else { return (Orders(), String(cString: strerror(errno))) }
        do throws(ControlCodingError) {
            let contents = try ControlCoder.decode(Contents.self, from: bytes[...])
            let isOurs = contents.boot == Ledger.bootID && contents.namespace == "\(NetworkNamespace.cookie)"
            return (isOurs ? contents.orders : Orders(), nil)
        } catch {
            return (Orders(), "\(error)")
        }
    }

    /// Puts them in the place of what was there, at once. No orders, no file.
    ///
    /// - Returns: What kept it from being written.
    package func write(_ orders: Orders) -> String? {
        if orders.isEmpty { return unlink(path) == 0 || errno == ENOENT ? nil : failure }
        let contents = Contents(boot: Ledger.bootID, namespace: "\(NetworkNamespace.cookie)", orders: orders)
        guard let bytes = try? ControlCoder.encode(contents) else { return "\(path): the orders cannot be written" }
        let temporary = path + ".new"
        unlink(temporary)
        let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { return failure }
        defer { close(file) }
        guard Self.write(bytes, to: file), rename(temporary, path) == 0 else {
            defer { unlink(temporary) }
            return failure
        }
        return nil
    }

    private var failure: String { "\(path): \(String(cString: strerror(errno)))" }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
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
