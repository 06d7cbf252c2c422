public import Addresses

/// An accepted advertisement, and what was noticed about it.
public struct ReceivedAdvertisement: Hashable, Sendable {
    /// What it says.
    public var advertisement: Advertisement
    /// Who sent it.
    public var source: IPAddress
    /// The multicast group, or an address of this host.
    public var destination: IPAddress
    /// The TTL or hop limit with which it arrived.
    public var hopLimit: UInt8
    /// In which form the checksum verified.
    public var checksumForm: ChecksumForm
    /// Empty where everything is as configured.
    public var remarks: Remarks

    /// What does not stop an advertisement from being processed, but is worth a line in a log.
    public struct Remarks: OptionSet, Hashable, Sendable {
        /// One bit for each remark.
        public let rawValue: UInt16

        /// Remarks from their bits.
        public init(rawValue: UInt16) {
            self.rawValue = rawValue
        }

        /// Version 3: the interval is not the own one. A backup adopts it.
        public static let intervalDiffers = Remarks(rawValue: 1 << 0)
        /// The addresses are not the configured ones.
        public static let addressListDiffers = Remarks(rawValue: 1 << 1)
        /// Version 3 over IPv6: the first address is not link-local (erratum 8300).
        public static let firstAddressNotLinkLocal = Remarks(rawValue: 1 << 2)
        /// Version 3: the four reserved bits before the interval are not zero.
        public static let reservedBitsSet = Remarks(rawValue: 1 << 3)
        /// No trailer, which the mode allows.
        public static let unauthenticated = Remarks(rawValue: 1 << 4)
        /// The trailer's time could not be compared with a clock, since none was given.
        public static let freshnessUnknown = Remarks(rawValue: 1 << 5)
        /// The unicast source is no configured peer, and none is demanded.
        public static let unknownPeer = Remarks(rawValue: 1 << 6)
        /// A digest is there, and was not verified (`Receiver.verifiesDigests`).
        public static let digestNotVerified = Remarks(rawValue: 1 << 7)
    }
}
