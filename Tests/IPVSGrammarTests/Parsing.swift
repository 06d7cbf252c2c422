import Addresses
import IPVSGrammar
import IPVSModel

/// Names of a small world of their own.
struct StubNames: NameLookup {
    static let hosts: [String: IPv4Address] = [
        "vip.example.com": IPv4Address(10, 0, 0, 1),
        "web.example.com": IPv4Address(10, 0, 0, 2),
    ]

    func address(ofHost name: [UInt8]) -> IPv4Address? {
        Self.hosts[String(decoding: name, as: UTF8.self)]
    }

    func port(ofService name: [UInt8], _ transport: TransportProtocol) -> UInt16? {
        switch (String(decoding: name, as: UTF8.self), transport) {
        case ("http", .tcp), ("http", .sctp): 80
        case ("http-alt", .tcp): 8080
        case ("domain", .tcp), ("domain", .udp): 53
        default: nil
        }
    }
}

/// What the parser makes of a command line.
enum Outcome: Equatable {
    case understood(Invocation)
    /// "Try `ipvsadm -h' …", whose text has the program's name in it.
    case hint
    case refused(String, status: Int32)

    var command: Command? {
        if case .understood(let invocation) = self { invocation.command } else { nil }
    }

    var overriddenPort: UInt16? {
        if case .understood(let invocation) = self { invocation.overriddenPort } else { nil }
    }
}

func parse(words: [String], stopsAtWord: Bool = false) -> Outcome {
    do throws(UsageError) {
        return .understood(
            try InvocationParser.parse(words.map { Array($0.utf8) }, lookup: StubNames(), stopsAtWord: stopsAtWord))
    } catch {
        switch error {
        case .hint: return .hint
        case .message(let text, let status): return .refused(String(decoding: text, as: UTF8.self), status: status)
        }
    }
}

/// The words of a line, which blanks separate.
func parse(_ line: String, stopsAtWord: Bool = false) -> Outcome {
    parse(words: line.split(separator: " ").map(String.init), stopsAtWord: stopsAtWord)
}

func v4(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8) -> IPAddress {
    .v4(IPv4Address(a, b, c, d))
}

/// 2001:db8::, with this at its end.
func v6(_ low: UInt64) -> IPAddress {
    .v6(IPv6Address(high: 0x2001_0db8_0000_0000, low: low))
}

extension String {
    /// The lines of a table that are neither empty nor a remark, cut at `|`.
    var rows: [[String]] {
        split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
            line.split(separator: "|", omittingEmptySubsequences: false).map { cell in
                String(cell.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
            }
        }
    }
}
