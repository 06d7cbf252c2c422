/// A control packet of bidirectional forwarding detection: RFC 5880, section 4.1.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     |Vers |  Diag   |Sta|P|F|C|A|D|M|  Detect Mult  |    Length     |
///     |                       My Discriminator                        |
///     |                      Your Discriminator                       |
///     |                    Desired Min TX Interval                    |
///     |                   Required Min RX Interval                    |
///     |                 Required Min Echo RX Interval                 |
///
/// All intervals are microseconds.
public struct BFDControlPacket: Hashable, Sendable {
    /// Why the sender's session changed its state last.
    public var diagnostic = BFDDiagnostic.none
    /// The state of the sender's session.
    public var state: BFDState
    /// Asks for a packet with `isFinal` (section 6.5).
    public var isPoll = false
    /// Answers one with `isPoll`.
    public var isFinal = false
    /// Whether the sender's packets go on while its control plane does not.
    public var isControlPlaneIndependent = false
    /// Whether the sender wants no periodic packets while the session is up (section 6.6).
    public var isDemand = false
    /// After how many missing packets of the sender the session is down: 1 to 255.
    public var detectMultiplier: UInt8
    /// The sender's number of the session; not 0.
    public var myDiscriminator: UInt32
    /// The receiver's number of it, as far as the sender knows; else 0.
    public var yourDiscriminator: UInt32
    /// The least time that the sender wants to have between its packets, without jitter.
    public var desiredMinTx: UInt32
    /// The least time between packets that the sender takes; 0: it wants none at all.
    public var requiredMinRx: UInt32
    /// The least time between echo packets that the sender loops back; 0: it loops none back.
    public var requiredMinEchoRx: UInt32 = 0

    /// Octets of a packet without authentication.
    public static let length = 24
    /// With as much of an authentication section as there must be.
    private static let lengthWithAuthentication = 26
    private static let version: UInt8 = 1

    /// A packet without flags.
    public init(
        state: BFDState, detectMultiplier: UInt8, myDiscriminator: UInt32, yourDiscriminator: UInt32 = 0,
        desiredMinTx: UInt32, requiredMinRx: UInt32
    ) {
        self.state = state
        self.detectMultiplier = detectMultiplier
        self.myDiscriminator = myDiscriminator
        self.yourDiscriminator = yourDiscriminator
        self.desiredMinTx = desiredMinTx
        self.requiredMinRx = requiredMinRx
    }

    /// Reads the payload of a UDP datagram. Octets behind the packet's own length are ignored.
    ///
    /// The checks are those of section 6.8.6 that need no session, in its order; a packet with authentication is refused
    /// because no session here uses it.
    public init(parsing payload: ArraySlice<UInt8>) throws(BFDRejection) {
        guard payload.count >= Self.length else { throw .lengthError }
        let (first, flags) = (payload.octet(at: 0), payload.octet(at: 1))
        guard first >> 5 == Self.version else { throw .versionError }
        let isAuthenticated = flags & 0x04 != 0
        let length = Int(payload.octet(at: 3))
        guard length >= (isAuthenticated ? Self.lengthWithAuthentication : Self.length), length <= payload.count else {
            throw .lengthError
        }
        diagnostic = BFDDiagnostic(rawValue: first)
        // Two bits have four values, and each is a state.
        state = BFDState(rawValue: flags >> 6) ?? .down
        isPoll = flags & 0x20 != 0
        isFinal = flags & 0x10 != 0
        isControlPlaneIndependent = flags & 0x08 != 0
        isDemand = flags & 0x02 != 0
        detectMultiplier = payload.octet(at: 2)
        myDiscriminator = payload.longWord(at: 4)
        yourDiscriminator = payload.longWord(at: 8)
        desiredMinTx = payload.longWord(at: 12)
        requiredMinRx = payload.longWord(at: 16)
        requiredMinEchoRx = payload.longWord(at: 20)
        guard detectMultiplier != 0 else { throw .zeroMultiplier }
        guard flags & 0x01 == 0 else { throw .multipoint }
        guard myDiscriminator != 0 else { throw .zeroDiscriminator }
        guard yourDiscriminator != 0 || state == .down || state == .adminDown else { throw .missingDiscriminator }
        guard !isAuthenticated else { throw .authenticated }
        guard !(isPoll && isFinal) else { throw .pollAndFinal }
    }

    /// The packet's 24 octets.
    public var octets: [UInt8] {
        var flags = state.rawValue << 6
        if isPoll { flags |= 0x20 }
        if isFinal { flags |= 0x10 }
        if isControlPlaneIndependent { flags |= 0x08 }
        if isDemand { flags |= 0x02 }
        var octets: [UInt8] = []
        octets.reserveCapacity(Self.length)
        octets.append(Self.version << 5 | diagnostic.rawValue)
        octets.append(flags)
        octets.append(detectMultiplier)
        octets.append(UInt8(Self.length))
        octets.append(longWord: myDiscriminator)
        octets.append(longWord: yourDiscriminator)
        octets.append(longWord: desiredMinTx)
        octets.append(longWord: requiredMinRx)
        octets.append(longWord: requiredMinEchoRx)
        return octets
    }
}
