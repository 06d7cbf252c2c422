import Crypto
public import PacketFormats

/// HMAC-MD5 and HMAC-SHA-256 by swift-crypto.
public struct SystemDigests: KeyedDigests {
    public init() {}

    public func hmacMD5(of message: [UInt8], key: [UInt8]) -> [UInt8] {
        Array(HMAC<Insecure.MD5>.authenticationCode(for: message, using: SymmetricKey(data: key)))
    }

    public func hmacSHA256(of message: [UInt8], key: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: message, using: SymmetricKey(data: key)))
    }
}
