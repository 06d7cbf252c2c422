/// What the left side of a match is for a packet.
enum NFTOperand {
    /// The packet has no such field: the rule is for others.
    case absent
    case unknown
    case number(UInt64)
    case transport(UInt8)
    case address(AddressRange)
    /// The name of an interface, which patterns with `*` match.
    case interface(String)
    /// A constant of nftables, such as `multicast`.
    case word(String)
    case bool(Bool)
    case several([NFTOperand])
}
