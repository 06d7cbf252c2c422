package import Addresses
package import CaptureFiles
package import PacketFormats

/// One VRRP packet of a capture: what it says, and what a receiver makes of it.
package struct SniffedPacket: Sendable {
    package enum Outcome: Hashable, Sendable {
        case accepted(ReceivedAdvertisement.Remarks, ChecksumForm)
        case rejected(Rejection)
        /// The capture kept too little of the packet: nobody can tell.
        case truncated
    }

    /// How the packet proves where it is from, as far as it can be seen.
    package enum AuthenticationSeen: Hashable, Sendable {
        case none
        case password
        case header
        case unknown(UInt8)
    }

    /// The number of the frame in the capture, from 1.
    package var number: Int
    package var time: WallTime?
    /// The interface's name, where the capture has it.
    package var interface: String?
    /// The VLAN of the outermost tag, 1 to 4094; nil where there is none.
    package var vlan: UInt16?
    /// The MAC address that the frame came from, where the link layer has one.
    package var sourceMAC: MACAddress?
    /// Whether this host sent it, which only a live capture knows.
    package var isOutgoing: Bool
    package var source: IPAddress
    package var destination: IPAddress
    package var hopLimit: UInt8
    package var protocolNumber: UInt8
    package var isFragment: Bool
    /// Nil where the message does not reach that far, or what is there belongs to the middle of one.
    package var identity: AdvertisementIdentity?
    package var interval: Duration?
    package var addresses: [IPAddress] = []
    package var authentication: AuthenticationSeen?
    package var hasTrailer = false
    /// What is in the place of the password of version 2: for comparing senders, never for showing.
    package var password: AuthenticationPassword?
    package var outcome = Outcome.truncated
    /// The instance that judged; nil where the configuration has none for the packet, or there is no configuration.
    package var instance: String?
    /// What that instance has configured, for saying what would be right.
    package var receiver: Receiver?

    package init(_ frame: CapturedFrame, _ glance: PacketGlance) {
        number = frame.number
        time = frame.time
        interface = frame.interface
        vlan = frame.vlan
        sourceMAC = frame.sourceMAC
        isOutgoing = frame.isOutgoing
        source = glance.source
        destination = glance.destination
        hopLimit = glance.hopLimit
        protocolNumber = glance.protocolNumber
        isFragment = glance.isFragment
        guard !glance.isLaterFragment else { return }
        identity = AdvertisementIdentity(protocolNumber: glance.protocolNumber, payload: glance.payload)
        readMessage(in: glance)
    }

    /// Reads as much as is there, right or wrong.
    private mutating func readMessage(in glance: PacketGlance) {
        var message = glance.payload
        if protocolNumber == VRRPWire.authenticationHeaderNumber {
            guard message.count >= 2 else { return }
            message = message.dropFirst((Int(message[message.startIndex + 1]) + 2) * 4)
        }
        guard let identity, let version = ProtocolVersion(rawValue: identity.version), message.count >= 8 else {
            return
        }
        let start = message.startIndex
        let length = source.family == .ipv4 ? 4 : 16
        if version == .v2 {
            interval = .seconds(Int(message[start + 5]))
            authentication =
                switch message[start + 4] {
                case 0: AuthenticationSeen.none
                case 1: .password
                case 2: .header
                case let type: .unknown(type)
                }
        } else {
            interval = .milliseconds(10 * ((Int(message[start + 4]) & 0xf) << 8 | Int(message[start + 5])))
        }
        var rest = message.dropFirst(8)
        let count = Int(message[start + 3])
        while addresses.count < count, rest.count >= length {
            addresses.append(Self.address(rest.prefix(length)))
            rest = rest.dropFirst(length)
        }
        if authentication == .password, addresses.count == count, rest.count >= 8 {
            password = AuthenticationPassword(rest)
        }
    }

    private static func address(_ octets: ArraySlice<UInt8>) -> IPAddress {
        func number(_ octets: ArraySlice<UInt8>) -> UInt64 { octets.reduce(0) { $0 << 8 | UInt64($1) } }
        return octets.count == 4
            ? .v4(IPv4Address(UInt32(truncatingIfNeeded: number(octets))))
            : .v6(IPv6Address(high: number(octets.prefix(8)), low: number(octets.dropFirst(8))))
    }
}
