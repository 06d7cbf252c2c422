/// A reference to a parameter: `$NAME`, `${NAME}`, or `${_NAME argument…}`.
struct Reference {
    var name: String
    /// What follows the name of a predefined parameter within the braces.
    var arguments: [Substring] = []
    var range: Range<Int>
    var isBraced: Bool
    /// Whether what follows ends the name. If not, `$NAME` is ordinary text.
    var isDelimited = true

    /// Reads the reference at a `$`; nil if it is none.
    init?(_ bytes: [UInt8], at dollar: Int) {
        var position = dollar + 1
        isBraced = position < bytes.count && bytes[position] == UInt8(ascii: "{")
        if isBraced { position += 1 }
        let start = position
        guard position < bytes.count, bytes[position].beginsName else { return nil }
        while position < bytes.count, bytes[position].continuesName { position += 1 }
        name = bytes.text(start..<position)
        if isBraced {
            let argumentsStart = position
            while position < bytes.count, bytes[position] != UInt8(ascii: "}") {
                guard bytes[position].isBlank || bytes[position].continuesName, bytes[argumentsStart].isBlank else {
                    return nil
                }
                position += 1
            }
            guard position < bytes.count else { return nil }
            if position > argumentsStart {
                guard name.utf8.first == UInt8(ascii: "_") else { return nil }
                arguments = bytes.text(argumentsStart..<position).split { $0 == " " || $0 == "\t" }
            }
            position += 1
        } else if position < bytes.count {
            let next = bytes[position]
            isDelimited =
                next.isBlank || next == UInt8(ascii: ",") || next == UInt8(ascii: ")") || next.isBrace
        }
        range = dollar..<position
    }
}
