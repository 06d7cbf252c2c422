package import Addresses

/// Who sends advertisements. Two hosts that were given one address are still two senders: their frames come from
/// different MAC addresses.
package struct SniffSenderName: Hashable, Sendable, Comparable {
    package var address: IPAddress
    /// Nil where the capture has none.
    package var mac: MACAddress?

    package init(address: IPAddress, mac: MACAddress?) {
        self.address = address
        self.mac = mac
    }

    package static func < (left: SniffSenderName, right: SniffSenderName) -> Bool {
        (left.address, left.mac?.value ?? 0) < (right.address, right.mac?.value ?? 0)
    }
}
