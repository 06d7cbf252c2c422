/// Where a daemon keeps what it needs while it runs. Everything has its place beside the control socket, so that several
/// daemons with a socket each do not disturb one another.
package struct StateFiles: Hashable, Sendable {
    /// Absolute.
    package let socket: String

    package init(socket: String, workingFolder: String) {
        self.socket = socket.hasPrefix("/") ? socket : workingFolder + "/" + socket
    }

    package var folder: String {
        guard let slash = socket.lastIndex(of: "/"), slash != socket.startIndex else { return "/" }
        return String(socket[..<slash])
    }

    /// Held locked as long as one of the daemon's processes lives.
    package var lock: String { base + ".lock" }

    /// What the daemon has put into the kernel.
    package var ledger: String { base + ".ledger" }

    /// What the daemon knows of its virtual servers.
    package var states: String { base + ".states" }

    /// What operators have told it to do.
    package var orders: String { base + ".orders" }

    /// What has happened; there is a former one too.
    package var events: String { base + ".events" }

    private var base: String { socket.hasSuffix(".sock") ? String(socket.dropLast(5)) : socket }
}
