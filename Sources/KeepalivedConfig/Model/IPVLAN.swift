package import Addresses

/// `use_ipvlan`: an ipvlan interface under the instance.
package struct IPVLAN: Hashable, Sendable {
    package enum Mode: String, Hashable, Sendable, CaseIterable {
        case bridge
        case isolated = "private"
        case vepa
    }

    package var interface: String?
    package var address: IPAddress?
    package var mode = Mode.bridge

    package init() {}
}
