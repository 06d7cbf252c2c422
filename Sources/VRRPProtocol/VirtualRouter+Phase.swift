import Addresses

extension VirtualRouter {
    /// The states of RFC 9568 section 6.4, each with the timers that run in it: a timer of another state cannot fire.
    enum Phase: Hashable, Sendable {
        /// With the end of the startup delay, if that is running.
        case initialize(startsAt: Instant?)
        case backup(Backup)
        case active(Active)
    }

    struct Backup: Hashable, Sendable {
        /// When `Active_Down_Timer` fires.
        var activeDownTimer: Instant
        /// What it would mean if the timer fired now.
        var takeover: Takeover
        /// The last router that advertised with a priority other than 0, and when.
        var heard: Peer?
        var heardAt: Instant
        /// Whether `activeAdvertisementInterval` is another router's.
        var hasLearnedInterval = false
        /// While it lies ahead, a lower active router is obeyed.
        var preemptsAt: Instant?
        /// In a sync group: the timer has fired, and the other members are waited for.
        var isReady = false
    }

    /// Why the timer of a backup runs out.
    enum Takeover: Hashable, Sendable {
        case silence
        case resignation(of: IPAddress)
        case preemption(of: Peer)
        case ownsAddresses
    }

    struct Active: Hashable, Sendable {
        /// When `Adver_Timer` fires.
        var adverTimer: Instant
        /// When the addresses are announced for the second time after becoming active.
        var secondAnnouncement: Instant?
        /// The same after a loser was heard.
        var lowerPriorityAnnouncement: Instant?
        var refresh: Instant?
        /// How often in a row another owner was heard, and when for the last time.
        var duplicateOwners = 0
        var duplicateOwnerAt = Instant.origin
    }
}
