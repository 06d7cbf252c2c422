package import Addresses

/// A rule of the policy routing database, as it is to be installed or as the kernel shows it.
package struct RuleSpec: Hashable, Sendable {
    package enum Action: Hashable, Sendable {
        case table(UInt32)
        /// The preference of the rule to go on with.
        case goto(UInt32)
        case nothing
        case blackhole
        case unreachable
        case prohibit
    }

    package var family: AddressFamily
    package var action: Action
    /// `preference` of iproute2; nil for the kernel's choice.
    package var priority: UInt32?
    package var isInverted = false
    package var source: NetworkPrefix?
    package var destination: NetworkPrefix?
    package var inputInterface: String?
    package var outputInterface: String?
    package var mark: UInt32?
    /// Nil for all bits, where there is a mark.
    package var markMask: UInt32?
    package var typeOfService: UInt8 = 0
    /// From and to, 16 bits each; 0 for none.
    package var realms: UInt32 = 0
    package var users: ClosedRange<UInt32>?
    package var isL3MasterDevice = false
    package var transport: UInt8?
    package var sourcePorts: ClosedRange<UInt16>?
    package var destinationPorts: ClosedRange<UInt16>?
    package var suppressedPrefixLength: UInt32?
    package var suppressedGroup: UInt32?
    package var tunnelID: UInt64?
    /// `RTPROT_*`.
    package var originator = RouteSpec.ourProtocol

    package init(family: AddressFamily, action: Action) {
        self.family = family
        self.action = action
    }
}
