/// What an include must find; what it does not find is an error then, and otherwise a warning at most.
package struct IncludeChecks: OptionSet, Sendable, Hashable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// All that is named or matched can be read as a file.
    package static let readable = IncludeChecks(rawValue: 1)
    /// A name without wildcards exists.
    package static let match = IncludeChecks(rawValue: 2)
    /// A pattern with wildcards matches something.
    package static let wildcardMatch = IncludeChecks(rawValue: 4)
    /// Each alternative in braces matches something.
    package static let braceMatch = IncludeChecks(rawValue: 8)

    package static let all: IncludeChecks = [.readable, .match, .wildcardMatch, .braceMatch]

    /// The checks that the word names in `include_check`.
    package static func named(_ name: Substring) -> IncludeChecks? {
        switch name {
        case "readable": .readable
        case "match": [.readable, .match]
        case "wildcard_match": [.readable, .match, .wildcardMatch]
        case "brace_match": [.readable, .braceMatch]
        default: nil
        }
    }

    /// The keywords that include a file, each with the checks it adds.
    package static let keywords: [(name: StaticString, checks: IncludeChecks)] = [
        ("include", []), ("includer", .readable), ("includem", [.readable, .match]),
        ("includew", [.readable, .match, .wildcardMatch]), ("includeb", [.readable, .braceMatch]),
        ("includea", .all),
    ]
}
