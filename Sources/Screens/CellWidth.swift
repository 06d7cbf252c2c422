/// The columns that a terminal gives a character.
package enum CellWidth {
    /// - Returns: 0 for marks that combine, 2 for what East Asian text has wide (Unicode's annex 11), else 1.
    package static func columns(of scalar: Unicode.Scalar) -> Int {
        switch scalar.value {
        case 0x300...0x36f, 0x1ab0...0x1aff, 0x20d0...0x20ff, 0xfe00...0xfe0f: 0
        case 0x1100...0x115f, 0x2e80...0xa4cf, 0xac00...0xd7a3, 0xf900...0xfaff, 0xfe30...0xfe6f, 0xff00...0xff60,
            0xffe0...0xffe6, 0x1f300...0x1faff, 0x20000...0x3fffd:
            2
        default: 1
        }
    }
}
