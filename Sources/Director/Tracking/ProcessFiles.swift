import Glibc

/// What /proc says about processes.
struct ProcessFiles {
    private var buffer: [UInt8]

    /// - Parameter length: Octets of a command line that are looked at.
    init(length: Int) { buffer = [UInt8](repeating: 0, count: max(length, 256)) }

    /// The numbers of all processes.
    static func all() -> [Int32] {
        guard let folder = opendir("/proc") else { return [] }
        defer { closedir(folder) }
        var numbers: [Int32] = []
        while let entry = readdir(folder) {
            let number = withUnsafeBytes(of: &entry.pointee.d_name) { name -> Int32? in
                var number: Int32 = 0
                for byte in name {
                    if byte == 0 { return number }
                    guard (0x30...0x39).contains(byte), number < 100_000_000 else { return nil }
                    number = number * 10 + Int32(byte - 0x30)
                }
                return nil
            }
            if let number, number > 0 { numbers.append(number) }
        }
        return numbers
    }

    /// The kernel's name of a process; nil if there is no such process.
    mutating func name(of process: Int32) -> ArraySlice<UInt8>? {
        read("/proc/\(process)/comm").map { $0.last == 0x0a ? $0.dropLast() : $0 }
    }

    /// The beginning of its words, each with a NUL behind it; empty for a kernel thread and for a process that has ended.
    mutating func words(of process: Int32) -> ArraySlice<UInt8>? {
        read("/proc/\(process)/cmdline")
    }

    /// Whether it has ended and was not collected yet.
    mutating func isZombie(_ process: Int32) -> Bool {
        // The name before the state may have anything in it, parentheses too.
        guard let line = read("/proc/\(process)/stat"), let end = line.lastIndex(of: UInt8(ascii: ")")) else {
            return true
        }
        let state = line[end...].dropFirst(2).first
        return state == UInt8(ascii: "Z") || state == UInt8(ascii: "X")
    }

    private mutating func read(_ path: String) -> ArraySlice<UInt8>? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        let count = Glibc.read(descriptor, &buffer, buffer.count)
        return count >= 0 ? buffer.prefix(count) : nil
    }
}
