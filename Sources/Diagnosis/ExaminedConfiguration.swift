package import KeepalivedConfig

/// The configuration that a host is examined for.
package struct ExaminedConfiguration: Sendable {
    package var path: String
    package var configuration: Configuration
    package var diagnostics: [Diagnostic]
    /// The files that it was read from.
    package var files: [String]

    package init(path: String, configuration: Configuration, diagnostics: [Diagnostic], files: [String]) {
        self.path = path
        self.configuration = configuration
        self.diagnostics = diagnostics
        self.files = files
    }
}
