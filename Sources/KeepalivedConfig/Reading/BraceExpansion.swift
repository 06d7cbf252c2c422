/// Braces in the name of an included file, as the C shell has them: `{a,b/{c,d}}.conf`.
enum BraceExpansion {
    /// The names that a pattern stands for, in the order in which they are written.
    ///
    /// - Returns: Nil if they are more than `limit`.
    static func alternatives(of pattern: [UInt8], limit: Int) -> [String]? {
        var open = [pattern]
        var done: [String] = []
        // Each round takes the first group of one pattern apart, so that the order stays.
        while let next = open.popLast() {
            guard open.count + done.count < limit else { return nil }
            guard let group = firstGroup(next) else {
                done.append(String(decoding: next, as: UTF8.self))
                continue
            }
            guard open.count + done.count + group.parts.count <= limit else { return nil }
            for part in group.parts.reversed() {
                open.append(Array(next[..<group.start]) + next[part] + next[group.end...])
            }
        }
        return done
    }

    /// The first `{…}` with its parts; `{}` and a brace without its partner are ordinary letters.
    private static func firstGroup(_ pattern: [UInt8]) -> (start: Int, parts: [Range<Int>], end: Int)? {
        guard let start = pattern.firstIndex(of: UInt8(ascii: "{")) else { return nil }
        var parts: [Range<Int>] = []
        var depth = 0
        var partStart = start + 1
        for position in start..<pattern.count {
            switch pattern[position] {
            case UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: ","):
                if depth == 1 {
                    parts.append(partStart..<position)
                    partStart = position + 1
                }
            case UInt8(ascii: "}"):
                depth -= 1
                if depth == 0 {
                    parts.append(partStart..<position)
                    return position == start + 1 ? nil : (start, parts, position + 1)
                }
            default: break
            }
        }
        return nil
    }
}
