/// Text as the parsers take it: bytes in the middle of others.
func bytes(_ text: String) -> ArraySlice<UInt8> {
    let padded = Array("<\(text)>".utf8)
    return padded[1..<padded.count - 1]
}
