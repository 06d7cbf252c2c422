package import Addresses

/// A line of `virtual_rules` or `static_rules`.
package struct RoutingRule: Hashable, Sendable {
    package enum Action: Hashable, Sendable {
        case table(NumberOrName)
        case goto(Int)
        case blackhole
        case unreachable
        case prohibit
        case nothing
    }

    package struct Mark: Hashable, Sendable {
        package var value: UInt32
        package var mask: UInt32?
    }

    package var family = AddressFamily.ipv4
    package var isInverted = false
    package var source: AddressPrefix?
    package var destination: AddressPrefix?
    package var action: Action?
    package var preference: Int?
    package var inputInterface: String?
    package var outputInterface: String?
    package var mark: Mark?
    package var typeOfService: Int?
    package var realms: String?
    package var users: ClosedRange<Int>?
    package var isL3MasterDevice = false
    package var transport: NumberOrName?
    package var sourcePorts: ClosedRange<Int>?
    package var destinationPorts: ClosedRange<Int>?
    package var suppressedPrefixLength: Int?
    package var suppressedGroup: NumberOrName?
    package var protocolName: NumberOrName?
    package var tunnelID: Int?
    package var isNotTracked = false
    package var trackGroup: String?
    /// The line's words, one space between them.
    package var text: String

    package init(text: String) { self.text = text }
}
