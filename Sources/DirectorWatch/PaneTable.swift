import Screens

/// The columns of a pane, fitted to a width, and lines in them.
struct PaneTable {
    private let glyphs: GlyphSet
    private let nameWidth: Int
    private let columns: [PaneColumn]
    let width: Int

    /// Before the name: the mark of what is selected.
    private static let margin = 2

    /// - Parameters:
    ///   - name: The least width of the name, and the greatest that is of use.
    ///   - stretched: The title of the column that gets what is left over.
    init(_ columns: [PaneColumn], name: ClosedRange<Int>, stretched: String?, width: Int, _ glyphs: GlyphSet) {
        let fit = PaneColumn.fitting(columns, name: name, width: width - Self.margin)
        self.glyphs = glyphs
        self.width = width
        nameWidth = fit.name
        self.columns = columns.filter { fit.columns.contains($0.title) }.map { column in
            var column = column
            if column.title == stretched { column.width += fit.rest }
            return column
        }
    }

    func width(of title: String) -> Int {
        columns.first { $0.title == title }?.width ?? 0
    }

    func title(_ name: String, hasFocus: Bool) -> ScreenLine {
        let style = CellStyle(isBold: hasFocus, isFaint: !hasFocus)
        var line = ScreenLine(glyphs)
        line.append(hasFocus ? "> " : "  ", style)
        line.append(name, width: nameWidth, .left, style)
        for column in columns {
            line.space(1)
            line.append(column.title, width: column.width, column.side, style)
        }
        line.fit(width)
        return line
    }

    /// - Parameter cells: By the titles of their columns.
    func line(_ name: String, _ style: CellStyle, isSelected: Bool, _ cells: [String: PaneCell]) -> ScreenLine {
        var line = ScreenLine(glyphs)
        line.append(isSelected ? "> " : "  ")
        line.append(name, width: nameWidth, .left, style)
        for column in columns {
            line.space(1)
            let cell = cells[column.title]
            line.append(cell?.text ?? "", width: column.width, column.side, cell?.style ?? .plain)
        }
        line.fit(width)
        if isSelected { line.restyle { $0.isReversed = true } }
        return line
    }
}

/// What stands in a column.
struct PaneCell {
    var text: String
    var style: CellStyle

    init(_ text: String, _ style: CellStyle = .plain) {
        self.text = text
        self.style = style
    }
}
