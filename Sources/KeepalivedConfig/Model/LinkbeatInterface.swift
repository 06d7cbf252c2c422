/// A line of `linkbeat_interfaces`.
package struct LinkbeatInterface: Hashable, Sendable {
    package enum Method: String, Hashable, Sendable, CaseIterable {
        case mii = "MII"
        case ethtool = "ETHTOOL"
        case ioctl = "IOCTL"
    }

    package var interface: String
    package var method: Method?

    package init(interface: String, method: Method? = nil) {
        self.interface = interface
        self.method = method
    }
}
