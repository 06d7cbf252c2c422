/// What frames begin with; the numbers are those of https://www.tcpdump.org/linktypes.html.
package enum LinkLayer: Hashable, Sendable {
    case ethernet
    /// Four octets of address family in the byte order of the capturing host, or of the network.
    case bsdLoopback
    case rawIP
    /// "Linux cooked", what `-i any` gives.
    case linuxCooked
    case linuxCooked2
    case other(UInt16)

    package init(number: UInt16) {
        self =
            switch number {
            case 0, 108: .bsdLoopback
            case 1: .ethernet
            case 12, 14, 101, 228, 229: .rawIP
            case 113: .linuxCooked
            case 276: .linuxCooked2
            default: .other(number)
            }
    }
}
