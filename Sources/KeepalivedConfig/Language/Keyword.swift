/// A keyword of keepalived.conf as the manual page, the completions and the tests see it.
package struct Keyword: Hashable, Sendable {
    package var name: String
    package var scope: Scope
    package var form: ArgumentForm
    /// What holds where the keyword is not written, as text; nil where nothing does.
    package var standard: String?
    /// The unit of a bare number: `seconds`, `bytes`, `microseconds`.
    package var unit: String?
    package var repetition: Repetition
    package var effect: KeywordEffect
    /// The kind of block that it opens.
    package var opens: Scope?
    /// Whether its value is kept from listings.
    package var isSecret: Bool
    /// What it does, in a few words.
    package var summary: String

    package init(
        _ name: String, in scope: Scope, _ form: ArgumentForm, standard: String? = nil, unit: String? = nil,
        repetition: Repetition = .once, effect: KeywordEffect = .takesEffect, opens: Scope? = nil,
        isSecret: Bool = false, _ summary: String
    ) {
        self.name = name
        self.scope = scope
        self.form = form
        self.standard = standard
        self.unit = unit
        self.repetition = repetition
        self.effect = effect
        self.opens = opens
        self.isSecret = isSecret
        self.summary = summary
    }
}
