/// What reading a configuration needs from the machine that it lies on: files, and the environment.
package protocol ConfigurationFiles {
    /// Reads a whole file.
    ///
    /// - Parameter limit: The largest number of bytes that are wanted.
    func read(_ path: String, limit: Int) -> FileContents

    /// The files that a pattern with `*`, `?` and `[…]` stands for, sorted by name. Braces are expanded already.
    func matches(_ pattern: String) -> [String]

    /// Whether there is such a folder.
    func isFolder(_ path: String) -> Bool

    /// The absolute path of the folder that a file lies in, for `${_PWD}`.
    func folder(of path: String) -> String

    /// The value of an environment variable, for `${_ENV NAME}`; nil if it is not set.
    func environmentVariable(_ name: String) -> String?
}

/// What came of reading a file.
package enum FileContents: Sendable, Equatable {
    case bytes([UInt8])
    case missing
    case folder
    /// Larger than the limit.
    case tooLarge
    /// The system's reason: `Permission denied`.
    case unreadable(String)
}
