package import Addresses
package import IPVSModel

/// The name services, as the parser needs them: it never asks the network itself.
package protocol NameLookup {
    /// The first IPv4 address of a host name; ipvsadm takes no IPv6 address by name.
    func address(ofHost name: [UInt8]) -> IPv4Address?
    func port(ofService name: [UInt8], _ transport: TransportProtocol) -> UInt16?
}
