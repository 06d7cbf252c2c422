package import Addresses

/// A value in the form that both a line of the configuration and a JSON value can be made of.
package enum ShownValue: Hashable, Sendable {
    case flag(Bool)
    case integer(Int)
    case seconds(Duration)
    case milliseconds(Duration)
    case text(String)
    case words([String])
    /// A command, with the user and group behind it.
    case command(String, [String])
    /// Nothing is set; the text says what holds then.
    case absent(String?)

    /// The words that follow the keyword in a file; nil where the keyword itself must be left out.
    package var words: [String]? {
        switch self {
        case .flag(true): []
        case .flag(false), .absent: nil
        case .integer(let number): [String(number)]
        case .seconds(let duration): [duration.secondsText]
        case .milliseconds(let duration): [(duration * 1000).secondsText]
        case .text(let text): [text]
        case .words(let words): words
        case .command(let text, let rest): [text] + rest
        }
    }

    /// One word or phrase for it: `no`, `5`, `global site`.
    package var text: String? {
        switch self {
        case .flag(let value): value ? "yes" : "no"
        case .absent(let text): text
        default: words?.joined(separator: " ")
        }
    }
}

/// A value that listings can show.
protocol Showable {
    var shown: ShownValue { get }
}

extension Bool: Showable { var shown: ShownValue { .flag(self) } }
extension Int: Showable { var shown: ShownValue { .integer(self) } }
extension Duration: Showable { var shown: ShownValue { .seconds(self) } }
extension String: Showable { var shown: ShownValue { .text(self) } }
extension IPAddress: Showable { var shown: ShownValue { .text(description) } }
extension AddressPrefix: Showable { var shown: ShownValue { .text(description) } }

extension Optional: Showable where Wrapped: Showable {
    var shown: ShownValue { self?.shown ?? .absent(nil) }
}

extension Array: Showable where Element: Showable {
    var shown: ShownValue { isEmpty ? .absent(nil) : .words(flatMap { $0.shown.words ?? [] }) }
}

extension TrackWeight: Showable {
    var shown: ShownValue { .words([String(value)] + (isReversed ? ["reverse"] : [])) }
}

extension ScriptUser: Showable {
    var shown: ShownValue { .words([user] + (group.map { [$0] } ?? [])) }
}

extension ScriptCommand: Showable {
    var shown: ShownValue { .command(text, [user, group].compactMap { $0 }) }
}
