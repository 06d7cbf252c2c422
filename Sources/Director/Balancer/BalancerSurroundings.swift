/// Everything around the virtual servers: what they see and what they do it with.
package struct BalancerSurroundings {
    package var time: any Timekeeper
    package var table: any ServiceTable
    package var probes: any ProbeSource
    package var addresses: any HostAddresses
    /// Tracked files.
    package var feeds: any TrackerSource
    package var sessions: any SessionSource
    /// Scripts, FIFOs and mail.
    package var listener: any HealthListener
    /// What was known before this start.
    package var states: KnownStates
    package var log: Log
    /// How many descriptors attempts may have at a time.
    package var descriptors: Int
    /// Where checks begin to spread from.
    package var seed: UInt64

    package init(
        time: any Timekeeper, table: any ServiceTable, probes: any ProbeSource, addresses: any HostAddresses,
        feeds: any TrackerSource, sessions: any SessionSource, listener: any HealthListener, states: KnownStates,
        log: Log, descriptors: Int, seed: UInt64
    ) {
        self.time = time
        self.table = table
        self.probes = probes
        self.addresses = addresses
        self.feeds = feeds
        self.sessions = sessions
        self.listener = listener
        self.states = states
        self.log = log
        self.descriptors = descriptors
        self.seed = seed
    }
}
