package import Addresses

/// Between which two systems a session is: what makes it another session.
package struct Endpoints: Hashable, Sendable {
    package var neighbour: IPAddress
    /// Our address; nil for the one that the kernel chooses, and packets to any of ours are taken.
    package var source: IPAddress?
    /// Whether it may cross routers (RFC 5883).
    package var isMultihop: Bool

    package init(neighbour: IPAddress, source: IPAddress? = nil, isMultihop: Bool = false) {
        self.neighbour = neighbour
        self.source = source
        self.isMultihop = isMultihop
    }

    /// Where control packets are sent to: RFC 5881, section 4, and RFC 5883, section 5.
    package var port: UInt16 { Self.port(isMultihop: isMultihop) }

    package static func port(isMultihop: Bool) -> UInt16 { isMultihop ? 4784 : 3784 }

    /// RFC 5881, section 4: a session's packets have one source port of this range.
    package static let sourcePorts: ClosedRange<UInt16> = 49_152...65_535

    /// Whether a packet from and to these addresses can be of this session.
    func fit(from sender: IPAddress, to receiver: IPAddress, isMultihop: Bool) -> Bool {
        self.isMultihop == isMultihop && neighbour == sender && (source == nil || source == receiver)
    }
}
