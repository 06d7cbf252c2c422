/// An answer of a mail server (RFC 5321, section 4.2): a number, and words for people.
struct SMTPReply: Hashable, Sendable {
    /// 200 to 599.
    var code: Int
    /// Of its last line.
    var text: String

    var isPositive: Bool { code < 400 }
    /// It may be different another time.
    var isTemporary: Bool { (400..<500).contains(code) }
}

/// Puts answers together from what arrives in pieces.
struct SMTPReplyReader: Hashable, Sendable {
    /// A line that has not ended yet.
    private var line: [UInt8] = []
    /// The number of an answer of which more lines come.
    private var open: Int?
    private var lineCount = 0

    /// What is not the answer of a mail server.
    struct Nonsense: Error, Hashable {
        var start: String
    }

    // RFC 5321 allows 512 octets for a line; some servers write more.
    private static let longestLine = 4_096
    private static let mostLines = 1_000

    /// Takes what has arrived.
    ///
    /// - Returns: The answers that are whole with it.
    mutating func read(_ bytes: some Sequence<UInt8>) throws(Nonsense) -> [SMTPReply] {
        var replies: [SMTPReply] = []
        for byte in bytes {
            guard byte == 10 else {
                guard line.count < Self.longestLine else { throw nonsense }
                line.append(byte)
                continue
            }
            if line.last == 13 { line.removeLast() }
            if let reply = try takeLine() { replies.append(reply) }
        }
        return replies
    }

    private mutating func takeLine() throws(Nonsense) -> SMTPReply? {
        let digits = line.prefix(3)
        guard digits.count == 3, digits.allSatisfy({ (48...57).contains($0) }) else { throw nonsense }
        let code = digits.reduce(0) { $0 * 10 + Int($1) - 48 }
        let separator = line.count > 3 ? line[3] : 32
        guard (200...599).contains(code), open == nil || open == code, separator == 32 || separator == 45,
            lineCount < Self.mostLines
        else { throw nonsense }
        let text = String(decoding: line.dropFirst(4).prefix(200), as: UTF8.self)
        line.removeAll(keepingCapacity: true)
        guard separator == 32 else {
            open = code
            lineCount += 1
            return nil
        }
        open = nil
        lineCount = 0
        return SMTPReply(code: code, text: text)
    }

    private var nonsense: Nonsense { Nonsense(start: String(decoding: line.prefix(60), as: UTF8.self)) }
}
