/// A value of the configuration with the place that it came from.
///
/// Two settings are equal if their values are: a configuration that says the same in other places is the same.
package struct Setting<Value: Hashable & Sendable>: Hashable, Sendable {
    package var value: Value
    package var origin: Origin

    package init(_ value: Value, _ origin: Origin = .standard) {
        self.value = value
        self.origin = origin
    }

    package static func == (left: Setting, right: Setting) -> Bool { left.value == right.value }

    package func hash(into hasher: inout Hasher) { hasher.combine(value) }

    /// Sets the value by a rule, unless it was written.
    mutating func settle(_ value: Value, _ reason: Origin.Reason, _ span: SourceSpan?) {
        guard origin.isOpen else { return }
        self = Setting(value, .because(reason, span))
    }

    /// Sets the value by a rule, whatever was written.
    mutating func force(_ value: Value, _ reason: Origin.Reason, _ span: SourceSpan?) {
        self = Setting(value, .because(reason, span))
    }

    /// The place where it was written or what decided it was.
    package var span: SourceSpan? { origin.span }

    /// Takes over the value of a wider block, unless this one was written.
    package mutating func inherit(_ wider: Setting, from scope: Scope) {
        guard origin.isOpen, !wider.origin.isStandard else { return }
        value = wider.value
        switch wider.origin {
        case .file(let span): origin = .inherited(from: scope, span)
        default: origin = wider.origin
        }
    }
}
