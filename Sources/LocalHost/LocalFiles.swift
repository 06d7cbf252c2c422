import Glibc
package import KeepalivedConfig

/// The files of this machine, for the configuration reader.
package struct LocalFiles: ConfigurationFiles {
    /// The path that may be a pipe or a terminal; what a configuration includes must be a regular file, so that
    /// nothing in it can make a reader wait.
    private let stream: String?

    /// Names in folders that one pattern may look at.
    private static let patternLimit = 100_000

    /// - Parameter stream: The path that may be a pipe or a terminal; `-` is standard input.
    package init(stream: String? = nil) { self.stream = stream }

    package func read(_ path: String, limit: Int) -> FileContents {
        if path == stream, path == "-" { return readAll(STDIN_FILENO, limit, expected: 0) }
        guard !path.utf8.contains(0) else { return .missing }
        guard let status = SystemCalls.status(path) else {
            return errno == ENOENT || errno == ENOTDIR ? .missing : .unreadable(SystemCalls.message(errno))
        }
        if status.isFolder { return .folder }
        guard status.isRegularFile || path == stream else { return .unreadable("it is not a regular file") }
        guard Int(status.st_size) <= limit else { return .tooLarge }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return .unreadable(SystemCalls.message(errno)) }
        defer { close(descriptor) }
        return readAll(descriptor, limit, expected: Int(status.st_size))
    }

    private func readAll(_ descriptor: Int32, _ limit: Int, expected: Int) -> FileContents {
        do {
            guard let bytes = try SystemCalls.readAll(descriptor, limit: limit, expected: expected) else {
                return .tooLarge
            }
            return .bytes(bytes)
        } catch {
            return .unreadable(error.message)
        }
    }

    package func isFolder(_ path: String) -> Bool { SystemCalls.status(path)?.isFolder ?? false }

    package func folder(of path: String) -> String {
        let folder = FilePath.folder(of: path)
        return SystemCalls.realPath(folder) ?? folder
    }

    package func environmentVariable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }

    // MARK: Patterns

    package func matches(_ pattern: String) -> [String] {
        let parts = pattern.split(separator: "/")
        var found = [pattern.hasPrefix("/") ? "/" : ""]
        var budget = Self.patternLimit
        for (index, part) in parts.enumerated() {
            let isLast = index == parts.count - 1
            let wildcard = Wildcard(part)
            var next: [String] = []
            for folder in found {
                let prefix = folder.isEmpty || folder.hasSuffix("/") ? folder : folder + "/"
                guard wildcard.isPattern else {
                    if SystemCalls.status(prefix + part) != nil { next.append(prefix + part) }
                    continue
                }
                for name in Self.names(in: prefix.isEmpty ? "." : prefix, budget: &budget) where wildcard.matches(name)
                {
                    if isLast || isFolder(prefix + name) { next.append(prefix + name) }
                }
            }
            found = next
        }
        return found
    }

    /// The names in a folder, sorted.
    private static func names(in folder: String, budget: inout Int) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while budget > 0, let entry = readdir(stream) {
            budget -= 1
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
