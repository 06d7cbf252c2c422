/// FNV-1a with 64 bits: the same number for the same words in every process and at every start.
struct StableHash {
    private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    mutating func add(_ text: String) {
        for byte in text.utf8 { mix(byte) }
        // What no text contains separates: "a", "bc" is not "ab", "c".
        mix(0xff)
    }

    mutating func add(_ number: some BinaryInteger) { add(String(number)) }

    mutating func add<Number: BinaryInteger>(_ number: Number?) { add(number.map { String($0) } ?? "") }

    mutating func add(_ isTrue: Bool) { mix(isTrue ? 1 : 0) }

    private mutating func mix(_ byte: UInt8) {
        value ^= UInt64(byte)
        value &*= 0x100_0000_01b3
    }
}
