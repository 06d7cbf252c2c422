/// Brings a terminal from the picture that it shows to another one, by as few bytes as is simple.
package struct ScreenPainter: Sendable {
    private var shown: [[Cell]] = []
    private var columns = 0
    private let hasColour: Bool

    /// Cells that are as they should be and yet are sent again, because to move past them would take as many bytes.
    private static let bridge = 4

    package init(hasColour: Bool) {
        self.hasColour = hasColour
    }

    /// The terminal shows something else now; the next picture is sent whole.
    package mutating func forget() {
        shown.removeAll()
    }

    /// - Parameters:
    ///   - picture: At most as many lines as the terminal has; what is longer than a row is cut.
    ///   - size: The terminal's.
    /// - Returns: What to write; nothing if the terminal shows the picture already.
    package mutating func bytes(for picture: [ScreenLine], size: (rows: Int, columns: Int)) -> [UInt8] {
        var output = ""
        if shown.count != size.rows || columns != size.columns {
            output += "\u{1b}[m\u{1b}[2J"
            shown = Array(repeating: Array(repeating: .blank, count: size.columns), count: size.rows)
            columns = size.columns
        }
        var style = CellStyle.plain
        for row in shown.indices {
            let blank = Array(repeating: Cell.blank, count: size.columns)
            var wanted = blank
            if row < picture.count {
                var line = picture[row]
                line.fit(size.columns)
                wanted = line.cells
            }
            guard wanted != shown[row] else { continue }
            paint(row, from: shown[row], to: wanted, &style, &output)
            shown[row] = wanted
        }
        if style != .plain { output += CellStyle.plain.sequence(hasColour: hasColour) }
        return Array(output.utf8)
    }

    private func paint(
        _ row: Int, from old: [Cell], to new: [Cell], _ style: inout CellStyle, _ output: inout String
    ) {
        // What is blank to the end of the row is erased rather than written.
        let filled = (new.lastIndex { $0 != .blank } ?? -1) + 1
        let erases = old.count - filled > Self.bridge * 2 && old[filled...].contains { $0 != .blank }
        let end = erases ? filled : new.count
        var column = 0
        while column < end {
            guard var last = Self.difference(old, new, from: column, to: end) else { break }
            let first = Self.start(of: last, in: old, new)
            // The run goes on as long as the next difference is near.
            while let next = Self.difference(old, new, from: last + 1, to: min(end, last + 1 + Self.bridge)) {
                last = next
            }
            // A wide character is written whole, with what the second half of an old one leaves behind.
            while last + 1 < end, new[last + 1].isContinued || old[last + 1].isContinued { last += 1 }
            move(to: row, first, &output)
            for cell in new[first...last] { write(cell, &style, &output) }
            column = last + 1
        }
        if erases {
            move(to: row, filled, &output)
            write(style: .plain, &style, &output)
            output += "\u{1b}[K"
        }
    }

    private static func difference(_ old: [Cell], _ new: [Cell], from first: Int, to end: Int) -> Int? {
        guard first < end else { return nil }
        return (first..<end).first { old[$0] != new[$0] }
    }

    private static func start(of column: Int, in old: [Cell], _ new: [Cell]) -> Int {
        var column = column
        while column > 0, new[column].isContinued || old[column].isContinued { column -= 1 }
        return column
    }

    private func move(to row: Int, _ column: Int, _ output: inout String) {
        output += column == 0 ? "\u{1b}[\(row + 1)H" : "\u{1b}[\(row + 1);\(column + 1)H"
    }

    private func write(style wanted: CellStyle, _ style: inout CellStyle, _ output: inout String) {
        guard wanted != style else { return }
        output += wanted.sequence(hasColour: hasColour)
        style = wanted
    }

    private func write(_ cell: Cell, _ style: inout CellStyle, _ output: inout String) {
        write(style: cell.style, &style, &output)
        output += cell.text
    }
}
