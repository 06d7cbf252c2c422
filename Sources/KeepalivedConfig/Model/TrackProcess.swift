/// `vrrp_track_process`: whether enough processes of a kind run.
package struct TrackProcess: Hashable, Sendable {
    package enum ParameterMatch: String, Hashable, Sendable, CaseIterable {
        /// The last parameter may be longer.
        case initial
        /// The first parameters match, more may follow.
        case partial
    }

    package var name: Setting<String>
    /// The command and the parameters that it must have.
    package var process = Setting<[String]>([])
    package var parameterMatch = Setting<ParameterMatch?>(nil)
    package var weight = Setting(TrackWeight())
    package var quorum = Setting(1)
    package var quorumMaximum = Setting<Int?>(nil)
    package var forkDelay = Setting(Duration.zero)
    package var terminateDelay = Setting(Duration.zero)
    package var matchesFullCommand = Setting(false)

    package init(name: Setting<String>) { self.name = name }
}
