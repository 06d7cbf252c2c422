/// `Diag`, why a session changed its state last: RFC 5880, section 4.1. Five bits; what others send may be any number.
public struct BFDDiagnostic: RawRepresentable, Hashable, Sendable {
    /// 0 to 31.
    public let rawValue: UInt8

    /// Only the lower five bits count.
    public init(rawValue: UInt8) {
        self.rawValue = rawValue & 0x1f
    }

    /// 0: nothing has gone wrong yet, or not since the session came up.
    public static let none = BFDDiagnostic(rawValue: 0)
    /// 1: no packet came for as long as the detection time.
    public static let detectionTimeExpired = BFDDiagnostic(rawValue: 1)
    /// 2: packets that were to be looped back did not return.
    public static let echoFailed = BFDDiagnostic(rawValue: 2)
    /// 3: the other end said that it is down.
    public static let neighbourSignaledDown = BFDDiagnostic(rawValue: 3)
    /// 4: the forwarding plane was reset.
    public static let forwardingPlaneReset = BFDDiagnostic(rawValue: 4)
    /// 5: something else knows that the path is down.
    public static let pathDown = BFDDiagnostic(rawValue: 5)
    /// 6: a path that this one is concatenated with is down.
    public static let concatenatedPathDown = BFDDiagnostic(rawValue: 6)
    /// 7: the operator wants it down.
    public static let administrativelyDown = BFDDiagnostic(rawValue: 7)
    /// 8: a path in the other direction that this one is concatenated with is down.
    public static let reverseConcatenatedPathDown = BFDDiagnostic(rawValue: 8)

    /// The words of the RFC, in lower case.
    public var words: String {
        switch rawValue {
        case 0: "no diagnostic"
        case 1: "control detection time expired"
        case 2: "echo function failed"
        case 3: "neighbor signaled session down"
        case 4: "forwarding plane reset"
        case 5: "path down"
        case 6: "concatenated path down"
        case 7: "administratively down"
        case 8: "reverse concatenated path down"
        default: "diagnostic \(rawValue)"
        }
    }
}
