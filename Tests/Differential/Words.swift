/// A word of a command line, or a stretch of input or output: bytes, since neither program promises UTF-8.
typealias Bytes = [UInt8]

/// Why a line of a case file cannot be read.
struct CaseFileError: Error {
    var message: String
}

/// Splits a line of a case file into words.
///
/// Blanks separate words. `'…'` is literal; in `"…"` a backslash introduces `\n`, `\t`, `\r`, `\\`, `\"` or `\xHH`;
/// `''` is the empty word. Nothing else is special.
func words(of line: Substring) throws(CaseFileError) -> [Bytes] {
    var found: [Bytes] = []
    var word: Bytes = []
    var inWord = false
    var rest = Array(line.utf8)[...]
    while let byte = rest.popFirst() {
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "\t"):
            if inWord { found.append(word) }
            word = []
            inWord = false
        case UInt8(ascii: "'"):
            inWord = true
            guard let end = rest.firstIndex(of: byte) else {
                throw CaseFileError(message: "no closing ' in: \(line)")
            }
            word += rest[..<end]
            rest = rest[(end + 1)...]
        case UInt8(ascii: "\""):
            inWord = true
            word += try quoted(&rest, in: line)
        default:
            inWord = true
            word.append(byte)
        }
    }
    if inWord { found.append(word) }
    return found
}

/// The rest of a `"…"`, whose opening quote has been read.
private func quoted(_ rest: inout ArraySlice<UInt8>, in line: Substring) throws(CaseFileError) -> Bytes {
    var word: Bytes = []
    while let byte = rest.popFirst() {
        if byte == UInt8(ascii: "\"") { return word }
        guard byte == UInt8(ascii: "\\") else {
            word.append(byte)
            continue
        }
        switch rest.popFirst() {
        case UInt8(ascii: "n"): word.append(UInt8(ascii: "\n"))
        case UInt8(ascii: "t"): word.append(UInt8(ascii: "\t"))
        case UInt8(ascii: "r"): word.append(UInt8(ascii: "\r"))
        case UInt8(ascii: "\\"): word.append(UInt8(ascii: "\\"))
        case UInt8(ascii: "\""): word.append(UInt8(ascii: "\""))
        case UInt8(ascii: "x"):
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            guard let value = UInt8(digits, radix: 16) else {
                throw CaseFileError(message: "\\x needs two hexadecimal digits in: \(line)")
            }
            word.append(value)
            rest = rest.dropFirst(2)
        default:
            throw CaseFileError(message: "unknown escape in: \(line)")
        }
    }
    throw CaseFileError(message: "no closing \" in: \(line)")
}

/// A command line as a person would type it into a shell.
func shown(_ commandLine: [Bytes]) -> String {
    commandLine.map(shown).joined(separator: " ")
}

private func shown(_ word: Bytes) -> String {
    let plain = word.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-_=.,:/[]+@%#!".utf8.contains(byte)
        }
    }
    if plain && !word.isEmpty { return String(decoding: word, as: UTF8.self) }
    if word.allSatisfy({ (0x20..<0x7f).contains($0) && $0 != UInt8(ascii: "'") }) {
        return "'" + String(decoding: word, as: UTF8.self) + "'"
    }
    return "\"" + word.map(escaped).joined() + "\""
}

private func escaped(_ byte: UInt8) -> String {
    switch byte {
    case UInt8(ascii: "\n"): "\\n"
    case UInt8(ascii: "\t"): "\\t"
    case UInt8(ascii: "\""): "\\\""
    case UInt8(ascii: "\\"): "\\\\"
    case 0x20..<0x7f: String(UnicodeScalar(byte))
    default: "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
}
