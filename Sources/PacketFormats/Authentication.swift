/// The authentication that RFC 2338 gave to version 2 and RFC 3768 took away again. Version 3 has none.
public enum Authentication: Hashable, Sendable {
    /// Type 0.
    case none
    /// Type 1: the password, in clear, behind the addresses.
    case password(AuthenticationPassword)
    /// Type 2: an IP Authentication Header (RFC 4302) with HMAC-MD5-96, as keepalived makes it. IPv4 only.
    case header(AuthenticationPassword)

    /// The number in the message.
    public var type: UInt8 {
        switch self {
        case .none: 0
        case .password: 1
        case .header: 2
        }
    }
}
