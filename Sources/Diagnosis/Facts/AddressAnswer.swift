package import Addresses

/// Somebody who answered when the network was asked who has an address.
package struct AddressAnswer: Hashable, Sendable {
    package var interface: String
    package var address: IPv4Address
    package var hardwareAddress: MACAddress

    package init(interface: String, address: IPv4Address, hardwareAddress: MACAddress) {
        self.interface = interface
        self.address = address
        self.hardwareAddress = hardwareAddress
    }
}
