/// What a message says it is, read without judging it: enough to find the virtual router that it is for.
public struct AdvertisementIdentity: Hashable, Sendable {
    /// The version nibble, 0 to 15.
    public var version: UInt8
    /// The type nibble, 0 to 15.
    public var type: UInt8
    /// 0 to 255, as it is there; 0 is no virtual router.
    public var virtualRouterID: UInt8
    /// 0 to 255.
    public var priority: UInt8

    /// - Returns: Nil if the payload is not VRRP, nor an Authentication Header with room for one behind it, or ends
    ///   before the priority.
    public init?(_ datagram: Datagram) {
        self.init(protocolNumber: datagram.protocolNumber, payload: datagram.payload)
    }

    /// As `init(_:)`, for the payload of an IP packet that may be cut off.
    public init?(protocolNumber: UInt8, payload: ArraySlice<UInt8>) {
        var message = payload
        if protocolNumber == VRRPWire.authenticationHeaderNumber {
            guard message.count >= 2, message.octet(at: 0) == VRRPWire.protocolNumber else { return nil }
            // The length field counts 32-bit words less two (RFC 4302, 2.2).
            message = message.dropFirst((Int(message.octet(at: 1)) + 2) * 4)
        } else if protocolNumber != VRRPWire.protocolNumber {
            return nil
        }
        guard message.count >= 3 else { return nil }
        version = message.octet(at: 0) >> 4
        type = message.octet(at: 0) & 0xf
        virtualRouterID = message.octet(at: 1)
        priority = message.octet(at: 2)
    }
}
