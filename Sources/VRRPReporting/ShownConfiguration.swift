package import KeepalivedConfig

/// A configuration as it is understood, ready to be written out.
package struct ShownConfiguration {
    package var path: String
    package var files: [SourceFile]
    package var root: ShownBlock
    package var ignored: [Setting<IgnoredStatement>]
    /// Whether passwords and keys are written out.
    package var showsSecrets: Bool

    package init(path: String, files: [SourceFile], configuration: Configuration, showsSecrets: Bool) {
        self.path = path
        self.files = files
        root = configuration.shown
        ignored = configuration.ignored
        self.showsSecrets = showsSecrets
    }

    /// `FILE:LINE`
    func place(_ span: SourceSpan) -> String { "\(file(span)):\(span.line)" }

    func file(_ span: SourceSpan) -> String {
        files.indices.contains(Int(span.file)) ? files[Int(span.file)].path : path
    }

    /// Where a value came from, in a few words.
    func text(_ origin: Origin) -> String {
        switch origin {
        case .standard: "default"
        case .file(let span): place(span)
        case .inherited(let scope, let span): "from \(scope.name) \(place(span))"
        case .because(let reason, nil): "because of \(reason.text)"
        case .because(let reason, let span?): "because of \(reason.text) \(place(span))"
        }
    }

    /// The value, with what must not be read taken out of it.
    func visible(_ setting: ShownSetting) -> ShownValue {
        guard setting.isSecret, !showsSecrets, let words = setting.value.words, !words.isEmpty else {
            return setting.value
        }
        return .words(words.dropLast() + ["********"])
    }
}
