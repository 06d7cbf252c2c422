/// What the text of a configuration is read with, besides the text.
package struct ReadingContext: Sendable {
    /// What `@ID` lines are compared with: `-i`, or the host's name up to the first dot.
    package var configurationID: String
    /// What must be there for every include, whichever variant of the keyword it uses.
    package var includeChecks: IncludeChecks
    /// Where `${_RANDOM}` begins, unless the configuration says `random_seed`.
    package var randomSeed: UInt64
    package var limits: ReadingLimits

    package init(
        configurationID: String, includeChecks: IncludeChecks = [], randomSeed: UInt64 = 0,
        limits: ReadingLimits = ReadingLimits()
    ) {
        self.configurationID = configurationID
        self.includeChecks = includeChecks
        self.randomSeed = randomSeed
        self.limits = limits
    }

    /// The identity of a host that was given none.
    package static func defaultID(hostName: String) -> String {
        String(hostName.prefix { $0 != "." })
    }
}
