/// Paths as text.
package enum FilePath {
    /// The part before the last slash, `.` without one.
    package static func folder(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// A path that stands in a file, seen from where that file's own path is seen from.
    package static func resolve(_ path: String, from file: String) -> String {
        if path.utf8.first == UInt8(ascii: "/") { return path }
        let folder = folder(of: file)
        if folder == "." { return path }
        return folder == "/" ? "/" + path : folder + "/" + path
    }
}
