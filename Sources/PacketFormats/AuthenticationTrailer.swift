import Addresses

/// The 28 octets that keepalived's `auth_hmac` puts behind the message (draft-cassen-vrrp-auth-hmac):
///
///      0                   1                   2                   3
///     |     Type      |    Key ID     |            Reserved           |
///     |                            Seconds                            |
///     |           Fraction            |            Counter            |
///     |                      HMAC, 16 octets …
///
/// The HMAC covers a pseudo-header (IP version, VRRP version, VRID, zero, source in 16 octets), the message with its
/// checksum zero, and the trailer with its HMAC zero.
struct AuthenticationTrailer {
    static let length = 28
    static let digestLength = 16
    /// HMAC-SHA-256 cut off after 16 octets.
    private static let type: UInt8 = 1

    var keyID: UInt8
    var sequence: TrailerSequence
    var digest: ArraySlice<UInt8>

    /// Reads 28 octets.
    /// - Throws: `.invalidAuthType` for another type or reserved bits: the octets may mean something else then.
    init(parsing bytes: ArraySlice<UInt8>) throws(Rejection) {
        guard bytes.count == Self.length else { throw .packetLengthError }
        guard bytes.octet(at: 0) == Self.type, bytes.word(at: 2) == 0 else { throw .invalidAuthType }
        keyID = bytes.octet(at: 1)
        sequence = TrailerSequence(value: bytes.quadWord(at: 4))
        digest = bytes.suffix(Self.digestLength)
    }

    /// Appends a trailer for the message that `bytes` ends with.
    static func write(
        _ trailer: Transmission.Trailer, source: IPAddress, messageLength: Int, into bytes: inout [UInt8],
        digests: any KeyedDigests
    ) {
        bytes.append(type)
        bytes.append(trailer.key.id)
        bytes.append(word: 0)
        bytes.append(quadWord: trailer.sequence.value)
        let prefixLength = length - digestLength
        bytes += digest(
            of: bytes.suffix(messageLength + prefixLength), source: source, key: trailer.key, digests: digests)
    }

    /// - Parameter message: The message and the trailer up to its HMAC.
    static func digest(
        of message: ArraySlice<UInt8>, source: IPAddress, key: TrailerKey, digests: any KeyedDigests
    ) -> ArraySlice<UInt8> {
        var covered: [UInt8] = [
            source.family.rawValue, message.octet(at: 0) >> 4, message.octet(at: 1), 0,
        ]
        covered.append(address: source)
        covered.append(contentsOf: repeatElement(0, count: 20 - covered.count))
        let checksumOffset = covered.count + 6
        covered += message
        covered.put(word: 0, at: checksumOffset)
        covered.append(contentsOf: repeatElement(0, count: digestLength))
        return digests.hmacSHA256(of: covered, key: key.secret).prefix(digestLength)
    }
}
