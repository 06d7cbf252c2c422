import Addresses
package import KeepalivedConfig

/// The way from this host to what a check talks to: where to, from where, and how it is marked.
package struct CheckPath {
    package let destination: SocketAddress
    /// Nil for what the kernel chooses.
    package let source: SocketAddress?
    /// The interface that the packets leave by and the answers come by (SO_BINDTODEVICE). Link-local addresses need it.
    package let interface: String?
    /// The mark that routing rules and packet filters see (SO_MARK).
    package let mark: UInt32?

    /// The destination in the configuration's terms.
    package let endpoint: ServerEndpoint

    /// - Parameters:
    ///   - server: The real server, whose address and port stand for those that the check does not have.
    ///   - connection: The check's own keywords.
    ///   - port: What is connected to where neither has a port.
    package init(to server: ServerEndpoint, _ connection: CheckConnection, port: Int = 0) {
        let address = connection.address.value ?? server.address
        let port = connection.port.value ?? server.port ?? port
        endpoint = ServerEndpoint(address: address, port: port)
        destination = SocketAddress(address, port: UInt16(truncatingIfNeeded: port))
        let sourcePort = connection.sourcePort.value.map { UInt16(truncatingIfNeeded: $0) }
        switch (connection.sourceAddress.value, sourcePort) {
        case (let source?, let sourcePort): self.source = SocketAddress(source, port: sourcePort ?? 0)
        case (nil, let sourcePort?):
            // Any address of the family, from that port.
            source = SocketAddress(
                address.family == .ipv4 ? .v4(.init(0)) : .v6(.init(high: 0, low: 0)), port: sourcePort)
        case (nil, nil): source = nil
        }
        interface = connection.sourceInterface.value
        mark = connection.mark.value.map { UInt32(truncatingIfNeeded: $0) }
    }

    /// The way to the host itself, for what has no ports.
    package init(toHostOf server: ServerEndpoint, _ connection: CheckConnection) {
        var connection = connection
        connection.port.value = nil
        connection.sourcePort.value = nil
        self.init(to: ServerEndpoint(address: server.address), connection)
    }
}
