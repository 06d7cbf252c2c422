/// Why a received BFD control packet is discarded (RFC 5880, section 6.8.6). The raw value is what it is called in logs.
public enum BFDRejection: String, Error, Hashable, Sendable, CaseIterable {
    /// Shorter than 24 octets, or another length than its own field allows.
    case lengthError = "length-error"
    /// The version is not 1.
    case versionError = "version-error"
    /// `Detect Mult` is 0.
    case zeroMultiplier = "zero-multiplier"
    /// The multipoint bit is set, which nobody may set yet.
    case multipoint = "multipoint"
    /// Poll and Final are both set (section 6.5).
    case pollAndFinal = "poll-and-final"
    /// `My Discriminator` is 0.
    case zeroDiscriminator = "zero-discriminator"
    /// `Your Discriminator` is 0 in a state in which the sender must know it.
    case missingDiscriminator = "missing-discriminator"
    /// It carries authentication, which is not in use here.
    case authenticated = "authenticated"
    /// `Your Discriminator` is that of no session here.
    case unknownDiscriminator = "unknown-discriminator"
    /// The packet comes from an address that no session is with, or to one that the session is not from.
    case unknownNeighbour = "unknown-neighbor"
    /// It has come over more hops than are allowed (RFC 5881, section 5).
    case hopLimitError = "ttl-error"
}
