/// Why an advertisement cannot be put on the wire.
public enum EncodingError: Error, Hashable, Sendable {
    /// An address, or source and destination, are not of one family.
    case mixedFamilies
    /// Version 2 carries IPv4 only.
    case versionNeedsIPv4
    /// Not whole seconds from 1 to 255 in version 2, not hundredths of a second from 0.01 to 40.95 s in version 3.
    case intervalOutOfRange
    /// More than 255 addresses.
    case tooManyAddresses
    /// Version 3 lists at least one address.
    case noAddresses
    /// VRID 0.
    case invalidVirtualRouterID
    /// Version 3 knows no authentication but the trailer, and IPv6 no Authentication Header here.
    case authenticationNotPossible
}
