import Reporting

/// A command line that means nothing to us.
package enum UsageError: Error, Equatable {
    /// Too little to say what is wrong: point at `--help`.
    case hint
    case message([UInt8], status: Int32)

    /// The exit status of what popt refuses, of what the kernel refuses, and of the hint: −1 as a process can return it.
    package static let refused: Int32 = 255
    /// The exit status of a command line that contradicts itself.
    package static let usage: Int32 = 2

    package var status: Int32 {
        switch self {
        case .hint: Self.refused
        case .message(_, let status): status
        }
    }

    static func usage(_ build: (inout Text) -> Void) -> UsageError {
        var text = Text()
        build(&text)
        return .message(text.bytes, status: usage)
    }

    static func usage(_ message: StaticString) -> UsageError {
        usage { $0.append(message) }
    }
}
