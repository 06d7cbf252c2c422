import Glibc

/// Files of /proc and /sys, which are short and read in one go.
enum SmallFile {
    /// The file's text without the line end behind it; nil where it cannot be read.
    static func text(_ path: String, limit: Int = 1 << 16) -> String? {
        guard let bytes = bytes(path, limit: limit) else { return nil }
        var text = bytes[...]
        while let last = text.last, last == 0x0a || last == 0x20 { text.removeLast() }
        return String(decoding: text, as: UTF8.self)
    }

    /// - Returns: Nil where it cannot be read; at most `limit` octets.
    static func bytes(_ path: String, limit: Int = 1 << 16) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: min(limit, 1 << 16))
        while bytes.count < limit {
            let count = read(descriptor, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return nil }
            if count == 0 { break }
            bytes += piece[..<count]
        }
        return bytes
    }

    /// The names in a folder; none where it cannot be read.
    static func names(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: pointer.pointee)) {
                    String(cString: $0)
                }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }
}
