package import PacketFormats

/// A virtual router by whose rules captured packets are judged.
package struct SniffReceiver: Sendable {
    /// The instance's name.
    package var instance: String
    /// Nil where unicast needs none.
    package var interface: String?
    package var receiver: Receiver

    package init(instance: String, interface: String?, receiver: Receiver) {
        self.instance = instance
        self.interface = interface
        self.receiver = receiver
    }
}
