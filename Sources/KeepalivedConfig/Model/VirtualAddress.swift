package import Addresses

/// A line of `virtual_ipaddress`, `virtual_ipaddress_excluded` or `static_ipaddress`.
package struct VirtualAddress: Hashable, Sendable {
    package enum Broadcast: Hashable, Sendable {
        case address(IPAddress)
        /// `+`: the host bits set.
        case hostBitsSet
        /// `-`: the host bits clear.
        case hostBitsClear
    }

    package enum Scope: String, Hashable, Sendable, CaseIterable {
        case global
        case site
        case link
        case host
        case nowhere
    }

    /// Words that stand alone.
    package enum Flag: String, Hashable, Sendable, CaseIterable {
        case usesVMAC = "use_vmac"
        case home
        case noDuplicateDetection = "-nodad"
        case managesTemporary = "mngtmpaddr"
        case noPrefixRoute = "noprefixroute"
        case autojoin
        case isNotTracked = "no_track"
    }

    package enum Lifetime: Hashable, Sendable {
        case seconds(Int)
        case forever
    }

    /// The address with its prefix; a single host's where no mask was written.
    package var prefix: AddressPrefix
    package var hasMask = false
    package var broadcast: Broadcast?
    /// Nil for the instance's interface, or `default_interface`.
    package var interface: String?
    package var scope: Scope?
    package var label: String?
    package var peer: AddressPrefix?
    package var flags: Set<Flag> = []
    package var preferredLifetime: Lifetime?
    /// Of a static address: the instances that go to fault when it is gone.
    package var trackGroup: String?

    package var address: IPAddress { prefix.address }

    package init(prefix: AddressPrefix) { self.prefix = prefix }
}
