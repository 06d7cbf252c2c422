/// A reason why a virtual router cannot take part in the election now.
///
/// keepalived calls this FAULT; in the terms of RFC 9568 the router is in Initialize, waiting for a startup.
public struct FaultCause: Hashable, Sendable, Comparable {
    /// What kind of thing is missing or bad.
    public enum Kind: UInt8, Hashable, Sendable, Comparable {
        /// The interface of the virtual router is down or absent.
        case interface
        /// The interface has no address of the family to send from.
        case noPrimaryAddress
        /// The virtual MAC's interface is not there or not up yet; nothing may be announced before (RFC 9568 section
        /// 8.2.2 and 8.1.2).
        case virtualMACInterface
        /// A tracked interface without a weight is down.
        case trackedInterface
        /// A tracked script without a weight fails, or has not finished for the first time yet.
        case script
        /// A tracked file without a weight is not 0, or a value times its weight is -254 or less.
        case file
        /// A tracked process without a weight has not its quorum.
        case process
        /// A tracked BFD session without a weight is down.
        case bfd
        /// Another member of the sync group cannot take part.
        case syncGroup
        /// An operator or another part of the program holds the router back.
        case held

        /// Whether a last advertisement can still leave: not without an interface or an address to send it from.
        /// Without the virtual MAC it leaves by the interface below.
        var allowsSending: Bool {
            switch self {
            case .interface, .noPrimaryAddress: false
            case .virtualMACInterface, .trackedInterface, .script, .file, .process, .bfd, .syncGroup, .held: true
            }
        }

        /// What lies nearest to the wire comes first.
        public static func < (left: Kind, right: Kind) -> Bool { left.rawValue < right.rawValue }
    }

    /// What kind of thing is missing or bad.
    public var kind: Kind
    /// The interface, script, file, process, session or group member; empty where there is nothing to name.
    public var name: String

    /// A cause; kinds of which there is one only need no name.
    public init(_ kind: Kind, name: String = "") {
        self.kind = kind
        self.name = name
    }

    /// By kind, then by name.
    public static func < (left: FaultCause, right: FaultCause) -> Bool {
        left.kind == right.kind ? left.name < right.name : left.kind < right.kind
    }
}
