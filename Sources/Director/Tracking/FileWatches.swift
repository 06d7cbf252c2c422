import KeepalivedConfig
import Reactor
import VRRPProtocol

/// All tracked files. Nothing is polled: the kernel tells what happens in their folders.
final class FileWatches {
    private let loop: EventLoop
    private let log: Log
    private let changed: (String, Int) -> Void
    private var files: [String: FileWatch] = [:]
    private var notices: FolderNotices?
    /// What was last said about a file that has no number.
    private var complaints: [String: String] = [:]

    init(_ loop: EventLoop, _ log: Log, changed: @escaping (String, Int) -> Void) {
        self.loop = loop
        self.log = log
        self.changed = changed
    }

    func value(of name: String) -> Int? { files[name]?.value }

    /// Watches these files. One that is as before stays as it is; `init_file` is for new ones.
    func update(to definitions: [TrackFile]) {
        let old = files
        var new: [String] = []
        files = [:]
        for definition in definitions {
            guard let path = definition.path.value else { continue }
            let name = definition.name.value
            if let file = old[name], file.path == path, file.definition.initial == definition.initial {
                files[name] = file
                continue
            }
            let file = FileWatch(definition, path: path)
            if let reason = file.initialize() {
                log.error(
                    "track_file \(name): \(path) cannot be written: \(reason)", event: "track-file", ["file": name])
            }
            files[name] = file
            new.append(name)
        }
        guard !files.isEmpty else {
            notices = nil
            complaints = [:]
            return
        }
        listen()
        settle()
        for name in new { read(name, isFirst: true) }
    }

    private func listen() {
        guard notices == nil else { return }
        do {
            notices = try FolderNotices(loop) { [unowned self] in heard($0) }
        } catch {
            log.error(
                "tracked files are not watched: \(error.operation) failed with error \(error.code)", event: "track-file"
            )
        }
    }

    /// Watches the folders that the files are in now, and no others.
    private func settle() {
        guard let notices else { return }
        let before = files.values.reduce(into: Set<Int32>()) { $0.formUnion($1.folders) }
        for name in files.keys {
            // Until nothing has changed while it was being looked at.
            var folders = files[name]?.foldersNow() ?? []
            for _ in 0..<8 {
                files[name]?.folders = Set(folders.compactMap { notices.add($0) })
                let again = files[name]?.foldersNow() ?? []
                if again == folders { break }
                folders = again
            }
        }
        let after = files.values.reduce(into: Set<Int32>()) { $0.formUnion($1.folders) }
        for watch in before.subtracting(after) { notices.remove(watch) }
    }

    private func heard(_ notice: FolderNotices.Notice) {
        let concerned = files.values.filter { file in
            guard let watch = notice.watch else { return true }
            guard file.folders.contains(watch) else { return false }
            // In a folder such as /run much happens that is of no interest.
            return file.isLinked || notice.isFolderGone || file.path.contains("/\(notice.name)")
        }
        guard !concerned.isEmpty else { return }
        settle()
        for file in concerned {
            // A file that is being made is read when it is written.
            let isNew = !notice.isComplete && notice.name == file.fileName
            if !isNew || file.isLinked || file.hasOtherNames { read(file.name) }
        }
    }

    private func read(_ name: String, isFirst: Bool = false) {
        guard let before = files[name]?.value else { return }
        let complaint = files[name]?.read()
        let file = files[name]
        if complaint != complaints[name], let path = file?.path {
            if let complaint {
                log.notice(
                    "track_file \(name): \(path) \(complaint): it counts as 0", event: "track-file", ["file": name])
            }
            complaints[name] = complaint
        }
        guard !isFirst, let now = file?.value, now != before else { return }
        log.info(
            "track_file \(name): \(before) → \(now)", event: "track-file", ["file": name, "value": String(now)])
        changed(name, now)
    }
}
