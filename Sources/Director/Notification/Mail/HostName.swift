import Glibc
import LocalHost

/// What this host is called in mail.
enum HostName {
    /// The host's name in full, where the kernel or `/etc/hosts` knows it so; many mail servers want no other. No name
    /// server is asked: that could take long.
    static func full() -> String {
        let name = ThisMachine.fullHostName
        return name.utf8.contains(UInt8(ascii: ".")) ? name : inHostsFile(name, read("/etc/hosts")) ?? name
    }

    /// The first name of the line that has this one, as the resolver takes it, if it has a dot.
    static func inHostsFile(_ name: String, _ text: String) -> String? {
        for line in text.split(separator: "\n") {
            let names = line.prefix { $0 != "#" }.split { $0 == " " || $0 == "\t" }.dropFirst()
            guard names.contains(where: { $0 == name }), let first = names.first else { continue }
            return first.contains(".") ? String(first) : nil
        }
        return nil
    }

    /// Who this process is, by name.
    static func user() -> String {
        guard let entry = getpwuid(geteuid()) else { return "root" }
        return String(cString: entry.pointee.pw_name)
    }

    private static func read(_ path: String) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var room = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count < 1 << 20 {
            let count = Glibc.read(descriptor, &room, room.count)
            guard count > 0 else { break }
            bytes += room[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
