/// The characters that a terminal can show.
package enum GlyphSet: Hashable, Sendable {
    case unicode
    /// Nothing but ASCII: the locale is not UTF-8.
    case ascii

    /// What a locale's name promises.
    ///
    /// - Parameter locale: The first of `LC_ALL`, `LC_CTYPE` and `LANG` that is not empty.
    package init(locale: String) {
        let name = locale.uppercased().prefix { $0 != "@" }
        self = name.hasSuffix("UTF-8") || name.hasSuffix("UTF8") ? .unicode : .ascii
    }

    /// Stands for what was cut off.
    package var ellipsis: String { self == .unicode ? "…" : "~" }

    /// From little to much, as a bar.
    package var levels: [String] {
        self == .unicode
            ? ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"] : ["_", ".", "-", "=", "+", "*", "#", "@"]
    }
}
