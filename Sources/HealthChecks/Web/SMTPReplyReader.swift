/// Reads a reply of a mail server (RFC 5321, section 4.2) line by line: three digits and a blank, before which there may
/// be lines with a hyphen in its place.
package struct SMTPReplyReader {
    package enum Progress: Hashable, Sendable {
        /// The reply is not whole yet.
        case underway
        case reply(code: Int)
        /// It is none: a line is too long, does not begin as lines of a reply do, or has another code than the first.
        case malformed
    }

    private var line: [UInt8] = []
    private var lines = 0
    private var code: Int?
    private var state = Progress.underway

    /// With CR and LF (section 4.5.3.1.5).
    static let longestLine = 512
    static let mostLines = 100

    package init() {}

    /// What comes behind a whole reply is not looked at.
    package mutating func take(_ bytes: [UInt8]) -> Progress {
        for byte in bytes {
            guard state == .underway else { break }
            line.append(byte)
            if byte == UInt8(ascii: "\n") {
                state = finishLine()
            } else if line.count >= Self.longestLine {
                state = .malformed
            }
        }
        return state
    }

    private mutating func finishLine() -> Progress {
        defer { line = [] }
        lines += 1
        guard line.count > 4, !line.contains(0), lines <= Self.mostLines else { return .malformed }
        var code = 0
        for byte in line[..<3] {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return .malformed }
            code = code * 10 + Int(byte - UInt8(ascii: "0"))
        }
        guard self.code == nil || self.code == code else { return .malformed }
        self.code = code
        switch line[3] {
        case UInt8(ascii: " "): return .reply(code: code)
        case UInt8(ascii: "-"): return .underway
        default: return .malformed
        }
    }
}
