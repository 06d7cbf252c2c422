package import Addresses
package import VRRPProtocol

/// Something that happens to a simulated node or to the network, or that ends.
package enum Fault: Hashable, Sendable {
    /// The node loses its power: it sends nothing more, and its addresses are gone.
    case powerOff(node: Int)
    /// The program dies without cleaning up: it sends nothing more, and its addresses stay where they are.
    case kill(node: Int)
    /// The program is stopped in an orderly way.
    case shutdown(node: Int)
    /// The node is there again and starts the program; without effect on one that runs.
    case start(node: Int)
    /// The node is not scheduled; packets wait in its receive buffer.
    case pause(node: Int)
    case resume(node: Int)
    /// What one node sends does not reach the other.
    case cut(from: Int, to: Int)
    case heal(from: Int, to: Int)
    /// The node's interface on a LAN loses its link.
    case linkDown(node: Int, lan: Int)
    case linkUp(node: Int, lan: Int)
    /// Something that a virtual router needs is missing.
    case missing(node: Int, router: Int, FaultCause)
    case present(node: Int, router: Int, FaultCause)
    /// The sum of the weights of what a virtual router tracks is another one.
    case adjust(node: Int, router: Int, by: Int)
    /// A virtual router is configured with another priority.
    case setPriority(node: Int, router: Int, UInt8)
    /// An operator has a virtual router hand over and stand back, or ends that.
    case standBack(node: Int, router: Int, Bool)
    /// Somebody takes a virtual address off the node's interface.
    case removeAddress(node: Int, router: Int, IPAddress)
    /// What a tracker of the node looks at: good, bad, or a file's number.
    case tracked(node: Int, tracker: Int, Tracker.Reading)
    /// The network treats packets differently from now on.
    case conditions(NetworkConditions)
}

/// A fault and when it happens.
package struct TimedFault: Hashable, Sendable {
    package var time: Instant
    package var fault: Fault

    package init(_ fault: Fault, at time: Instant) {
        self.fault = fault
        self.time = time
    }
}
