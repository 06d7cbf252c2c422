/// The eight octets that `auth_pass` becomes: cut off or filled up with zeros (RFC 2338, 5.3.6.2). They are the
/// password of version 2 and the key of the Authentication Header.
public struct AuthenticationPassword: Hashable, Sendable {
    /// Eight octets.
    public let octets: [UInt8]

    /// - Parameter text: The password's octets, of which the first eight count.
    public init(_ text: some Sequence<UInt8>) {
        var octets = Array(text.prefix(VRRPWire.authenticationDataLength))
        while octets.count < VRRPWire.authenticationDataLength { octets.append(0) }
        self.octets = octets
    }
}
