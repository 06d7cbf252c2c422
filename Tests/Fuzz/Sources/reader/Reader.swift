import FuzzedText
import KeepalivedConfig

/// Any bytes are a configuration's text: it is read, and whatever is told about it has a place in it.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzReader(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
    let tree = read(data, size)
    checkPlaces(tree.diagnostics, in: tree)
    return 0
}
