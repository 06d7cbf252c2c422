package import Addresses

/// An address and, where it is written, a port.
package struct ServerEndpoint: Hashable, Sendable {
    package var address: IPAddress
    package var port: Int?

    package init(address: IPAddress, port: Int? = nil) {
        self.address = address
        self.port = port
    }
}
