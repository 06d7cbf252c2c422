/// A line of the screen under construction, cell by cell.
package struct ScreenLine: Hashable, Sendable {
    package private(set) var cells: [Cell] = []
    private let glyphs: GlyphSet

    /// Marks beyond these on one character are left out; they would be a smear, and can be sent without end.
    private static let mostMarks = 3

    package enum Side: Hashable, Sendable {
        case left
        case right
    }

    package init(_ glyphs: GlyphSet = .unicode) {
        self.glyphs = glyphs
    }

    /// The columns that it takes.
    package var columns: Int { cells.count }

    /// As plain text, without spaces at its end.
    package var text: String {
        var text = cells.reduce(into: "") { $0 += $1.text }
        while text.hasSuffix(" ") { text.removeLast() }
        return text
    }

    /// - Parameter text: Without control characters.
    package mutating func append(_ text: String, _ style: CellStyle = .plain) {
        if text.utf8.allSatisfy({ $0 < 0x80 }) {
            for scalar in text.unicodeScalars { cells.append(Cell(text: String(scalar), style: style)) }
            return
        }
        var marks = 0
        for scalar in text.unicodeScalars {
            let columns = CellWidth.columns(of: scalar)
            if columns == 0, glyphs == .unicode, var base = cells.popLast() {
                // The second column of a wide character is behind the cell that the mark belongs to.
                let second = base.isContinued ? base : nil
                if second != nil { base = cells.popLast() ?? .blank }
                marks += 1
                if marks <= Self.mostMarks { base.text.unicodeScalars.append(scalar) }
                cells.append(base)
                if let second { cells.append(second) }
                continue
            }
            marks = 0
            let isShown = scalar.isASCII || (glyphs == .unicode && columns > 0)
            cells.append(Cell(text: isShown ? String(scalar) : "?", style: style))
            if columns == 2 {
                cells.append(Cell(text: glyphs == .unicode ? "" : "?", style: style))
            }
        }
    }

    /// Appends text in a column of its own: cut with an ellipsis, or filled with spaces.
    package mutating func append(_ text: String, width: Int, _ side: Side = .left, _ style: CellStyle = .plain) {
        guard width > 0 else { return }
        var field = ScreenLine(glyphs)
        field.append(text, style)
        field.cut(to: width)
        let rest = max(width - field.columns, 0)
        if side == .right { space(rest, style) }
        cells += field.cells
        if side == .left { space(rest, style) }
    }

    package mutating func append(_ line: ScreenLine) {
        cells += line.cells
    }

    package mutating func space(_ columns: Int, _ style: CellStyle = .plain) {
        guard columns > 0 else { return }
        cells += repeatElement(Cell(text: " ", style: style), count: columns)
    }

    /// Cuts what is longer, the last column being an ellipsis then.
    package mutating func cut(to columns: Int) {
        guard cells.count > columns else { return }
        guard columns > 0 else {
            cells.removeAll()
            return
        }
        var style = cells[columns - 1].style
        cells.removeLast(cells.count - columns + 1)
        // Half of a wide character is none.
        if let last = cells.last, !last.isContinued, last.text.unicodeScalars.first.map(CellWidth.columns) == 2 {
            style = last.style
            cells[cells.count - 1] = Cell(text: " ", style: style)
        }
        cells.append(Cell(text: glyphs.ellipsis, style: style))
    }

    /// Cuts or fills it to just so many columns.
    package mutating func fit(_ columns: Int, _ style: CellStyle = .plain) {
        cut(to: columns)
        space(columns - cells.count, style)
    }

    /// Gives all cells another look.
    package mutating func restyle(_ change: (inout CellStyle) -> Void) {
        for index in cells.indices { change(&cells[index].style) }
    }
}
