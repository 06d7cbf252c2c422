/// Looks for a regular expression in bytes that come piece by piece. It keeps no more of them than a match may need that
/// has begun, and what decides whether one begins.
struct ResponseSearch {
    private let expression: RegularExpression
    /// Where a match may begin.
    private let first: Int
    private let last: Int?

    private var window: [UInt8] = []
    /// How many bytes came before the window.
    private var dropped = 0
    /// Before this place no match begins. Counted from the first byte of all.
    private var from: Int
    private(set) var isFound = false

    /// A match that has begun so many bytes ago is given up.
    static let longestMatch = 64 << 10

    init(_ expression: RegularExpression, from first: Int = 0, to last: Int? = nil) {
        self.expression = expression
        (self.first, self.last) = (first, last)
        from = first
    }

    mutating func add(_ bytes: ArraySlice<UInt8>) {
        guard !isFound else { return }
        window += bytes
        look(isWhole: false)
    }

    /// Nothing comes any more: what holds only at the end is found now.
    mutating func finish() {
        guard !isFound else { return }
        look(isWhole: true)
        window = []
    }

    private mutating func look(isWhole: Bool) {
        let held = isWhole || !expression.isUTF ? 0 : window.unfinishedCharacter
        let end = dropped + window.count - held
        defer { forget() }
        guard end > from || isWhole && end == from else { return }
        // A match may not begin behind the last place, and there is no use in looking.
        if let last, from > last { return }
        let outcome: RegularExpression.Outcome
        if held == 0 {
            outcome = match(window, isWhole)
        } else {
            outcome = match(Array(window.dropLast(held)), isWhole)
        }
        switch outcome {
        case .found: isFound = true
        case .begun(let place): from = max(from, dropped + place)
        case .none: from = end
        }
        if end - from > Self.longestMatch { from = end }
    }

    private func match(_ bytes: [UInt8], _ isWhole: Bool) -> RegularExpression.Outcome {
        expression.match(bytes, from: from - dropped, limit: last.map { max(0, $0 - dropped) }, isWhole: isWhole)
    }

    /// Lets go of what no match needs any more.
    private mutating func forget() {
        if isFound {
            window = []
            return
        }
        let needless = min(window.count, from - expression.lookBehind - dropped)
        // Moving what stays has a price too.
        guard needless >= 4 << 10 else { return }
        window.removeFirst(needless)
        dropped += needless
    }
}

extension [UInt8] {
    /// How many bytes at the end begin a character of UTF-8 without ending it; 0 to 3.
    var unfinishedCharacter: Int {
        for back in 1...3 where count >= back {
            let byte = self[count - back]
            if byte & 0xc0 == 0x80 { continue }
            let length =
                switch byte {
                case 0xc2...0xdf: 2
                case 0xe0...0xef: 3
                case 0xf0...0xf4: 4
                default: 1
                }
            return length > back ? back : 0
        }
        return 0
    }
}
