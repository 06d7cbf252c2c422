/// Limits that several keywords share.
enum KeywordLimits {
    /// Ten years, in microseconds: any longer time is a slip.
    static let long = 315_360_000_000_000
    /// The largest number of keepalived's 32-bit counters.
    static let count = 2_147_483_647
    /// A day, in microseconds.
    static let day = 86_400_000_000
    /// 4294.967295 seconds: what keepalived's 32-bit microseconds hold.
    static let short = 4_294_967_295
    /// 31 days in seconds, IPVS's longest timeout.
    static let month = 2_678_400
}
