/// Files that exist only here: for tests, and for text that is no file.
package struct FilesInMemory: ConfigurationFiles {
    package var files: [String: [UInt8]]
    package var environment: [String: String]
    package var unreadable: Set<String> = []

    package init(_ files: [String: String] = [:], environment: [String: String] = [:]) {
        self.files = files.mapValues { Array($0.utf8) }
        self.environment = environment
    }

    package func read(_ path: String, limit: Int) -> FileContents {
        if unreadable.contains(path) { return .unreadable("Permission denied") }
        guard let bytes = files[path] else { return isFolder(path) ? .folder : .missing }
        return bytes.count > limit ? .tooLarge : .bytes(bytes)
    }

    package func matches(_ pattern: String) -> [String] {
        let parts = pattern.split(separator: "/", omittingEmptySubsequences: false)
        return files.keys.filter { path in
            let candidates = path.split(separator: "/", omittingEmptySubsequences: false)
            return candidates.count == parts.count
                && zip(parts, candidates).allSatisfy { Wildcard($0).matches(String($1)) }
        }.sorted()
    }

    package func isFolder(_ path: String) -> Bool {
        let prefix = path.hasSuffix("/") ? path : path + "/"
        return files.keys.contains { $0.hasPrefix(prefix) }
    }

    package func folder(of path: String) -> String {
        let folder = FilePath.folder(of: path)
        return folder.hasPrefix("/") ? folder : "/" + (folder == "." ? "" : folder)
    }

    package func environmentVariable(_ name: String) -> String? { environment[name] }
}
