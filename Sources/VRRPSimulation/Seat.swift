import Addresses
import PacketFormats
import VRRPProtocol

/// What the monitor knows of one virtual router of one node, from what went in and came out and not from inside the
/// machine: it is the rules once more, as dates.
struct Seat {
    let interval: Int64
    let isVersion3: Bool
    let missed: Int64
    private let configuredPreempts: Bool
    private let configuredDelay: Int64
    let address: IPAddress?
    /// The priority that configuration and weights amount to.
    var priority: UInt8
    var base: UInt8
    var adjustment = 0
    /// An operator wants the addresses elsewhere.
    private var isStandingBack = false
    /// When a backup last heard the active router that it does not obey.
    private var disobeyedAt: Int64?

    var state = VirtualRouter.State.initialize
    /// When the state became what it is.
    var stateSince: Int64 = 0
    var prioritySince: Int64 = 0
    var lastSent = Int64.min
    /// From when on a backup's timer counts, and by which interval; `isSkewOnly` after a resignation.
    var timerSince: Int64 = 0
    var timerInterval: Int64
    var isSkewOnly = false
    /// Who resigned, where somebody did.
    var resigned: Int?
    /// When a lower active router is not obeyed any more.
    var preemptsAt: Int64?

    init(_ configuration: VirtualRouter.Configuration) {
        interval = configuration.advertisementInterval.nanoseconds
        isVersion3 = configuration.version == .v3
        missed = Int64(configuration.policy.activeDownAdvertisements)
        configuredPreempts = configuration.preempts
        configuredDelay = configuration.preemptDelay.nanoseconds
        address = configuration.primaryAddress
        base = configuration.priority
        priority = configuration.priority
        timerInterval = interval
    }

    /// An owner preempts whatever it is told, and at once (rule 53).
    var preempts: Bool { (configuredPreempts || base == 255) && !isStandingBack }
    var preemptDelay: Int64 { base == 255 ? 0 : configuredDelay }

    /// What configuration and weights amount to: an owner is not moved, and nobody is made one.
    var currentPriority: UInt8 {
        isStandingBack ? 1 : base == 255 ? 255 : UInt8(min(max(Int(base) + adjustment, 1), 254))
    }

    /// The skew time for an interval that was learned.
    func skew(interval: Int64) -> Int64 {
        let step = isVersion3 ? interval : 1_000_000_000
        return ((256 &- Int64(priority)) &* step &+ 255) / 256
    }

    /// When the timer of this backup ends.
    var timerEnd: Int64 {
        let skew = skew(interval: timerInterval)
        return timerSince &+ (isSkewOnly ? skew : missed &* timerInterval &+ skew)
    }

    mutating func setTimer(_ now: Int64, interval: Int64) {
        timerSince = now
        timerInterval = isVersion3 ? interval : self.interval
        isSkewOnly = false
        resigned = nil
        disobeyedAt = nil
    }

    /// One that was about to replace the active router obeys it from now on.
    mutating func standBack(_ standsBack: Bool) {
        isStandingBack = standsBack
        guard standsBack, state == .backup else { return }
        preemptsAt = nil
        if let disobeyedAt { setTimer(disobeyedAt, interval: timerInterval) }
    }

    /// Whether an advertisement beats this router's own (RFC 9568 section 6.4.3).
    func isBeaten(by heard: HeardAdvertisement) -> Bool {
        guard heard.priority == priority else { return heard.priority > priority }
        guard let address else { return false }
        return heard.source > address
    }

    /// Whether another router beats this one.
    func isBeaten(by other: Seat) -> Bool {
        guard other.priority == priority else { return other.priority > priority }
        guard let address, let their = other.address else { return false }
        return their > address
    }

    /// Rules 45, 46, 36 and 59 of a backup: whom it obeys.
    mutating func hearAsBackup(_ heard: HeardAdvertisement, from sender: Int, at now: Int64) {
        if heard.priority == 0 {
            timerSince = now
            isSkewOnly = true
            resigned = sender
            preemptsAt = nil
            disobeyedAt = nil
            return
        }
        if heard.priority >= priority {
            preemptsAt = nil
        } else if preempts {
            let end = preemptDelay == 0 ? now : preemptsAt ?? now &+ preemptDelay
            if preemptDelay != 0 { preemptsAt = end }
            if end <= now {
                disobeyedAt = now
                return
            }
        }
        setTimer(now, interval: heard.interval.nanoseconds)
    }
}
