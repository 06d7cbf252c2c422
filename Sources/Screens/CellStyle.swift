/// How a cell of the screen looks.
package struct CellStyle: Hashable, Sendable {
    /// One of the eight that every terminal has, in the terminal's own shades.
    package enum Colour: UInt8, Hashable, Sendable {
        case red = 31
        case green = 32
        case yellow = 33
        case cyan = 36
    }

    package var colour: Colour?
    package var isBold: Bool
    package var isFaint: Bool
    package var isReversed: Bool

    package init(_ colour: Colour? = nil, isBold: Bool = false, isFaint: Bool = false, isReversed: Bool = false) {
        self.colour = colour
        self.isBold = isBold
        self.isFaint = isFaint
        self.isReversed = isReversed
    }

    package static let plain = CellStyle()
    package static let bold = CellStyle(isBold: true)
    package static let faint = CellStyle(isFaint: true)
    package static let reversed = CellStyle(isReversed: true)

    /// Select Graphic Rendition (ECMA-48, 8.3.117), from nothing.
    func sequence(hasColour: Bool) -> String {
        var codes = "0"
        if isBold { codes += ";1" }
        if isFaint { codes += ";2" }
        if isReversed { codes += ";7" }
        if hasColour, let colour { codes += ";\(colour.rawValue)" }
        return codes == "0" ? "\u{1b}[m" : "\u{1b}[\(codes)m"
    }
}
