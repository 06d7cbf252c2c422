package import Addresses

/// A UDP datagram as it arrived. Its octets are in a room that the next ones use again; copy what is to be kept.
package struct ReceivedDatagram {
    package var sender: IPAddress
    /// The address of this host that it was sent to.
    package var receiver: IPAddress
    /// The TTL or hop limit with which it arrived.
    package var hopLimit: UInt8
    package var payload: ArraySlice<UInt8>

    package init(sender: IPAddress, receiver: IPAddress, hopLimit: UInt8, payload: ArraySlice<UInt8>) {
        self.sender = sender
        self.receiver = receiver
        self.hopLimit = hopLimit
        self.payload = payload
    }
}
