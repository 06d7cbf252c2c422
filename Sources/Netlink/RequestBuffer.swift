import CLinux

/// Requests to the kernel, one behind the other as they go over the socket.
///
/// A netlink message is a header of 16 bytes, a fixed part that depends on the type, and attributes; all of it in the
/// machine's byte order and aligned to four bytes (netlink(7)).
package struct RequestBuffer {
    package private(set) var bytes: [UInt8] = []
    /// Where each request begins.
    package private(set) var starts: [Int] = []

    package init() {}

    package var count: Int { starts.count }

    package mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        starts.removeAll(keepingCapacity: true)
    }

    /// Begins a request; what is put next belongs to it.
    ///
    /// - Parameter flags: `NLM_F_*` besides `NLM_F_REQUEST`.
    package mutating func begin(type: Int, flags: Int32 = 0) {
        starts.append(bytes.count)
        raw(UInt32(0))
        raw(UInt16(truncatingIfNeeded: type))
        raw(UInt16(truncatingIfNeeded: flags | NLM_F_REQUEST))
        raw(UInt32(0))
        raw(UInt32(0))
    }

    /// Puts a number as it lies in memory, without an attribute around it.
    @inline(__always)
    package mutating func raw<T: FixedWidthInteger & BitwiseCopyable>(_ value: T) {
        Swift.withUnsafeBytes(of: value) { bytes.append(contentsOf: $0) }
    }

    package mutating func raw(_ octets: [UInt8]) { bytes.append(contentsOf: octets) }

    // MARK: Attributes

    package mutating func put<T: FixedWidthInteger & BitwiseCopyable>(_ type: Int, _ value: T) {
        attribute(type) { $0.raw(value) }
    }

    package mutating func put(_ type: Int, _ octets: [UInt8]) {
        attribute(type) { $0.raw(octets) }
    }

    /// Puts text with a zero byte at its end.
    package mutating func put(_ type: Int, text: String) {
        attribute(type) {
            $0.bytes.append(contentsOf: text.utf8)
            $0.bytes.append(0)
        }
    }

    /// Puts an attribute of which `body` writes the payload.
    package mutating func attribute(_ type: Int, _ body: (inout RequestBuffer) -> Void) {
        let start = bytes.count
        raw(UInt16(0))
        raw(UInt16(truncatingIfNeeded: type))
        body(&self)
        set(UInt16(truncatingIfNeeded: bytes.count - start), at: start)
        align()
    }

    /// Puts an attribute that holds attributes, and says so, as newer parts of the kernel demand.
    package mutating func nest(_ type: Int, _ body: (inout RequestBuffer) -> Void) {
        attribute(type | Int(NLA_F_NESTED), body)
    }

    /// Writes at `start` how many bytes there are from there to the end.
    package mutating func setLength(at start: Int) {
        set(UInt16(truncatingIfNeeded: bytes.count - start), at: start)
    }

    package mutating func align() {
        while bytes.count & 3 != 0 { bytes.append(0) }
    }

    // MARK: Sending

    /// Numbers the requests from `first` on and has one acknowledged.
    ///
    /// Only one, the last: the kernel reports each failure anyway, so silence is success, and the acknowledgement says that
    /// nothing more will come.
    ///
    /// - Parameter acknowledged: Which one; nil for none.
    package mutating func seal(from first: UInt32, acknowledged: Int?) {
        for (index, start) in starts.enumerated() {
            let end = index + 1 < starts.count ? starts[index + 1] : bytes.count
            set(UInt32(truncatingIfNeeded: end - start), at: start)
            set(first &+ UInt32(truncatingIfNeeded: index), at: start + 8)
        }
        if let acknowledged, starts.indices.contains(acknowledged) {
            bytes[starts[acknowledged] + 6] |= UInt8(truncatingIfNeeded: NLM_F_ACK)
        }
    }

    private mutating func set<T: FixedWidthInteger & BitwiseCopyable>(_ value: T, at offset: Int) {
        Swift.withUnsafeBytes(of: value) { source in
            for (index, byte) in source.enumerated() { bytes[offset + index] = byte }
        }
    }
}
