/// When and how often the addresses are announced by gratuitous ARP and unsolicited neighbour advertisements.
package struct GratuitousARP: Hashable, Sendable {
    package struct ExtraInterfaces: Hashable, Sendable {
        /// Zero: never.
        package var interval: Duration
        /// On all interfaces that addresses are on, not on those with a virtual MAC only.
        package var onAll: Bool
    }

    /// From becoming active to the second burst; zero for none.
    package var delay = Setting(Duration.seconds(5))
    package var repeats = Setting(5)
    /// Between bursts while active; zero for none.
    package var refresh = Setting(Duration.zero)
    package var refreshRepeats = Setting(1)
    /// The same after an advertisement of lower priority.
    package var lowerPriorityDelay = Setting(Duration.seconds(5))
    package var lowerPriorityRepeats = Setting(5)
    package var extra = Setting<ExtraInterfaces?>(nil)

    package init() {}
}
