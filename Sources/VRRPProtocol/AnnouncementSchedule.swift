/// When and how often the virtual addresses are announced by gratuitous ARP (IPv4) or unsolicited neighbour
/// advertisements (IPv6).
///
/// RFC 9568 section 6.4.1 asks for one announcement of each address on becoming active. keepalived sends more, for
/// switches that miss some.
public struct AnnouncementSchedule: Hashable, Sendable {
    /// Announcements of each address on becoming active, one after the other (`garp_master_repeat`).
    public var count: Int = 5
    /// After how long the same number follows once more (`garp_master_delay`); zero for no second round.
    public var delay: Duration = .seconds(5)
    /// How often they are repeated as long as the router is active (`garp_master_refresh`); zero for never.
    public var refresh: Duration = .zero
    /// Announcements of each address at a refresh (`garp_master_refresh_repeat`).
    public var refreshCount: Int = 1
    /// Announcements when an active router hears one that loses against it (`garp_lower_prio_repeat`): hosts may have
    /// believed the other one. Zero for none.
    public var lowerPriorityCount: Int = 5
    /// After how long these follow once more (`garp_lower_prio_delay`); zero for no second round.
    public var lowerPriorityDelay: Duration = .seconds(5)

    /// What keepalived does by default: five at once and five more after five seconds.
    public init() {}

    /// One announcement of each address on becoming active, nothing more: RFC 9568, and what keepalived's
    /// `vrrp_strict` allows.
    public static let once: AnnouncementSchedule = {
        var schedule = AnnouncementSchedule()
        schedule.count = 1
        schedule.delay = .zero
        schedule.lowerPriorityCount = 0
        schedule.lowerPriorityDelay = .zero
        return schedule
    }()

    /// `vrrp_min_garp`: one at a time, no second round, and one after a lower priority was heard.
    public static let minimal: AnnouncementSchedule = {
        var schedule = AnnouncementSchedule.once
        schedule.lowerPriorityCount = 1
        return schedule
    }()
}
