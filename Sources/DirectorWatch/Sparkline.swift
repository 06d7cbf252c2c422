import Screens

/// A curve of one line: a bar for each reading.
enum Sparkline {
    /// - Parameters:
    ///   - readings: The newest last; nil leaves a gap.
    ///   - width: Columns. The newest reading is in the last one, and older ones than fit are left out.
    /// - Returns: Text of that width. The highest bar is the greatest reading that is shown; nothing at all is a gap
    ///   rather than a bar, so that a quiet server is told from one that has little to do.
    static func text(_ readings: [UInt64?], width: Int, _ glyphs: GlyphSet) -> String {
        guard width > 0 else { return "" }
        let shown = readings.suffix(width)
        let greatest = shown.reduce(0) { max($0, $1 ?? 0) }
        let levels = glyphs.levels
        var text = String(repeating: " ", count: width - shown.count)
        for reading in shown {
            guard let reading, reading > 0 else {
                text += " "
                continue
            }
            // The product would overflow near the end of what a counter holds.
            let level = greatest > 1 << 56 ? (reading >> 8) * 7 / (greatest >> 8) : reading * 7 / greatest
            text += levels[Int(min(level, 7))]
        }
        return text
    }
}
