import Screens

/// As much of a terminal as the painter needs: it places characters where it is told, and knows nothing else.
struct SmallTerminal {
    let rows: Int
    let columns: Int
    private var cells: [[String]]
    private var row = 0
    private var column = 0

    init(rows: Int, columns: Int) {
        self.rows = rows
        self.columns = columns
        cells = Array(repeating: Array(repeating: " ", count: columns), count: rows)
    }

    func line(_ row: Int) -> String {
        var text = cells[row].joined()
        while text.hasSuffix(" ") { text.removeLast() }
        return text
    }

    mutating func take(_ bytes: [UInt8]) {
        var rest = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)[...]
        while let scalar = rest.popFirst() {
            guard scalar == "\u{1b}" else {
                put(scalar)
                continue
            }
            precondition(rest.popFirst() == "[")
            var parameters = ""
            while let next = rest.popFirst() {
                if next.value >= 0x40 {
                    obey(next, parameters.split(separator: ";").compactMap { Int($0) })
                    break
                }
                parameters.unicodeScalars.append(next)
            }
        }
    }

    private mutating func obey(_ final: Unicode.Scalar, _ parameters: [Int]) {
        switch final {
        case "H":
            row = (parameters.first ?? 1) - 1
            column = (parameters.dropFirst().first ?? 1) - 1
        case "J": cells = Array(repeating: Array(repeating: " ", count: columns), count: rows)
        case "K": for column in column..<columns { cells[row][column] = " " }
        case "m": break
        default: preconditionFailure("the painter has sent \(final)")
        }
    }

    private mutating func put(_ scalar: Unicode.Scalar) {
        let width = CellWidth.columns(of: scalar)
        if width == 0 {
            let base = column > 1 && cells[row][column - 1].isEmpty ? column - 2 : column - 1
            cells[row][base].unicodeScalars.append(scalar)
            return
        }
        precondition(column + width <= columns, "beyond the row's end")
        // Half of a wide character that is overwritten is a space.
        if cells[row][column].isEmpty { cells[row][column - 1] = " " }
        let end = column + width
        if end < columns, cells[row][end].isEmpty { cells[row][end] = " " }
        cells[row][column] = String(scalar)
        if width == 2 { cells[row][column + 1] = "" }
        column = end
    }
}
