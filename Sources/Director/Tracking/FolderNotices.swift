import Glibc
import Reactor

/// What happens to the entries of folders (inotify).
final class FolderNotices {
    /// Something happened in a folder.
    struct Notice {
        /// The kernel's number of the folder's watch; nil if notices were lost and anything may have happened.
        var watch: Int32?
        /// The entry; empty for the folder itself.
        var name: String
        /// Whether it is an entry that is there and that nobody writes to now.
        var isComplete: Bool
        /// Whether the folder itself is gone, or is another one.
        var isFolderGone: Bool
    }

    private let loop: EventLoop
    private let descriptor: Int32
    private let heard: (Notice) -> Void

    private static let mask =
        UInt32(IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_CREATE | IN_DELETE_SELF | IN_MOVE_SELF)
        | UInt32(IN_ONLYDIR)

    init(_ loop: EventLoop, heard: @escaping (Notice) -> Void) throws(ReactorError) {
        self.loop = loop
        self.heard = heard
        descriptor = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
        guard descriptor >= 0 else { throw ReactorError("inotify_init1", code: errno) }
        do {
            try loop.watch(descriptor) { [unowned self] in read() }
        } catch {
            close(descriptor)
            throw error
        }
    }

    deinit {
        loop.unwatch(descriptor)
        close(descriptor)
    }

    /// Watches a folder; one that is watched already keeps its number.
    ///
    /// - Returns: Nil with errno if it cannot be watched.
    func add(_ folder: String) -> Int32? {
        let watch = inotify_add_watch(descriptor, folder, Self.mask)
        return watch >= 0 ? watch : nil
    }

    func remove(_ watch: Int32) {
        inotify_rm_watch(descriptor, watch)
    }

    private func read() {
        var bytes = [UInt8](repeating: 0, count: 1 << 14)
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        guard count > 0 else { return }
        let header = MemoryLayout<inotify_event>.size
        var notices: [Notice] = []
        bytes.withUnsafeBytes { buffer in
            var place = 0
            while place + header <= count {
                let event = buffer.loadUnaligned(fromByteOffset: place, as: inotify_event.self)
                let end = place + header + Int(event.len)
                guard end <= count else { break }
                let name = buffer[(place + header)..<end].prefix { $0 != 0 }
                notices.append(Self.notice(event, String(decoding: name, as: UTF8.self)))
                place = end
            }
        }
        for notice in notices { heard(notice) }
    }

    private static func notice(_ event: inotify_event, _ name: String) -> Notice {
        let mask = event.mask
        return Notice(
            watch: mask & UInt32(IN_Q_OVERFLOW) != 0 ? nil : event.wd, name: name,
            isComplete: mask & UInt32(IN_CREATE) == 0 || mask & UInt32(IN_ISDIR) != 0,
            isFolderGone: mask & UInt32(IN_DELETE_SELF | IN_MOVE_SELF | IN_IGNORED) != 0)
    }
}
