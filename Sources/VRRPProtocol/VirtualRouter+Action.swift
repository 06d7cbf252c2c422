public import Addresses

extension VirtualRouter {
    /// What is to be done. Actions are carried out in the order in which they come: where a router becomes active that
    /// is advertise, install the addresses, announce them, notify.
    public enum Action: Hashable, Sendable {
        /// Send an advertisement to the group or to the unicast peers.
        case sendAdvertisement(OutgoingAdvertisement)
        /// Put these addresses on the interface, with the routes and rules that go with them. The interface, and with
        /// it the virtual MAC, must be up before anything is announced (RFC 9568 section 8.2.2).
        case installAddresses([IPAddress])
        /// Announce each address `count` times: IPv4 by gratuitous ARP, IPv6 by an unsolicited neighbour
        /// advertisement (RFC 9568 section 6.4.1).
        case announce([IPAddress], count: Int)
        /// Take these addresses off the interface. Those that somebody else removed may be among them;
        /// those that were there before they were installed, as an owner's are, stay.
        case removeAddresses([IPAddress])
        /// Tell scripts and watchers about a change of state; the last action of the change.
        case notify(Transition)
        /// Write to the log, count.
        case report(Observation)
    }
}
