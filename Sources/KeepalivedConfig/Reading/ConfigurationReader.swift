/// Reads the text of a configuration with all that it includes into a tree: what stands where, and in which block.
///
/// This is the language below the keywords: lines, words, quotes and comments, blocks, `include`, `@ID` conditions,
/// `$NAME` parameters, `~SEQ` and `~LST`. A fault of the text becomes a diagnostic, and reading goes on behind it.
package struct ConfigurationReader {
    let context: ReadingContext
    let files: any ConfigurationFiles
    var sources: [SourceFile] = []
    /// Where a path is among the sources.
    var sourceIndices: [String: Int] = [:]
    var diagnostics: [Diagnostic] = []
    var tree: TreeBuilder
    var parameters: [String: Parameter] = [:]
    var randomNumbers: RandomNumbers
    var includeChecks: IncludeChecks
    /// The files that are being read, as indices, the innermost last.
    var readingNow: [Int32] = []
    var filesRead = 0
    var expandedBytes = 0
    var expansionDepth = 0
    /// Set when a limit is reached: then nothing more is read.
    var hasGivenUp = false

    /// Reads a file and what it includes.
    ///
    /// - Parameters:
    ///   - path: The file, for its place in messages and for paths that are relative to it.
    ///   - receive: Takes each statement of the top level as soon as it is whole. The tree has none then: of a large
    ///     configuration it would be ten times the size of the text.
    package static func read(
        _ path: String, in context: ReadingContext, from files: any ConfigurationFiles,
        handingOverTo receive: ((Statement) -> Void)? = nil
    ) -> ConfigurationTree {
        var reader = ConfigurationReader(context: context, files: files, tree: TreeBuilder(handingOverTo: receive))
        return reader.readAll(path)
    }

    /// Reads text that needs no files.
    package static func read(
        text: String, as path: String = "keepalived.conf",
        in context: ReadingContext = ReadingContext(configurationID: "")
    ) -> ConfigurationTree {
        read(path, in: context, from: FilesInMemory([path: text]))
    }

    private init(context: ReadingContext, files: any ConfigurationFiles, tree: TreeBuilder) {
        self.context = context
        self.files = files
        self.tree = tree
        includeChecks = context.includeChecks
        randomNumbers = RandomNumbers(seed: context.randomSeed)
    }

    private mutating func readAll(_ path: String) -> ConfigurationTree {
        switch files.read(path, limit: context.limits.fileSize) {
        case .bytes(let bytes): readFile(path, bytes)
        case let other:
            sources.append(SourceFile(path: path, bytes: []))
            let reason = Self.reason(other, limit: context.limits.fileSize)
            report(Diagnostic(.error, "unreadable-file", "cannot read \(path): \(reason)", at: nil))
        }
        reportUnclosedBlocks()
        return ConfigurationTree(files: sources, statements: tree.root, diagnostics: Diagnostic.inOrder(diagnostics))
    }

    /// Reads the bytes of a file that is not being read already.
    mutating func readFile(_ path: String, _ bytes: [UInt8]) {
        filesRead += 1
        let index = sourceIndices[path] ?? sources.count
        if index == sources.count {
            sourceIndices[path] = index
            sources.append(SourceFile(path: path, bytes: bytes))
        }
        readingNow.append(Int32(truncatingIfNeeded: index))
        let checks = includeChecks
        readLines(sources[index].bytes, file: Int32(truncatingIfNeeded: index))
        includeChecks = checks
        readingNow.removeLast()
    }

    static func reason(_ contents: FileContents, limit: Int) -> String {
        switch contents {
        case .bytes: "it can be read"
        case .missing: "there is no such file"
        case .folder: "it is a folder"
        case .tooLarge: "it is larger than \(limit >> 20) MiB"
        case .unreadable(let reason): reason
        }
    }

    // MARK: Faults

    mutating func report(_ diagnostic: Diagnostic) {
        guard !hasGivenUp else { return }
        diagnostics.append(diagnostic)
        if diagnostics.count >= context.limits.faults {
            giveUp(
                "too-many-faults", "there are more faults than these \(diagnostics.count); the rest is not read", nil)
        }
    }

    /// Stops all reading at a limit.
    mutating func giveUp(_ code: String, _ message: String, _ span: SourceSpan?) {
        guard !hasGivenUp else { return }
        diagnostics.append(Diagnostic(.error, code, message, at: span))
        hasGivenUp = true
    }

    private mutating func reportUnclosedBlocks() {
        var unclosed: [Diagnostic] = []
        let misplaced = Self.misplaced(tree)
        tree.finish { owner, brace, body in
            guard let owner else {
                unclosed.append(
                    Diagnostic(.error, "unclosed-block", "this { is never closed", at: brace, expected: "a } for it"))
                return
            }
            let name = Self.name(owner)
            var related: [Diagnostic.Related] = []
            if owner.keyword.span.line != brace.line || owner.keyword.span.file != brace.file {
                related.append(.init("the block begins here", at: owner.keyword.span))
            }
            // Where people indent, what stands as far left as the block's own keyword is probably no part of it.
            let stranger = body.first {
                $0.keyword.span.file == owner.keyword.span.file && $0.keyword.span.line > owner.keyword.span.line
                    && $0.keyword.span.column <= owner.keyword.span.column && owner.keyword.span.line == brace.line
            }
            if let stranger {
                related.append(.init("its } may be missing before this", at: stranger.keyword.span))
            } else if let misplaced {
                related.append(misplaced)
            }
            unclosed.append(
                Diagnostic(
                    .error, "unclosed-block", "the block `\(name)` is never closed", at: brace,
                    expected: "a } for it", related: related))
        }
        for diagnostic in unclosed.reversed() { report(diagnostic) }
    }

    /// A statement as messages name it: its keyword and first argument.
    static func name(_ statement: Statement) -> String {
        guard let argument = statement.arguments.first else { return statement.keyword.text }
        return statement.keyword.text + " " + argument.text
    }
}
