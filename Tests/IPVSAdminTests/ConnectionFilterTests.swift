import Addresses
import Glibc
import IPVSGrammar
import IPVSModel
import Testing

@testable import IPVSAdmin

@Suite("Connections narrowed")
struct ConnectionFilterTests {
    /// Protocol, client, virtual and destination address and port, state, seconds.
    private static let lines = [
        "TCP 0A010002 971F 0A000001 0050 0A000002 1F90 ESTABLISHED     896",
        "TCP 0A010002 9720 0A000001 0051 0A000002 1F91 ESTABLISHED     896",
        "UDP 0A010002 9721 0A000001 0050 0A000003 1F90 UDP             296",
        "IP  0A010002 0000 00000005 0000 0A000002 0000 NONE             99",
    ]

    /// Which of the lines, by their places, a command line shows.
    private func shown(_ options: String) throws -> [Int] {
        let words = "-Lcn \(options)".split(separator: " ").map { Array($0.utf8) }
        let invocation = try InvocationParser.parse(words, lookup: SystemNames())
        guard case .list(let listing) = invocation.command, case .connections(let service, let server) = listing.subject
        else { return [] }
        let filter = ConnectionFilter(service: service, server: server)
        return try Self.lines.indices.filter { index in
            filter.admits(try #require(ConnectionEntry(procLine: Array(Self.lines[index].utf8)[...])))
        }
    }

    @Test(
        "By service and by server",
        arguments: [
            ("", [0, 1, 2, 3]),
            ("-t 10.0.0.1:80", [0]), ("-u 10.0.0.1:80", [2]), ("-t 10.0.0.1:81", [1]), ("-t 10.0.0.9:80", []),
            ("-t 10.0.0.1:0", []),
            ("-f 5", [3]), ("-f 6", []), ("-f 5 -6", []),
            ("-r 10.0.0.2", [0, 1, 3]), ("-r 10.0.0.2:8080", [0]), ("-r 10.0.0.3:8080", [2]), ("-r 10.0.0.9", []),
            ("-t 10.0.0.1:80 -r 10.0.0.2", [0]), ("-t 10.0.0.1:80 -r 10.0.0.3", []),
        ])
    func narrowing(options: String, expected: [Int]) throws {
        #expect(try shown(options) == expected)
    }
}

@Suite("The connection table, read piece by piece")
struct ConnectionFileTests {
    /// Reads a file of these bytes and puts together what comes; checks that only whole lines do.
    private func read(_ bytes: [UInt8]) throws -> [UInt8] {
        var path = Array("/tmp/connections.XXXXXX".utf8CString)
        let descriptor = mkstemp(&path)
        try #require(descriptor >= 0)
        let name = String(decoding: path.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        defer { unlink(name) }
        #expect(writeAll(descriptor, bytes) == 0)
        close(descriptor)

        let file = try #require(ConnectionFile(name))
        var whole: [UInt8] = []
        while let lines = file.nextLines() {
            whole += lines
            #expect(lines.last == 0x0a || whole.count == bytes.count)
        }
        #expect(file.failure == nil)
        return whole
    }

    @Test("Lines across the ends of what one read brings stay whole")
    func manyLines() throws {
        let line = Array("TCP 0A010002 971F 0A000001 0050 0A000002 1F90 ESTABLISHED     896\n".utf8)
        let bytes = [[UInt8]](repeating: line, count: 10_000).flatMap(\.self)
        #expect(try read(bytes) == bytes)
    }

    @Test("A line longer than one read", arguments: [1, 255_999, 262_143, 262_144, 262_145, 900_000])
    func longLine(length: Int) throws {
        let bytes = [0x61, 0x0a] + [UInt8](repeating: 0x62, count: length) + [0x0a, 0x63, 0x0a]
        #expect(try read(bytes) == bytes)
    }

    @Test("A last line without its end, an empty file")
    func ends() throws {
        #expect(try read(Array("a\nb".utf8)) == Array("a\nb".utf8))
        #expect(try read([]) == [])
    }

    @Test("No file is no table")
    func missing() {
        #expect(ConnectionFile("/nonexistent/ip_vs_conn") == nil)
    }
}
