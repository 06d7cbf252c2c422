import Addresses
package import KeepalivedConfig

/// The way from this host to what a check talks to: where to, from where, and how it is marked.
package struct CheckPath {
    package let destination: SocketAddress
    /// What few checks have any of takes room only where something of it is written: there may be ten thousand.
    private let choice: Choice?

    private final class Choice: Sendable {
        let source: SocketAddress?
        let interface: String?
        let mark: UInt32?

        init(_ source: SocketAddress?, _ interface: String?, _ mark: UInt32?) {
            self.source = source
            self.interface = interface
            self.mark = mark
        }
    }

    /// Nil for what the kernel chooses.
    package var source: SocketAddress? { choice?.source }
    /// The interface that the packets leave by and the answers come by (SO_BINDTODEVICE). Link-local addresses need it.
    package var interface: String? { choice?.interface }
    /// The mark that routing rules and packet filters see (SO_MARK).
    package var mark: UInt32? { choice?.mark }

    /// The destination in the configuration's terms.
    package var endpoint: ServerEndpoint {
        ServerEndpoint(address: destination.address, port: Int(destination.port))
    }

    /// - Parameters:
    ///   - server: The real server, whose address and port stand for those that the check does not have.
    ///   - connection: The check's own keywords.
    ///   - port: What is connected to where neither has a port.
    package init(to server: ServerEndpoint, _ connection: CheckConnection, port: Int = 0) {
        let address = connection.address.value ?? server.address
        let port = connection.port.value ?? server.port ?? port
        destination = SocketAddress(address, port: UInt16(truncatingIfNeeded: port))
        let sourcePort = connection.sourcePort.value.map { UInt16(truncatingIfNeeded: $0) }
        let source: SocketAddress?
        switch (connection.sourceAddress.value, sourcePort) {
        case (let address?, let sourcePort): source = SocketAddress(address, port: sourcePort ?? 0)
        case (nil, let sourcePort?):
            // Any address of the family, from that port.
            source = SocketAddress(
                address.family == .ipv4 ? .v4(.init(0)) : .v6(.init(high: 0, low: 0)), port: sourcePort)
        case (nil, nil): source = nil
        }
        let mark = connection.mark.value.map { UInt32(truncatingIfNeeded: $0) }
        let interface = connection.sourceInterface.value
        choice = source == nil && interface == nil && mark == nil ? nil : Choice(source, interface, mark)
    }

    /// The way to the host itself, for what has no ports.
    package init(toHostOf server: ServerEndpoint, _ connection: CheckConnection) {
        var connection = connection
        connection.port.value = nil
        connection.sourcePort.value = nil
        self.init(to: ServerEndpoint(address: server.address), connection)
    }
}
