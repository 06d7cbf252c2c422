package import Addresses

/// Bytes under construction: appends text and numbers, padded to columns.
///
/// It owns its memory: a listing appends some twenty cells a row, and an array's checks at each would cost more than
/// the cells.
package struct Text: ~Copyable, @unchecked Sendable {
    private var storage: UnsafeMutableBufferPointer<UInt8>
    package private(set) var count = 0

    /// - Parameter capacity: Bytes to begin with; it grows as needed.
    package init(capacity: Int = 256) {
        storage = .allocate(capacity: capacity)
    }

    deinit {
        storage.deallocate()
    }

    /// A copy of what was appended.
    package var bytes: [UInt8] { withBytes { Array($0) } }

    package borrowing func withBytes<R>(_ body: (UnsafeRawBufferPointer) -> R) -> R {
        body(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(storage)[..<count]))
    }

    package mutating func removeAll() {
        count = 0
    }

    /// Keeps the first `length` bytes.
    package mutating func truncate(to length: Int) {
        count = min(count, length)
    }

    // MARK: Text

    @inline(__always)
    package mutating func append(byte: UInt8) {
        reserve(1)
        put(byte)
    }

    @inline(__always)
    package mutating func append(_ string: StaticString) {
        string.withUTF8Buffer { append($0) }
    }

    @_disfavoredOverload
    package mutating func append(_ string: String) {
        var string = string
        string.withUTF8 { append($0) }
    }

    package mutating func append(_ bytes: [UInt8]) {
        bytes.withUnsafeBufferPointer { append($0) }
    }

    package mutating func append(_ bytes: ArraySlice<UInt8>) {
        bytes.withUnsafeBufferPointer { append($0) }
    }

    private mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        reserve(bytes.count)
        for byte in bytes { put(byte) }
    }

    package mutating func newline() {
        append(byte: 0x0a)
    }

    // MARK: Numbers and addresses

    /// Appends a number in decimal.
    @inline(__always)
    package mutating func append(_ number: some BinaryInteger) {
        if number < 0 { append(byte: UInt8(ascii: "-")) }
        append(magnitude: UInt64(number.magnitude))
    }

    private mutating func append(magnitude: UInt64) {
        reserve(20)
        if magnitude < 10 {
            put(0x30 &+ UInt8(truncatingIfNeeded: magnitude))
            return
        }
        let length = Self.digits(of: magnitude)
        var rest = magnitude
        var position = count &+ length
        count = position
        while rest > 0 {
            position &-= 1
            storage[position] = 0x30 &+ UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
    }

    private static func digits(of magnitude: UInt64) -> Int {
        var digits = 1
        var bound: UInt64 = 10
        while digits < 20, magnitude >= bound {
            digits &+= 1
            bound = bound &* 10
        }
        return magnitude == 0 ? 1 : digits
    }

    /// Appends the bare text form, without brackets.
    package mutating func append(_ address: IPAddress) {
        switch address {
        case .v4(let address):
            append(address)
        case .v6(let address):
            var text: [UInt8] = []
            address.write(into: &text)
            append(text)
        }
    }

    package mutating func append(_ address: IPv4Address) {
        reserve(16)
        let (a, b, c, d) = address.octets
        put(octet: a)
        put(UInt8(ascii: "."))
        put(octet: b)
        put(UInt8(ascii: "."))
        put(octet: c)
        put(UInt8(ascii: "."))
        put(octet: d)
    }

    private mutating func put(octet: UInt8) {
        if octet >= 100 { put(0x30 &+ octet / 100) }
        if octet >= 10 { put(0x30 &+ octet / 10 % 10) }
        put(0x30 &+ octet % 10)
    }

    /// Appends where there is room already.
    @inline(__always)
    private mutating func put(_ byte: UInt8) {
        storage[count] = byte
        count &+= 1
    }

    // MARK: Columns

    /// Appends spaces until what `body` wrote is at least `width` bytes, as `%-Ns` does.
    @inline(__always)
    package mutating func left(_ width: Int, _ body: (inout Text) -> Void) {
        let start = count
        body(&self)
        spaces(width - (count - start))
    }

    /// As `left`, and cuts what is longer than `width`, as `%-N.Ns` does.
    @inline(__always)
    package mutating func leftCut(_ width: Int, _ body: (inout Text) -> Void) {
        let start = count
        body(&self)
        truncate(to: start + width)
        spaces(width - (count - start))
    }

    @inline(__always)
    package mutating func left(_ width: Int, _ number: some BinaryInteger) {
        left(width) { $0.append(number) }
    }

    /// Appends a number with spaces before it, as `%Nd` does.
    package mutating func right(_ width: Int, _ number: some BinaryInteger) {
        spaces(width - Self.digits(of: UInt64(number.magnitude)) - (number < 0 ? 1 : 0))
        append(number)
    }

    package mutating func spaces(_ number: Int) {
        guard number > 0 else { return }
        reserve(number)
        for position in count..<count + number { storage[position] = 0x20 }
        count += number
    }

    @inline(__always)
    private mutating func reserve(_ more: Int) {
        if storage.count - count < more { grow(more) }
    }

    private mutating func grow(_ more: Int) {
        let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(storage.count * 2, count + more))
        _ = larger.update(fromContentsOf: storage[..<count])
        storage.deallocate()
        storage = larger
    }
}
