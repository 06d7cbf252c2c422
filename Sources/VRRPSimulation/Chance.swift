/// The random numbers of a simulation, all from one seed: SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
package struct Chance: Sendable {
    private var state: UInt64

    package init(seed: UInt64) {
        state = seed
    }

    @inline(__always)
    package mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return mixed ^ mixed >> 31
    }

    /// From 0 to `bound` - 1; 0 for a bound of 0.
    @inline(__always)
    package mutating func below(_ bound: UInt64) -> UInt64 {
        next().multipliedFullWidth(by: bound).high
    }

    /// A whole number of the range.
    package mutating func within(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound &+ Int(truncatingIfNeeded: below(UInt64(range.upperBound &- range.lowerBound) &+ 1))
    }

    /// True once in `count` times.
    package mutating func oneIn(_ count: UInt64) -> Bool {
        below(count) == 0
    }

    /// True that often in a million times.
    @inline(__always)
    package mutating func happens(perMillion: UInt32) -> Bool {
        perMillion > 0 && below(1_000_000) < UInt64(perMillion)
    }

    /// One of the elements; nil if there are none.
    package mutating func pick<Element>(_ elements: [Element]) -> Element? {
        elements.isEmpty ? nil : elements[within(0...elements.count - 1)]
    }
}
