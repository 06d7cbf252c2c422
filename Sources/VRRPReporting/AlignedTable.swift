package import Reporting

/// Rows of words under a heading, each column as wide as its widest cell.
package struct AlignedTable {
    /// Which side of a column its cells keep to.
    package enum Side: Hashable, Sendable { case left, right }

    private let sides: [Side]
    private var rows: [[String]]

    /// - Parameter columns: The headings, with the side of their columns.
    package init(_ columns: [(String, Side)]) {
        sides = columns.map(\.1)
        rows = [columns.map(\.0)]
    }

    /// What comes from outside is made harmless.
    package mutating func add(_ cells: [String]) {
        rows.append(cells.map(ShownText.harmless))
    }

    package func write(into text: inout Text, indent: Int = 0) {
        let widths = sides.indices.map { column in rows.map { Self.width($0[column]) }.max() ?? 0 }
        for row in rows {
            text.spaces(indent)
            for (column, cell) in row.enumerated() {
                let gap = widths[column] - Self.width(cell)
                if sides[column] == .right { text.spaces(gap) }
                text.append(cell)
                guard column + 1 < row.count, row[(column + 1)...].contains(where: { !$0.isEmpty }) else { break }
                text.spaces((sides[column] == .left ? gap : 0) + 2)
            }
            text.newline()
        }
    }

    private static func width(_ cell: String) -> Int { cell.unicodeScalars.count }
}
