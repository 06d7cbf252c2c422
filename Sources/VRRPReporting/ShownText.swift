package import KeepalivedConfig
import Screens

/// A line of a file as it can be shown on a terminal, whatever is in it: tabs are spaces, what a terminal would obey is
/// spelled out, and what is far from the mark is left out.
package struct ShownText {
    /// UTF-8.
    package private(set) var line: [UInt8] = []
    /// Columns before the mark.
    package private(set) var markStart = 0
    /// Columns that are marked; 0 for a place between two characters.
    package private(set) var markWidth = 0

    /// The widest line that is shown whole, in columns.
    private static let widest = 120
    private static let tabWidth = 4

    /// - Parameters:
    ///   - bytes: The line without its end.
    ///   - span: What is marked in it.
    package init(_ bytes: ArraySlice<UInt8>, marking span: SourceSpan) {
        let start = Int(span.column) - 1
        let end = start + max(Int(span.length), 0)
        var cells: [Cell] = []
        var offset = 0
        var column = 0
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            // A broken sequence becomes U+FFFD, which stands for one to three bytes; the mark is then off by one or two.
            let text = Self.shown(scalar, at: column)
            let isMarked = offset >= start && offset < end
            cells.append(Cell(text: text.text, width: text.width, isBeforeMark: offset < start, isMarked: isMarked))
            offset += scalar.value == 0xfffd ? 1 : UTF8.width(scalar)
            column += text.width
        }
        show(cells)
    }

    private struct Cell {
        var text: String
        var width: Int
        var isBeforeMark: Bool
        var isMarked: Bool
    }

    /// Puts the cells into the line, or those around the mark if they are too many.
    private mutating func show(_ cells: [Cell]) {
        var first = 0
        var last = cells.count
        let total = cells.reduce(0) { $0 + $1.width }
        if total > Self.widest {
            let mark = cells.prefix { $0.isBeforeMark }.count
            var room = Self.widest / 3
            first = mark
            while first > 0, room > 0 {
                first -= 1
                room -= max(cells[first].width, 1)
            }
            room += Self.widest * 2 / 3
            last = mark
            while last < cells.count, room > 0 {
                room -= max(cells[last].width, 1)
                last += 1
            }
        }
        if first > 0 {
            line += Array("… ".utf8)
            markStart += 2
        }
        for cell in cells[first..<last] {
            line += Array(cell.text.utf8)
            if cell.isBeforeMark { markStart += cell.width }
            if cell.isMarked { markWidth += cell.width }
        }
        if last < cells.count { line += Array(" …".utf8) }
    }

    // MARK: Characters

    /// A text of any origin, without what a terminal would obey.
    package static func harmless(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isObeyed) else { return text }
        return text.unicodeScalars.reduce(into: "") { $0 += shown($1, at: 0).text }
    }

    private static func shown(_ scalar: Unicode.Scalar, at column: Int) -> (text: String, width: Int) {
        if scalar == "\t" {
            let width = tabWidth - column % tabWidth
            return (String(repeating: " ", count: width), width)
        }
        if isObeyed(scalar) {
            let text = "\\u{" + String(scalar.value, radix: 16) + "}"
            return (text, text.utf8.count)
        }
        return (String(Character(scalar)), CellWidth.columns(of: scalar))
    }

    /// Control characters, and those that change the direction of writing.
    private static func isObeyed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0...0x1f, 0x7f...0x9f, 0x200b...0x200f, 0x2028...0x202e, 0x2060...0x2069, 0xfeff: true
        default: false
        }
    }
}
