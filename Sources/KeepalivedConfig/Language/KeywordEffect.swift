/// What comes of a keyword that is written.
package enum KeywordEffect: Hashable, Sendable {
    case takesEffect
    /// It is understood and checked, and nothing comes of it here; why.
    case noEffectHere(String)
    /// An older spelling of another keyword of the same block.
    case oldSpelling(of: String)
}

/// How often a keyword may stand in one block.
package enum Repetition: String, Hashable, Sendable {
    /// A second one overrides the first, which is worth a warning.
    case once
    /// Each one adds to those before it.
    case repeatable
}
