/// Splits one line of restore input into words.
///
/// Blanks, tabs and carriage returns separate words; `'…'` and `"…"` keep it, with `\` before `"` or `\` in the latter; a word that starts with
/// `#` begins a comment. The word `ipvsadm` is left out, so that recorded command lines can be restored.
package enum RuleLine {
    package enum Failure: Error, Equatable {
        case unterminatedQuote
    }

    package static func words(of line: ArraySlice<UInt8>) throws(Failure) -> [[UInt8]] {
        var words: [[UInt8]] = []
        var index = line.startIndex
        while index < line.endIndex {
            if isBlank(line[index]) {
                index += 1
                continue
            }
            if line[index] == UInt8(ascii: "#") { break }
            let word = try word(of: line, from: &index)
            if !word.is("ipvsadm") { words.append(word) }
        }
        return words
    }

    private static func word(of line: ArraySlice<UInt8>, from index: inout Int) throws(Failure) -> [UInt8] {
        let start = index
        while index < line.endIndex, !isBlank(line[index]), !isQuote(line[index]) { index += 1 }
        var word = Array(line[start..<index])
        while index < line.endIndex, !isBlank(line[index]) {
            let byte = line[index]
            index += 1
            guard isQuote(byte) else {
                word.append(byte)
                continue
            }
            while true {
                guard index < line.endIndex else { throw .unterminatedQuote }
                var inner = line[index]
                index += 1
                if inner == byte { break }
                if byte == UInt8(ascii: "\""), inner == UInt8(ascii: "\\"), index < line.endIndex,
                    line[index] == byte || line[index] == UInt8(ascii: "\\")
                {
                    inner = line[index]
                    index += 1
                }
                word.append(inner)
            }
        }
        return word
    }

    private static func isQuote(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"")
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0d || byte == 0x0a
    }
}
