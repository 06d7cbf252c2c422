extension ArraySlice<UInt8> {
    /// Nil where the slice ends before.
    func bigEndianWord(at offset: Int) -> UInt16? {
        guard count >= offset + 2 else { return nil }
        return UInt16(self[startIndex + offset]) << 8 | UInt16(self[startIndex + offset + 1])
    }

    /// In the byte order of the file; the caller has checked the length.
    func word(at offset: Int, bigEndian: Bool) -> UInt16 {
        let first = UInt16(self[startIndex + offset])
        let second = UInt16(self[startIndex + offset + 1])
        return bigEndian ? first << 8 | second : second << 8 | first
    }

    func longWord(at offset: Int, bigEndian: Bool) -> UInt32 {
        let first = UInt32(word(at: offset, bigEndian: bigEndian))
        let second = UInt32(word(at: offset + 2, bigEndian: bigEndian))
        return bigEndian ? first << 16 | second : second << 16 | first
    }
}
