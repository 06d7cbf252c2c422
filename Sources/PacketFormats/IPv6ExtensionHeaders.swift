/// The extension headers between an IPv6 header and the VRRP message (RFC 8200, 4).
///
/// A raw socket hands over what is behind them, since the kernel has followed them; a capture has them still.
enum IPv6ExtensionHeaders {
    private static let hopByHop: UInt8 = 0
    private static let routing: UInt8 = 43
    private static let fragment: UInt8 = 44
    private static let destinationOptions: UInt8 = 60
    private static let fragmentHeaderLength = 8

    /// Drops the extension headers from the front of `payload`.
    /// - Returns: The protocol number of what remains.
    static func skip(_ nextHeader: UInt8, in payload: inout ArraySlice<UInt8>) throws(Rejection) -> UInt8 {
        var next = nextHeader
        while true {
            switch next {
            case hopByHop, routing, destinationOptions:
                guard payload.count >= 8 else { throw .packetLengthError }
                let length = (Int(payload.octet(at: 1)) + 1) * 8
                guard payload.count >= length else { throw .packetLengthError }
                next = payload.octet(at: 0)
                payload = payload.dropFirst(length)
            case fragment:
                guard payload.count >= fragmentHeaderLength else { throw .packetLengthError }
                // Offset and the flag for more fragments; with both zero it is a whole packet (RFC 6946).
                guard payload.word(at: 2) & 0xfff9 == 0 else { throw .fragment }
                next = payload.octet(at: 0)
                payload = payload.dropFirst(fragmentHeaderLength)
            default:
                return next
            }
        }
    }
}
