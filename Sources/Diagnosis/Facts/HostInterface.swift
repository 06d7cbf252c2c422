package import Addresses
package import KeepalivedConfig

/// A network interface with what matters about it here.
package struct HostInterface: Hashable, Sendable {
    package struct Address: Hashable, Sendable {
        package var prefix: AddressPrefix
        /// IPv6: not usable until nobody else has been found to have it.
        package var isTentative = false
        /// Somebody else was found to have it.
        package var isDuplicate = false

        package init(_ prefix: AddressPrefix, isTentative: Bool = false, isDuplicate: Bool = false) {
            self.prefix = prefix
            self.isTentative = isTentative
            self.isDuplicate = isDuplicate
        }
    }

    package var name: String
    /// `macvlan`, `vlan`, `bridge` …; empty for hardware.
    package var kind = ""
    package var isUp = true
    package var hasCarrier = true
    package var isLoopback = false
    package var isMulticastCapable = true
    /// In bytes.
    package var mtu = 1500
    package var hardwareAddress: MACAddress?
    /// The interface below it, such as a VLAN's.
    package var parent: String?
    /// The bridge, bond or VRF that it belongs to.
    package var master: String?
    package var group: UInt32 = 0
    package var addresses: [Address] = []
    /// `private`, `bridge` … of a macvlan.
    package var macvlanMode: String?

    package init(name: String) { self.name = name }

    package func holds(_ address: IPAddress) -> Bool { addresses.contains { $0.prefix.address == address } }
}
