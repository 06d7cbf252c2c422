/// Diagnostics as they are found, each once: a line that a sequence repeats a thousand times has one fault and not a
/// thousand.
struct FoundFaults: Sendable {
    private(set) var diagnostics: [Diagnostic] = []
    /// How often something was found, repetitions included: whether a step has found anything.
    private(set) var count = 0
    private var places: Set<Place> = []

    private struct Place: Hashable {
        var code: String
        var span: SourceSpan
    }

    init() {}

    /// Whether that is told of this place already.
    func contains(_ code: String, at span: SourceSpan) -> Bool {
        !places.isEmpty && places.contains(Place(code: code, span: span))
    }

    /// - Returns: Whether it is new.
    @discardableResult
    mutating func add(_ diagnostic: Diagnostic) -> Bool {
        count += 1
        if let span = diagnostic.span, !places.insert(Place(code: diagnostic.code, span: span)).inserted {
            return false
        }
        diagnostics.append(diagnostic)
        return true
    }
}
