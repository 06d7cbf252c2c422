/// How long what must not last may last, in nanoseconds; and why not longer.
///
/// The bounds follow from these quantities:
///
/// - `D`, the longest time that a packet is on its way, duplicates and packets that wait for an earlier one included;
/// - `W`, the longest time that a node that is scheduled takes to notice a packet or a timer;
/// - `AI(i)`, the advertisement interval of router *i*, and `AI`, the longest of all;
/// - `Down(i) = n · AAI + Skew(i)`, with `n` = 3 missed advertisements by default, and `AAI` the interval of the router
///   that was heard last, at most `AI`. `Skew(i)` is `(256 - priority) / 256` of `AAI` in version 3 and of one second
///   in version 2.
///
/// A node that is not scheduled (a pause) does nothing, so nothing can be promised for it: each bound counts from the
/// moment at which the nodes that it is about were last put back on the processor.
package struct TimeBounds: Hashable, Sendable {
    /// `D`
    package var delay: Int64
    /// The shortest time that a packet is on its way.
    package var shortestDelay: Int64
    /// `W`
    package var wakeUp: Int64
    /// `AI`
    package var longestInterval: Int64
    /// The shortest interval of all.
    package var shortestInterval: Int64
    /// The longest `Down` of all: of priority 1, having learned the longest interval.
    package var longestDown: Int64
    /// The longest `preempt_delay` of all.
    package var longestPreemptDelay: Int64
    /// The longest `vrrp_startup_delay` of all.
    package var longestStartupDelay: Int64

    package init(
        delays: ClosedRange<Int64>, wakeUp: Int64, intervals: ClosedRange<Int64>, longestDown: Int64,
        longestPreemptDelay: Int64 = 0, longestStartupDelay: Int64 = 0
    ) {
        delay = delays.upperBound
        shortestDelay = delays.lowerBound
        self.wakeUp = wakeUp
        longestInterval = intervals.upperBound
        shortestInterval = intervals.lowerBound
        self.longestDown = longestDown
        self.longestPreemptDelay = longestPreemptDelay
        self.longestStartupDelay = longestStartupDelay
    }

    /// The longest time between two advertisements of an active router that is scheduled: it sets its timer to one
    /// interval when it sends, and notices the end of it up to `W` late. Whatever else makes it advertise only sends
    /// earlier.
    @inline(__always)
    package func advertisementGap(interval: Int64) -> Int64 {
        interval &+ wakeUp
    }

    /// How long two routers *i* and *j* are both active, where *i* wins: it has the higher priority, or the same and
    /// the higher address.
    ///
    /// Let it begin when the later of the two becomes active. If neither is paused and neither changes its priority
    /// (each such event makes it begin anew), *i* advertises at the latest `AI(i) + W` later, and again every
    /// `AI(i) + W`. An advertisement that is not lost is with *j* at most `D` later and is handled at most `W` later;
    /// *j* then yields at once, whatever else it has heard. If the first `k` of them are lost, on a path that is cut
    /// as well as by chance, the next one does it:
    ///
    ///     overlap ≤ (k + 1) · (AI(i) + W) + D + W
    ///
    /// In particular, from the healing of a partition on, and without loss, two routers are active for no longer than
    /// `AI(i) + D + 2 W`. No bound holds without counting losses: a path that loses everything is a partition, and in a
    /// partition each side has an active router, which is what VRRP is to do.
    @inline(__always)
    package func overlap(interval: Int64, lost: Int64) -> Int64 {
        (lost &+ 1) &* advertisementGap(interval: interval) &+ delay &+ wakeUp
    }

    /// How long nobody is active while some router *b*, scheduled and not in fault, is a backup.
    ///
    /// The last advertisement that *b* can obey was sent by a router that was active then, arrives at most `D` after
    /// nobody is active any more, and restarts the timer of *b* when it is handled, at most `W` later. Nothing restarts
    /// it after that, so it ends within `Down(b)` and is noticed within `W`:
    ///
    ///     absence ≤ D + Down + 2 W
    package var absence: Int64 { delay &+ longestDown &+ 2 &* wakeUp }

    /// How long nobody is active after the only active router has resigned, where *b* has heard that.
    ///
    /// The advertisement with priority 0 is handled at most `D + W` later and sets the timer of *b* to its skew time.
    /// On a path that keeps the order nothing older comes after it:
    ///
    ///     handover ≤ D + Skew(b) + 2 W
    @inline(__always)
    package func handover(skew: Int64) -> Int64 {
        delay &+ skew &+ 2 &* wakeUp
    }

    /// How long it takes, when nothing is lost, cut or paused any more, until the right router is the only active one.
    ///
    /// 1. After `D + W` every packet from before has been handled. From now on no router hears anything but what routers
    ///    that are active now, or become so later, send with the priority that they have.
    /// 2. If nobody is active, nothing restarts the timer of any backup, and one of them is active within
    ///    `Down + 2 W`; one whose startup is delayed counts from the end of its delay.
    /// 3. Let *b* be a backup that may replace every active router: none has its priority or a higher one, and it does
    ///    preempt. Nothing restarts its timer, which ends within `Down + W`. If it is restarted all the same, then by a
    ///    router of at least its priority, and the argument goes on with that one, whose timer has been running as long.
    /// 4. If *b* has a `preempt_delay`, it obeys the lower router until that is over. It begins with the first
    ///    advertisement that *b* hears, `AI + D + 2 W` after there is an active router at the latest; then what was
    ///    heard last counts for one more `Down + W`.
    /// 5. The best of the active routers advertises within `AI + W`, all others handle it within `D + W`, and yield.
    ///
    /// In sum:
    ///
    ///     settling ≤ startup_delay + 2 D + AI + Down + 6 W
    ///              + (preempt_delay + AI + D + Down + 3 W, if there is one)
    ///
    /// Without the two delays that is one down interval, one advertisement interval and the time on the way.
    package var settling: Int64 {
        let once = 2 &* delay &+ longestInterval &+ longestDown &+ 6 &* wakeUp
        let delayed = longestPreemptDelay &+ longestInterval &+ delay &+ longestDown &+ 3 &* wakeUp
        return longestStartupDelay &+ once &+ (longestPreemptDelay > 0 ? delayed : 0)
    }
}
