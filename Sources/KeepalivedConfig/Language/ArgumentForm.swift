/// What may follow a keyword on its line.
package enum ArgumentForm: Hashable, Sendable {
    /// Nothing, or one of `on off true false yes no`.
    case flag
    /// A whole number. Where it may be left out, `whenAbsent` says what is taken then.
    case integer(ClosedRange<Int>, whenAbsent: Int? = nil)
    /// Decimal seconds; the range and the finest step are microseconds.
    case seconds(ClosedRange<Int>, step: Int = 1)
    /// Decimal milliseconds; the range is microseconds.
    case milliseconds(ClosedRange<Int>)
    /// A whole number, and perhaps `reverse`.
    case weight(ClosedRange<Int>)
    /// One of these words, as they are written here.
    case choice([String])
    case address
    case interface
    /// One word. Where it may be left out, `whenAbsent` says what is taken then.
    case name(whenAbsent: String? = nil)
    /// An absolute path.
    case path
    /// A command, then the user and group that it runs as.
    case script
    /// A grammar of its own, written as manual pages write it.
    case words(String)
    /// A block; `argument` is what stands between the keyword and its brace, empty for nothing.
    case block(argument: String)
    /// A block whose lines are not keywords but items, in this form.
    case list(item: String)

    /// The form as a manual page writes it: `1..255`, `SECONDS`, `{ ADDRESS … }`.
    package var text: String {
        switch self {
        case .flag: "[BOOL]"
        case .integer(_, whenAbsent: nil): "NUMBER"
        case .integer: "[NUMBER]"
        case .seconds: "SECONDS"
        case .milliseconds: "MILLISECONDS"
        case .weight: "NUMBER [reverse]"
        case .choice(let words): words.joined(separator: "|")
        case .address: "ADDRESS"
        case .interface: "INTERFACE"
        case .name(whenAbsent: nil): "NAME"
        case .name: "[NAME]"
        case .path: "PATH"
        case .script: "COMMAND [USER [GROUP]]"
        case .words(let text): text
        case .block(let argument): argument.isEmpty ? "{ … }" : "\(argument) { … }"
        case .list(let item): "{ \(item) … }"
        }
    }

    /// The values that are taken, as text: `1 to 255`, or nil where the form alone says it.
    package var range: String? {
        switch self {
        case .integer(let range, _), .weight(let range): Self.text(range)
        case .seconds(let range, let step):
            Self.text(range) { Duration.microseconds($0).secondsText }
                + (step > 1 ? " in steps of \(Duration.microseconds(step).secondsText)" : "")
        case .milliseconds(let range): Self.text(range) { Duration.microseconds($0 * 1000).secondsText }
        default: nil
        }
    }

    private static func text(_ range: ClosedRange<Int>, _ write: (Int) -> String = { String($0) }) -> String {
        range.upperBound == .max
            ? "\(write(range.lowerBound)) or more" : "\(write(range.lowerBound)) to \(write(range.upperBound))"
    }
}
