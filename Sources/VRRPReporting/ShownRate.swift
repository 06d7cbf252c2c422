/// Numbers in three digits and a unit, for columns: `0`, `999`, `1.2k`, `34M`.
package enum ShownRate {
    package static func text(_ number: UInt64) -> String {
        guard number >= 1000 else { return "\(number)" }
        var scale: UInt64 = 1
        for unit in ["k", "M", "G", "T", "P", "E"] {
            scale *= 1000
            if number / scale < 10 { return "\(number / scale).\(number % scale / (scale / 10))\(unit)" }
            if number / scale < 1000 { return "\(number / scale)\(unit)" }
        }
        return "\(number)"
    }
}
