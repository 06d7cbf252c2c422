import Glibc

/// A pipe whose reading end does not block.
struct Pipe: ~Copyable {
    let reading: Int32
    let writing: Int32

    init() {
        var ends: [Int32] = [-1, -1]
        _ = pipe(&ends)
        (reading, writing) = (ends[0], ends[1])
        _ = fcntl(reading, F_SETFL, O_NONBLOCK)
    }

    deinit {
        close(reading)
        close(writing)
    }

    /// Gives up reading; the number then belongs to a pipe that nobody writes, so that it may be closed again.
    func closeReading() {
        var ends: [Int32] = [-1, -1]
        _ = pipe(&ends)
        dup2(ends[0], reading)
        close(ends[0])
        close(ends[1])
    }

    /// What there is to read now.
    func read() -> String {
        var bytes: [UInt8] = []
        var room = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(reading, &room, room.count)
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += room[..<count]
        }
    }
}
