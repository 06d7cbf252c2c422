/// The version of the Virtual Router Redundancy Protocol that a virtual router speaks.
public enum ProtocolVersion: UInt8, Hashable, Sendable, Comparable, CaseIterable {
    /// RFC 3768: IPv4 only, intervals of whole seconds.
    case v2 = 2
    /// RFC 9568, before it RFC 5798: IPv4 and IPv6, intervals of centiseconds.
    case v3 = 3

    /// By number.
    public static func < (left: ProtocolVersion, right: ProtocolVersion) -> Bool {
        left.rawValue < right.rawValue
    }
}
