import Addresses

/// The addresses from one to another of the same family, both included.
struct AddressRun: Sequence, IteratorProtocol {
    private var next4: ClosedRange<UInt32>.Iterator?
    private var next6: ClosedRange<UInt64>.Iterator?
    private var high: UInt64 = 0

    /// IPv6 addresses that differ in the upper half too are far too many: then it is the first alone.
    init(from first: IPAddress, through last: IPAddress) {
        switch (first, last) {
        case (.v4(let first), .v4(let last)) where first.value <= last.value:
            next4 = (first.value...last.value).makeIterator()
        case (.v6(let first), .v6(let last)) where first.high == last.high && first.low <= last.low:
            high = first.high
            next6 = (first.low...last.low).makeIterator()
        case (.v4(let first), _): next4 = (first.value...first.value).makeIterator()
        case (.v6(let first), _):
            high = first.high
            next6 = (first.low...first.low).makeIterator()
        }
    }

    mutating func next() -> IPAddress? {
        if let value = next4?.next() { return .v4(IPv4Address(value)) }
        return next6?.next().map { .v6(IPv6Address(high: high, low: $0)) }
    }
}
