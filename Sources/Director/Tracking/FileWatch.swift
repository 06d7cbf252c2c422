import Glibc
import KeepalivedConfig

/// A `track_file`: its number, and the folders in which something may happen to it.
struct FileWatch {
    let definition: TrackFile
    let path: String
    /// What counts: 0 where there is no number.
    private(set) var value = 0
    /// The kernel's numbers of the folders.
    var folders: Set<Int32> = []
    /// Whether another folder's entries matter too, since there is a symbolic link on the way.
    private(set) var isLinked = false

    init(_ definition: TrackFile, path: String) {
        self.definition = definition
        self.path = path
    }

    var name: String { definition.name.value }

    /// The last component of the path.
    var fileName: String { String(path[(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)...]) }

    /// Whether what is at the path was made under another name, and so is complete: a link of either kind.
    var hasOtherNames: Bool {
        var status = stat()
        guard lstat(path, &status) == 0 else { return false }
        return status.st_mode & S_IFMT == S_IFLNK || status.st_nlink > 1
    }

    /// Reads the number.
    ///
    /// - Returns: What is wrong with the file, as a phrase; nil if it has a number.
    mutating func read() -> String? {
        value = 0
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            return errno == ENOENT || errno == ENOTDIR
                ? "is missing" : "cannot be read: \(String(cString: strerror(errno)))"
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return "is not a file" }
        var bytes = [UInt8](repeating: 0, count: 128)
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        guard count >= 0 else { return "cannot be read: \(String(cString: strerror(errno)))" }
        guard let number = TrackedNumber.parse(bytes.prefix(count)) else {
            return count == 0 ? "is empty" : "does not begin with a number"
        }
        value = number
        return nil
    }

    /// The folders to watch, as they are now: the file's own, or the nearest above it that there is, and where symbolic
    /// links lead elsewhere that one too.
    mutating func foldersNow() -> [String] {
        let folder = Self.nearestFolder(path)
        guard let real = Self.realPath(path) else { return [folder] }
        isLinked = real != path
        return isLinked ? [folder, Self.parent(real)] : [folder]
    }

    private static func nearestFolder(_ path: String) -> String {
        var folder = parent(path)
        while folder != "/" {
            var status = stat()
            if stat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { return folder }
            folder = parent(folder)
        }
        return folder
    }

    private static func parent(_ path: String) -> String {
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
        return String(path[..<slash])
    }

    private static func realPath(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// `init_file`: writes the number that the file is to begin with.
    ///
    /// - Returns: Why it could not be written, as a phrase.
    func initialize() -> String? {
        guard let initial = definition.initial.value else { return nil }
        let how = initial.overwrites ? O_TRUNC : O_EXCL
        let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NONBLOCK | how, 0o644)
        guard descriptor >= 0 else {
            return errno == EEXIST && !initial.overwrites ? nil : String(cString: strerror(errno))
        }
        defer { close(descriptor) }
        var text = "\(initial.value)\n"
        let written = text.withUTF8 { write(descriptor, $0.baseAddress, $0.count) }
        return written < 0 ? String(cString: strerror(errno)) : nil
    }
}
