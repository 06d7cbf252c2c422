/// Lines that wait to be written. It has an end: who logs faster than anybody reads loses lines, not time or memory.
struct LogBuffer {
    /// Octets that may wait.
    private let capacity: Int
    private var bytes: [UInt8] = []
    /// Octets at the front that have been written.
    private var written = 0
    /// Lines that found no room since this was last said.
    private(set) var dropped = 0

    init(capacity: Int) {
        self.capacity = capacity
    }

    var isEmpty: Bool { written == bytes.count }

    /// Adds a line, whole or not at all.
    mutating func append(_ line: UnsafeRawBufferPointer) {
        guard bytes.count - written + line.count <= capacity else {
            dropped += 1
            return
        }
        bytes.append(contentsOf: line)
    }

    /// Takes the number of lines that were dropped, once there is room to say so.
    mutating func takeDropped() -> Int? {
        guard dropped > 0, bytes.count - written <= capacity / 2 else { return nil }
        defer { dropped = 0 }
        return dropped
    }

    /// Hands over what waits until `write` takes less than it was given.
    ///
    /// - Parameter write: Returns how many octets it took.
    /// - Returns: Whether nothing waits any more.
    mutating func drain(_ write: (UnsafeRawBufferPointer) -> Int) -> Bool {
        while written < bytes.count {
            let taken = bytes.withUnsafeBytes { write(UnsafeRawBufferPointer(rebasing: $0[written...])) }
            guard taken > 0 else { break }
            written += taken
        }
        if written == bytes.count {
            bytes.removeAll(keepingCapacity: bytes.capacity <= 1 << 14)
            written = 0
        } else if written > capacity / 2 {
            bytes.removeFirst(written)
            written = 0
        }
        return written == bytes.count
    }
}
