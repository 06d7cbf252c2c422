import FuzzedText
import KeepalivedConfig

/// Any bytes are a configuration: it is read and understood, and whatever is told about it has a place in it.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzConfiguration(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
    let tree = read(data, size)
    checkPlaces(Configuration.understand(tree).diagnostics, in: tree)
    return 0
}
