/// `use_vmac`: a macvlan with the virtual router's address.
package struct VirtualMAC: Hashable, Sendable {
    /// Nil for `vmac_prefix`.VRID.
    package var interface: String?
    /// Six bytes, or five that the VRID follows; nil for RFC 9568's.
    package var address: [UInt8]?
    package var notifiesByNetlink = false
    package var group: Int?

    package init() {}
}
