/// What stands in a column of the screen.
package struct Cell: Hashable, Sendable {
    /// A character with the marks that combine with it; empty in the second column of a wide one.
    package var text: String
    package var style: CellStyle

    package static let blank = Cell(text: " ", style: .plain)

    /// Whether it is the second column of the character before it.
    var isContinued: Bool { text.isEmpty }
}
