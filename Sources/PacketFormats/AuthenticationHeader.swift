import Addresses

/// The IP Authentication Header (RFC 4302) around a version 2 message, as keepalived makes it: HMAC-MD5-96 (RFC 2403),
/// and the source address as security parameters index.
struct AuthenticationHeader {
    /// Octets of the header with its 12 octets of integrity check value.
    static let length = 24
    private static let valueOffset = 12
    /// In 32-bit words, less two.
    private static let payloadLength: UInt8 = 4

    var securityParametersIndex: UInt32
    var sequence: UInt32
    /// The integrity check value, 12 octets.
    var value: ArraySlice<UInt8>

    /// Reads the header at the start of an IP payload.
    init(parsing payload: ArraySlice<UInt8>) throws(Rejection) {
        guard payload.count >= Self.length else { throw .packetLengthError }
        guard payload.octet(at: 0) == VRRPWire.protocolNumber else { throw .ipProtocolError }
        guard payload.octet(at: 1) == Self.payloadLength else { throw .packetLengthError }
        securityParametersIndex = payload.longWord(at: 4)
        sequence = payload.longWord(at: 8)
        value = payload.prefix(Self.length).dropFirst(Self.valueOffset)
    }

    /// Appends the header with zeros for the integrity check value.
    static func write(source: IPv4Address, sequence: UInt32, into bytes: inout [UInt8]) {
        bytes.append(VRRPWire.protocolNumber)
        bytes.append(payloadLength)
        bytes.append(word: 0)
        bytes.append(longWord: source.value)
        bytes.append(longWord: sequence)
        bytes.append(contentsOf: repeatElement(0, count: length - valueOffset))
    }

    /// The integrity check value of a packet: an IPv4 header, this header, the message.
    ///
    /// Zeroed are the type of service, flags and fragment offset, the header checksum and the value itself. RFC 4302,
    /// 3.3.3.1 zeroes the TTL too; keepalived does so in unicast mode only.
    static func value(
        ipHeader: ArraySlice<UInt8>, payload: ArraySlice<UInt8>, zeroingTTL: Bool,
        key: AuthenticationPassword, digests: any KeyedDigests
    ) -> ArraySlice<UInt8> {
        var message = Array(ipHeader)
        message[1] = 0
        message.put(word: 0, at: 6)
        if zeroingTTL { message[8] = 0 }
        message.put(word: 0, at: 10)
        message.append(contentsOf: payload.prefix(valueOffset))
        message.append(contentsOf: repeatElement(0, count: length - valueOffset))
        message.append(contentsOf: payload.dropFirst(length))
        return digests.hmacMD5(of: message, key: key.octets).prefix(length - valueOffset)
    }

    /// Puts the integrity check value into a packet that is complete otherwise.
    static func sign(
        _ packet: inout [UInt8], headerLength: Int, zeroingTTL: Bool, key: AuthenticationPassword,
        digests: any KeyedDigests
    ) {
        let value = value(
            ipHeader: packet[..<headerLength], payload: packet[headerLength...], zeroingTTL: zeroingTTL, key: key,
            digests: digests)
        let start = headerLength + valueOffset
        for (offset, octet) in value.enumerated() { packet[start + offset] = octet }
    }
}
