import Addresses

/// Where the parts of a VRRP message are, once its length is known to be right.
struct MessageLayout {
    let version: ProtocolVersion
    let family: AddressFamily
    /// The number of addresses.
    let count: Int
    /// Octets without the trailer.
    let messageLength: Int
    let hasTrailer: Bool

    /// - Parameter message: At least 8 octets of a known version, with the trailer if there is one.
    init(of message: ArraySlice<UInt8>, family: AddressFamily, mayHaveTrailer: Bool) throws(Rejection) {
        guard let version = ProtocolVersion(rawValue: message.octet(at: 0) >> 4) else { throw .versionError }
        self.version = version
        self.family = family
        count = Int(message.octet(at: 3))
        messageLength =
            VRRPWire.headerLength + count * family.addressLength
            + (version == .v2 ? VRRPWire.authenticationDataLength : 0)
        switch message.count - messageLength {
        case 0: hasTrailer = false
        case AuthenticationTrailer.length where mayHaveTrailer: hasTrailer = true
        default: throw .packetLengthError
        }
    }

    /// The eight octets of Authentication Data of version 2.
    func authenticationData(in message: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        message.prefix(messageLength).suffix(VRRPWire.authenticationDataLength)
    }

    func trailer(in message: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        message.dropFirst(messageLength)
    }

    func advertisement(in message: ArraySlice<UInt8>) -> Advertisement {
        var addresses: [IPAddress] = []
        addresses.reserveCapacity(count)
        for index in 0..<count {
            addresses.append(message.address(family, at: VRRPWire.headerLength + index * family.addressLength))
        }
        // Version 3: the upper four bits of the 16 are reserved and not looked at (RFC 9568, 5.2.6).
        let interval: Duration =
            version == .v2
            ? .seconds(Int(message.octet(at: 5))) : .milliseconds(10 * Int(message.word(at: 4) & 0x0fff))
        return Advertisement(
            version: version, virtualRouterID: message.octet(at: 1), priority: message.octet(at: 2),
            interval: interval, addresses: addresses)
    }
}
