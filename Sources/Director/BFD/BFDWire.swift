package import Addresses
package import BFDProtocol
package import Reactor

/// Where sessions of one kind are heard.
package struct BFDSegment: Hashable, Sendable {
    package var family: AddressFamily
    package var isMultihop: Bool

    package init(_ endpoints: Endpoints) {
        family = endpoints.neighbour.family
        isMultihop = endpoints.isMultihop
    }
}

/// The network, as far as BFD goes.
package protocol BFDWire: AnyObject {
    /// Hears the datagrams of a segment from now on.
    func listen(on segment: BFDSegment, _ heard: @escaping (ReceivedDatagram) -> Void) throws(ReactorError)
    func stopListening(on segment: BFDSegment)
    /// What the packets of a session leave through.
    ///
    /// - Parameter sourcePort: of `Endpoints.sourcePorts`.
    func transmitter(
        for endpoints: Endpoints, hopLimit: UInt8, sourcePort: UInt16
    ) throws(ReactorError) -> any BFDTransmitter
}

package protocol BFDTransmitter: AnyObject {
    func send(_ octets: [UInt8]) throws(ReactorError)
}
