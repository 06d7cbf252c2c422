package import KeepalivedConfig

/// Reads any bytes as a configuration that includes its own second half.
package func read(_ data: UnsafePointer<UInt8>?, _ size: Int) -> ConfigurationTree {
    let bytes = Array(UnsafeBufferPointer(start: data, count: data == nil ? 0 : size))
    var files = FilesInMemory(environment: ["A": "1"])
    files.files["k/main.conf"] = bytes
    files.files["k/a"] = Array(bytes.dropFirst(bytes.count / 2))
    // Small, so that an input that reaches a limit is as quick as others.
    var limits = ReadingLimits()
    limits.statements = 1_000
    limits.expandedBytes = 1 << 18
    limits.files = 50
    let context = ReadingContext(configurationID: "a", limits: limits)
    return ConfigurationReader.read("k/main.conf", in: context, from: files)
}

/// Holds each fault to have a place within the files.
package func checkPlaces(_ diagnostics: [Diagnostic], in tree: ConfigurationTree) {
    for span in diagnostics.flatMap({ [$0.span].compactMap { $0 } + $0.related.map(\.span) }) {
        precondition(tree.files.indices.contains(Int(span.file)))
        let lines = tree.files[Int(span.file)].bytes.count { $0 == 0x0a } + 1
        precondition((1...lines).contains(Int(span.line)) && span.column >= 1 && span.length >= 0)
    }
}
