public import PacketFormats

extension VirtualRouter {
    /// Where the RFCs, and what a user of keepalived expects, differ.
    public struct Policy: Hashable, Sendable {
        /// What an active router does about an advertisement that loses against its own.
        public enum AnswerToLoser: UInt8, Hashable, Sendable {
            /// Nothing (RFC 3768 and RFC 5798 section 6.4.3; keepalived's `lower_prio_no_advert`).
            case silence
            /// Advertises at once and lets the timer run (RFC 9568 section 6.4.3).
            case advertisement
            /// Advertises at once and starts the interval anew (keepalived).
            case advertisementAndNewInterval
        }

        /// What an owner of the addresses does about another one that it wins against by its address.
        public enum DuplicateOwner: UInt8, Hashable, Sendable {
            /// Treats it as any other loser (erratum 8298 to RFC 9568: log and process).
            case insist
            /// Insists twice; if the other one goes on, reduces its own priority to 254 and yields (keepalived).
            case yieldAfterInsisting
        }

        /// What an active router does when somebody else removes one of its addresses from the interface.
        public enum AnswerToLostAddress: UInt8, Hashable, Sendable {
            /// Resigns, and takes part in the next election (keepalived): who has the highest priority then wins
            /// after its skew time.
            case resign
            /// Puts the address back and announces it.
            case reinstall
        }

        /// What an active router does about an advertisement that loses against its own.
        public var answerToLoser: AnswerToLoser
        /// What an owner does about another one that it wins against.
        public var duplicateOwner: DuplicateOwner
        /// What an active router does when somebody else removes one of its addresses.
        public var answerToLostAddress: AnswerToLostAddress = .resign
        /// Whether a router that yields sends a last advertisement with its own, lower, priority first, so that the
        /// winner announces its addresses once more (keepalived's `higher_prio_send_advert`).
        public var advertisesBeforeYielding: Bool = false
        /// How many advertisements must be missed before a backup takes over, 1 to 100 (`down_timer_adverts`; both
        /// RFCs: 3).
        public var activeDownAdvertisements: Int = 3
        /// Whether an owner of the addresses turns a deaf ear to advertisements (`owner_ignore_adverts`). RFC 9568
        /// asked for it until erratum 8298; two owners then never find out about each other.
        public var ownerIgnoresAdvertisements: Bool = false
        /// Set: an active router without preemption that was not scheduled for longer than a backup of this priority
        /// (1 to 254) takes to replace it becomes backup instead of going on (`timer_expired_backup`).
        public var yieldsWhenLateTo: UInt8?
        /// `Accept_Mode` (RFC 9568 section 6.1): whether packets to the virtual addresses are taken by a router that
        /// does not own them.
        public var accepts: Bool
        /// When and how often the addresses are announced.
        public var announcements: AnnouncementSchedule

        /// What the RFC of the version says: RFC 9568 with its errata, RFC 3768.
        public static func strict(_ version: ProtocolVersion) -> Policy {
            Policy(
                answerToLoser: version == .v2 ? .silence : .advertisement, duplicateOwner: .insist, accepts: false,
                announcements: .once)
        }

        /// What keepalived does without any setting.
        public static let keepalived = Policy(
            answerToLoser: .advertisementAndNewInterval, duplicateOwner: .yieldAfterInsisting, accepts: true,
            announcements: AnnouncementSchedule())
    }
}
