import Glibc

/// Writes what the suite finds, for people.
struct Report {
    var verbose: Bool

    func passed(_ theCase: Case) {
        if verbose { say("ok    \(theCase.group): \(theCase.name)") }
    }

    func failed(_ theCase: Case, _ differences: [Difference]) {
        say("FAIL  \(theCase.group): \(theCase.name)  (table \(theCase.table); \(theCase.origin))")
        for difference in differences {
            guard !(difference.expectedText.isEmpty && difference.actualText.isEmpty) else {
                say("    \(difference.aspect): \(difference.expected), but ours \(difference.actual)")
                continue
            }
            say("    \(difference.aspect): - \(difference.expected)  + \(difference.actual)")
            let expected = lines(difference.expectedText)
            let actual = lines(difference.actualText)
            let same = zip(expected, actual).prefix { $0 == $1 }.count
            let rest = zip(expected.dropFirst(same).reversed(), actual.dropFirst(same).reversed())
            let sameAtEnd = rest.prefix { $0 == $1 }.count
            if same > 0 { say("        (\(same) equal lines)") }
            show("-", expected[same..<(expected.count - sameAtEnd)])
            show("+", actual[same..<(actual.count - sameAtEnd)])
            if sameAtEnd > 0 { say("        (\(sameAtEnd) equal lines)") }
        }
    }

    private func show(_ mark: String, _ lines: ArraySlice<String>) {
        for line in lines.prefix(verbose ? Int.max : 20) { say("      \(mark) \(line)") }
        if lines.count > 20 && !verbose { say("      \(mark) … \(lines.count - 20) more") }
    }
}

/// The lines with every blank at the end, tab and control character visible, and `$` for each newline.
private func lines(_ text: Bytes) -> [String] {
    var lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
        let blanks = line.reversed().prefix { $0 == UInt8(ascii: " ") }.count
        return line.dropLast(blanks).map(visible).joined() + String(repeating: "\u{b7}", count: blanks) + "$"
    }
    if lines.last == "$" {
        lines.removeLast()
    } else if let last = lines.popLast() {
        lines.append(String(last.dropLast()) + "  (no newline)")
    }
    return lines
}

private func visible(_ byte: UInt8) -> String {
    switch byte {
    case UInt8(ascii: "\t"): "\\t"
    case 0x20..<0x7f: String(UnicodeScalar(byte))
    default: "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
}

/// Prints a line at once, so that what was found is seen even if the machine stops.
func say(_ line: String) {
    let bytes = Bytes(line.utf8) + [UInt8(ascii: "\n")]
    _ = write(1, bytes, bytes.count)
}
