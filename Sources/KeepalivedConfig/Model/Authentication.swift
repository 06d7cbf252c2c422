/// `authentication`: VRRPv2's, which RFC 3768 removed.
package struct Authentication: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Eight bytes in clear.
        case simple = "PASS"
        /// An IPsec authentication header.
        case header = "AH"
    }

    package var kind = Setting<Kind?>(nil)
    /// At most eight bytes; nil where none is written.
    package var password = Setting<String?>(nil)

    package init() {}
}
