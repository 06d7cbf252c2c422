import Glibc

/// What happened, in order, seen from several closures.
final class Recording<Element> {
    var entries: [Element] = []

    func add(_ entry: Element) {
        entries.append(entry)
    }
}

/// A pipe, closed with the value.
struct Pipe: ~Copyable {
    let reading: Int32
    let writing: Int32

    init() {
        var ends: [Int32] = [-1, -1]
        precondition(pipe(&ends) == 0, "no pipe: errno \(errno)")
        (reading, writing) = (ends[0], ends[1])
    }

    deinit {
        close(reading)
        close(writing)
    }

    func put(_ octet: UInt8 = 0) {
        var octet = octet
        precondition(write(writing, &octet, 1) == 1)
    }

    /// Takes one octet out; it must be there.
    static func take(from descriptor: Int32) -> UInt8 {
        var octet: UInt8 = 0
        precondition(read(descriptor, &octet, 1) == 1)
        return octet
    }
}
