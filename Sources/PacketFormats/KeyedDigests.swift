/// The keyed digests that authentication needs. This target holds no cryptography; whoever uses it brings a well-kept
/// implementation.
public protocol KeyedDigests: Sendable {
    /// HMAC-MD5 (RFC 2104), 16 octets. The Authentication Header uses the first 12.
    func hmacMD5(of message: [UInt8], key: [UInt8]) -> [UInt8]
    /// HMAC-SHA-256 (RFC 2104, FIPS 180-4), 32 octets. The authentication trailer uses the first 16.
    func hmacSHA256(of message: [UInt8], key: [UInt8]) -> [UInt8]
}
