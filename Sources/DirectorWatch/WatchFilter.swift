import ControlProtocol

/// A text that is looked for, whatever the case of ASCII letters. An empty one is found everywhere.
struct WatchFilter: Hashable, Sendable {
    private let wanted: [UInt8]

    init(_ text: String) {
        wanted = text.utf8.map(Self.lowercased)
    }

    var isEmpty: Bool { wanted.isEmpty }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (0x41...0x5a).contains(byte) ? byte | 0x20 : byte
    }

    func finds(in text: String) -> Bool {
        guard let first = wanted.first else { return true }
        let bytes = Array(text.utf8)
        guard bytes.count >= wanted.count else { return false }
        for start in 0...(bytes.count - wanted.count) where Self.lowercased(bytes[start]) == first {
            var offset = 1
            while offset < wanted.count, Self.lowercased(bytes[start + offset]) == wanted[offset] { offset += 1 }
            if offset == wanted.count { return true }
        }
        return false
    }

    // MARK: What can be found

    func finds(_ instance: InstanceReport) -> Bool {
        isEmpty || finds(in: instance.name) || finds(in: instance.state) || finds(in: instance.interface)
            || instance.addresses.contains { finds(in: $0) } || instance.group.map { finds(in: $0) } ?? false
    }

    /// By what is its own; its servers are asked one by one.
    func finds(_ service: ServiceReport) -> Bool {
        isEmpty || finds(in: service.name) || finds(in: WatchWords.state(of: service))
    }

    func finds(_ server: ServerReport) -> Bool {
        isEmpty || finds(in: server.name) || finds(in: WatchWords.state(of: server))
    }

    func finds(_ event: DirectorEvent) -> Bool {
        isEmpty || finds(in: event.subject) || finds(in: event.text) || finds(in: event.kind.rawValue)
    }
}
