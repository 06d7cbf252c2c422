package import KeepalivedConfig

/// What a check of a configuration found.
package struct DiagnosticReport: Sendable {
    /// The file that was asked for.
    package var path: String
    package var files: [SourceFile]
    /// By place.
    package var diagnostics: [Diagnostic]
    /// Whether warnings count.
    package var isStrict: Bool

    package init(path: String, files: [SourceFile], diagnostics: [Diagnostic], isStrict: Bool = false) {
        self.path = path
        self.files = files
        self.diagnostics = Diagnostic.inOrder(diagnostics)
        self.isStrict = isStrict
    }

    package var errorCount: Int { diagnostics.count { $0.severity == .error } }

    package var warningCount: Int { diagnostics.count - errorCount }

    package var status: CheckStatus {
        if errorCount > 0 { return .errors }
        return isStrict && warningCount > 0 ? .warnings : .runs
    }

    /// The path of a span's file.
    package func path(of span: SourceSpan) -> String {
        let index = Int(span.file)
        return files.indices.contains(index) ? files[index].path : path
    }
}
