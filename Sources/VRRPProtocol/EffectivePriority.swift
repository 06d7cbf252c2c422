/// The priority that a router really has: what was configured, moved by what it tracks.
public enum EffectivePriority {
    /// The configured priority with the sum of all weights added, held within 1 to 254. An owner, 255, stays what it
    /// is, and nothing makes an owner of another router.
    ///
    /// - Parameters:
    ///   - base: the configured priority, 1 to 255; 0 counts as 1.
    ///   - adjustment: the sum of the weights that count at the moment.
    public static func of(base: UInt8, adjustment: Int) -> UInt8 {
        guard base < 255 else { return 255 }
        let (sum, overflow) = Int(base).addingReportingOverflow(adjustment)
        return overflow ? 254 : UInt8(min(max(sum, 1), 254))
    }
}
