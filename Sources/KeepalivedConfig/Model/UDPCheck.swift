/// `UDP_CHECK`.
package struct UDPCheck: Hashable, Sendable {
    package struct Pattern: Hashable, Sendable {
        package var bytes: [UInt8]
        /// The bits that count.
        package var masks: [UInt8]

        package init(bytes: [UInt8] = [], masks: [UInt8] = []) {
            self.bytes = bytes
            self.masks = masks
        }
    }

    /// Nil for what keepalived sends, 32 octets of text.
    package var payload = Setting<Pattern?>(nil)
    /// Nil: no answer is needed. An empty one: any answer will do.
    package var reply = Setting<Pattern?>(nil)
    package var minimumReplyLength = Setting(0)
    package var maximumReplyLength = Setting(255)

    package init() {}
}
