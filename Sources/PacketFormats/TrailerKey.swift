/// A key of the authentication trailer.
public struct TrailerKey: Hashable, Sendable {
    /// The number in the trailer by which receivers find the key.
    public var id: UInt8
    /// keepalived takes 32 to 64 octets.
    public var secret: [UInt8]

    /// Nothing is checked: whoever reads the key checks its length.
    public init(id: UInt8, secret: [UInt8]) {
        self.id = id
        self.secret = secret
    }
}
