package import Addresses

/// `virtual_server_group`: addresses and firewall marks that share their real servers.
package struct VirtualServerGroup: Hashable, Sendable {
    package enum Member: Hashable, Sendable {
        case address(IPAddress, port: Int?)
        /// Both ends included.
        case range(IPAddress, through: IPAddress, port: Int?)
        case firewallMark(UInt32, AddressFamily?)
    }

    package var name: Setting<String>
    package var members: [Setting<Member>] = []

    package init(name: Setting<String>) { self.name = name }
}
