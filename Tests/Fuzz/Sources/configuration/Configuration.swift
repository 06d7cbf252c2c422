import KeepalivedConfig

/// Any bytes are a configuration: it is read, understood, and whatever is told about it has a place in it.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzConfiguration(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
    let bytes = Array(UnsafeBufferPointer(start: data, count: data == nil ? 0 : size))
    var files = FilesInMemory()
    files.files["k/main.conf"] = bytes
    // The second half again as a file that the first may include.
    files.files["k/a"] = Array(bytes.dropFirst(bytes.count / 2))
    var limits = ReadingLimits()
    limits.statements = 20_000
    limits.expandedBytes = 1 << 20
    limits.files = 50
    let context = ReadingContext(configurationID: "a", limits: limits)
    let tree = ConfigurationReader.read("k/main.conf", in: context, from: files)
    let understood = Configuration.understand(tree)
    for diagnostic in understood.diagnostics {
        guard let span = diagnostic.span else { continue }
        precondition(tree.files.indices.contains(Int(span.file)))
        precondition(span.line >= 1 && span.column >= 1 && span.length >= 0)
    }
    return 0
}
