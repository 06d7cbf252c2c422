/// Which word was probably meant.
package enum Spelling {
    /// The nearest of the candidates, if any is near enough to be what was meant: one slip for a short word, one in
    /// three letters for a long one, at most three.
    package static func nearest(to word: String, among candidates: [String]) -> String? {
        let letters = Array(word.utf8)
        guard (2...64).contains(letters.count) else { return nil }
        let bound = min(3, max(1, letters.count / 3))
        var best: (word: String, distance: Int)?
        for candidate in candidates {
            let other = Array(candidate.utf8)
            guard abs(other.count - letters.count) <= bound else { continue }
            let limit = best.map { $0.distance - 1 } ?? bound
            guard limit >= 0, let distance = distance(letters, other, within: limit) else { continue }
            // Two words of which all letters differ are not near, however short they are.
            guard distance < max(letters.count, other.count) - distance else { continue }
            best = (candidate, distance)
        }
        return best?.word
    }

    /// How many letters must be put in, left out, changed or swapped with their neighbour (Damerau and Levenshtein,
    /// the variant that edits no stretch twice); nil if it is more than `bound`.
    static func distance(_ a: [UInt8], _ b: [UInt8], within bound: Int) -> Int? {
        var before: [Int] = []
        var previous = Array(0...b.count)
        for i in 0..<a.count {
            var row = [i + 1]
            row.reserveCapacity(b.count + 1)
            for j in 0..<b.count {
                let same = lower(a[i]) == lower(b[j])
                var cost = min(previous[j + 1] + 1, row[j] + 1, previous[j] + (same ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, before[j - 1] + 1) }
                row.append(cost)
            }
            if let least = row.min(), least > bound { return nil }
            (before, previous) = (previous, row)
        }
        guard let distance = previous.last, distance <= bound else { return nil }
        return distance
    }

    private static func lower(_ letter: UInt8) -> UInt8 { letter &- 0x41 < 26 ? letter | 0x20 : letter }
}
