/// What has to be sent for an instance if the worker dies: its advertisements with priority 0, ready to go.
package struct Will: Hashable, Sendable {
    /// An advertisement and where it leaves.
    package struct Packet: Hashable, Sendable {
        /// The index of the interface, as the kernel numbers it; for `use_vmac` that of the macvlan.
        package var interface: Int32
        /// The whole IP packet, header included, of either family.
        package var bytes: [UInt8]

        package init(interface: Int32, bytes: [UInt8]) {
            self.interface = interface
            self.bytes = bytes
        }
    }

    /// One, or one for each unicast peer.
    package var packets: [Packet]

    package init(packets: [Packet]) {
        self.packets = packets
    }
}
