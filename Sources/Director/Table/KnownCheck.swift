package import HealthPolicy

/// The last known state of a check.
package struct KnownCheck: Hashable, Sendable {
    package var isUp: Bool
    package var weight: CheckResult.Weight

    package init(isUp: Bool, weight: CheckResult.Weight = .unchanged) {
        self.isUp = isUp
        self.weight = weight
    }
}

extension KnownCheck {
    /// `up`, `down`, and a weight: `=5`, `+5` or `-5`.
    var text: String {
        let word = isUp ? "up" : "down"
        switch weight {
        case .unchanged: return word
        case .absolute(let value): return "\(word) =\(value)"
        case .added(let value): return "\(word) \(value < 0 ? "" : "+")\(value)"
        }
    }

    init?(words: ArraySlice<Substring>) {
        guard let word = words.first, word == "up" || word == "down", words.count <= 2 else { return nil }
        self.init(isUp: word == "up")
        guard words.count == 2, let text = words.last else { return }
        if text.hasPrefix("=") {
            guard let value = Int(text.dropFirst()) else { return nil }
            weight = .absolute(value)
        } else {
            guard let value = Int(text) else { return nil }
            weight = .added(value)
        }
    }
}
