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
                && zip(parts, candidates).allSatisfy { Self.matches(Array($0.utf8)[...], Array($1.utf8)[...]) }
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

    /// Knows `*` and `?`, which is what tests write.
    private static func matches(_ pattern: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>) -> Bool {
        guard let first = pattern.first else { return name.isEmpty }
        switch first {
        case UInt8(ascii: "*"):
            return (name.startIndex...name.endIndex).contains { matches(pattern.dropFirst(), name[$0...]) }
        case UInt8(ascii: "?"):
            return !name.isEmpty && matches(pattern.dropFirst(), name.dropFirst())
        default:
            return name.first == first && matches(pattern.dropFirst(), name.dropFirst())
        }
    }
}
