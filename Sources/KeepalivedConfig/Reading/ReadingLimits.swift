/// How far a configuration may grow while it is read. No text, however made, takes more time or memory than this
/// allows; real ones stay far below.
package struct ReadingLimits: Sendable {
    /// Bytes in one file.
    package var fileSize = 64 << 20
    /// Files, counting one again each time that it is included.
    package var files = 10_000
    /// Files that include each other.
    package var includeDepth = 32
    /// Statements after all expansion.
    package var statements = 2_000_000
    /// Bytes of one line after expansion.
    package var lineLength = 1 << 16
    /// Substitutions in one line.
    package var substitutions = 10_000
    /// Bytes of all lines that were expanded or repeated.
    package var expandedBytes = 128 << 20
    /// Lines that are expanded from within a line.
    package var expansionDepth = 48
    /// Blocks within blocks.
    package var blockDepth = 64
    /// Alternatives that the braces of one include stand for.
    package var alternatives = 1_000
    /// Faults of the text that are told before the reader gives up.
    package var faults = Self.faultsTold

    /// Faults of one kind, of the text or of what it says, that are told.
    package static let faultsTold = 1_000

    /// The longest line, in bytes, that keepalived reads.
    package static let keepalivedLine = 1_023

    package init() {}
}
