import Diagnosis
import Glibc

extension HostState {
    /// Reads the processes of this network namespace, and who listens for VRRP in it.
    mutating func readProcesses() {
        let own = Self.link("/proc/self/ns/net")
        for entry in SmallFile.names(in: "/proc") {
            guard let number = Int(entry), number != Int(getpid()), let name = SmallFile.text("/proc/\(entry)/comm")
            else { continue }
            // Of other users' processes it cannot be read without rights: then they may be here.
            if let other = Self.link("/proc/\(entry)/ns/net"), let own, other != own { continue }
            processes.append(ProcessFacts(number: number, name: name, path: Self.link("/proc/\(entry)/exe") ?? ""))
        }
        advertisementSockets = ["/proc/net/raw", "/proc/net/raw6"].reduce(0) { $0 + Self.sockets(in: $1) }
    }

    /// Raw sockets for protocol 112 or 51: the protocol stands in the place of the port.
    private static func sockets(in path: String) -> Int {
        (SmallFile.text(path, limit: 1 << 22) ?? "").split(separator: "\n").dropFirst().count { line in
            let words = line.split(separator: " ")
            guard words.count > 1, let port = words[1].split(separator: ":").last else { return false }
            return port == "0070" || port == "0033"
        }
    }

    private static func link(_ path: String) -> String? {
        var bytes = [CChar](repeating: 0, count: 4096)
        let count = readlink(path, &bytes, bytes.count)
        guard count > 0 else { return nil }
        return String(decoding: bytes[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Reads how many descriptors a process may open.
    mutating func readDescriptorLimit(of process: Int?) {
        let text = SmallFile.text("/proc/\(process.map(String.init) ?? "self")/limits") ?? ""
        guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix("Max open files") }) else { return }
        // The hard limit: the director takes what it may.
        let words = line.split(separator: " ")
        descriptorLimit = words.count > 4 ? UInt64(words[4]) : nil
    }
}
