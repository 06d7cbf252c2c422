package import Addresses
import VRRPProtocol

/// A VRID of one family on one segment, and who was heard to send for it.
package struct SniffedRouter: Sendable {
    package struct Name: Hashable, Sendable, Comparable {
        /// Nil where the capture has none.
        package var interface: String?
        /// The VLAN, 1 to 4094; nil without a tag.
        package var vlan: UInt16?
        package var family: AddressFamily
        /// 0 to 255, as it is in the packets.
        package var virtualRouterID: UInt8

        package init(interface: String?, vlan: UInt16?, family: AddressFamily, virtualRouterID: UInt8) {
            self.interface = interface
            self.vlan = vlan
            self.family = family
            self.virtualRouterID = virtualRouterID
        }

        package static func < (left: Name, right: Name) -> Bool {
            (left.interface ?? "", left.vlan ?? 0, left.family.rawValue, left.virtualRouterID)
                < (right.interface ?? "", right.vlan ?? 0, right.family.rawValue, right.virtualRouterID)
        }
    }

    package let name: Name
    /// In the order in which they were first heard.
    package internal(set) var senders: [SniffedSender] = []
    /// Whether there are more senders than are told apart.
    package internal(set) var hasMoreSenders = false
    /// The instance of the configuration that judges.
    package internal(set) var instance: String?

    /// What is wrong at present: for each cause its place among the alarms, and when it was last true.
    var open: [SniffAlarm.Cause: OpenAlarm] = [:]

    struct OpenAlarm: Sendable {
        /// Nil where there were too many alarms to keep this one.
        var place: Int?
        var lastTrue: Instant
    }

    /// Anybody can make up senders: more than these are not told apart.
    private static let senderLimit = 32

    init(_ name: Name) {
        self.name = name
    }

    /// The place of the sender; nil where there are too many.
    mutating func place(of name: SniffSenderName, version: UInt8, at now: Instant) -> Int? {
        if let known = senders.firstIndex(where: { $0.name == name && $0.version == version }) { return known }
        guard senders.count < Self.senderLimit else {
            hasMoreSenders = true
            return nil
        }
        senders.append(SniffedSender(name, version: version, at: now))
        return senders.count - 1
    }

    /// For how long what was wrong is still taken for wrong: a packet may be lost, and a sender may mix good packets
    /// with bad ones.
    var patience: Duration { (senders.map(\.announced).max() ?? .seconds(1)) * 3 + .seconds(1) }
}
