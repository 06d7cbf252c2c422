import Addresses
import IPVSModel
import Reporting
import Testing

@Suite("The picture of --watch")
struct WatchScreenTests {
    private struct Picture {
        var bytes: [UInt8]
        var hidden: Int

        init(rows: Int, columns: Int, hasColour: Bool = false, scroll: Int = 0, _ services: [WatchScreen.Service]) {
            var screen = WatchScreen(
                size: (rows: rows, columns: columns), hasColour: hasColour, interval: 2, scroll: scroll)
            screen.draw(services, SampleTable.information, NumericEndpoints())
            bytes = screen.text.bytes
            hidden = screen.hidden
        }

        /// The lines as the terminal shows them, without escape codes.
        var lines: [String] {
            String(decoding: bytes, as: UTF8.self).replacing(/\u{1b}\[[0-9;?]*[A-Za-z]/, with: "")
                .split(separator: "\r\n", omittingEmptySubsequences: false).map(String.init)
        }

        var hasGraphicRendition: Bool {
            String(decoding: bytes, as: UTF8.self).contains(/\u{1b}\[[0-9;]*m/)
        }
    }

    private static let services = SampleTable.rows.map { row in
        WatchScreen.Service(
            entry: row.service, servers: row.servers.map { MeasuredServer(entry: $0, statistics: Statistics()) })
    }

    /// Lines of the sample without the two of the head.
    private static let lineCount = services.reduce(0) { $0 + 1 + $1.servers.count }

    @Test(
        "It fits the terminal, whatever its size",
        arguments: [1, 2, 3, 5, 24, 200], [1, 10, 39, 40, 80, 132])
    func fits(rows: Int, columns: Int) {
        for services in [[], Self.services] {
            for hasColour in [false, true] {
                let picture = Picture(rows: rows, columns: columns, hasColour: hasColour, services)
                #expect(picture.lines.count <= rows)
                for line in picture.lines { #expect(line.utf8.count <= columns, "\(line)") }
            }
        }
    }

    @Test("A tall and wide terminal shows everything")
    func whole() {
        let picture = Picture(rows: 100, columns: 200, Self.services)
        #expect(picture.lines.count == Self.lineCount + 2)
        #expect(picture.hidden < 0)
        #expect(picture.lines[0] == "IPVS 1.2.1   13 services, 17 servers   every 2 s   by address (s)   q quits")
        #expect(picture.lines[1].hasPrefix("Service / server"))
        #expect(picture.lines[2].hasPrefix("TCP 10.0.0.1:80 wlc"))
        #expect(picture.lines[3].hasPrefix("  10.0.0.2:80 Masq"))
    }

    @Test("Titles and numbers end in the same columns")
    func columns() {
        var statistics = Statistics()
        statistics.rate.connections = 11
        statistics.rate.packetsIn = 22
        statistics.rate.packetsOut = 33
        statistics.rate.bytesIn = 44
        statistics.rate.bytesOut = 55
        var entry = SampleTable.server("10.0.0.2", 80, .masquerade, weight: 7)
        entry.activeConnections = 8
        entry.inactiveConnections = 9
        let service = WatchScreen.Service(
            entry: ServiceEntry(
                service: VirtualService(identity: SampleTable.tcp("10.0.0.1", 80)), statistics: statistics),
            servers: [MeasuredServer(entry: entry, statistics: statistics)])
        let lines = Picture(rows: 10, columns: 200, [service]).lines
        let ends =
            [("Weight", "7"), ("Active", "8"), ("Inactive", "9"), ("Conns/s", "11"), ("InPkt/s", "22")]
            + [("OutPkt/s", "33"), ("InB/s", "44"), ("OutB/s", "55")]
        for (title, number) in ends {
            let end = lines[1].split(separator: title)[0].count + title.count
            #expect(lines[3].prefix(end).hasSuffix(" \(number)"), "\(title)")
            if title != "Weight" { #expect(lines[2].prefix(end).hasSuffix(" \(number)"), "\(title)") }
        }
    }

    @Test("A service counts the connections of all its servers, beyond 32 bits")
    func sums() {
        var busy = SampleTable.server("10.0.0.2", 80, .masquerade)
        busy.activeConnections = 3_000_000
        busy.inactiveConnections = .max
        let servers = [MeasuredServer](repeating: .init(entry: busy, statistics: Statistics()), count: 2)
        let service = WatchScreen.Service(entry: SampleTable.rows[0].service, servers: servers)
        let words = Picture(rows: 10, columns: 200, [service]).lines[2].split(separator: " ")
        #expect(words[3] == "6000000")
        #expect(words[4] == "8589M")
    }

    @Test("Without colour there is no graphic rendition at all; with it there is, and it ends on each line")
    func colour() {
        #expect(!Picture(rows: 50, columns: 80, hasColour: false, Self.services).hasGraphicRendition)
        let coloured = Picture(rows: 50, columns: 80, hasColour: true, Self.services)
        #expect(coloured.hasGraphicRendition)
        for line in String(decoding: coloured.bytes, as: UTF8.self).split(separator: "\r\n") {
            let codes = line.matches(of: /\u{1b}\[([0-9;]*)m/).map { String($0.output.1) }
            #expect(codes.isEmpty || codes.count == 2 && codes[1] == "0", "\(line)")
        }
    }

    @Test("A server at weight 0 stands out")
    func drained() {
        let coloured = Picture(rows: 50, columns: 80, hasColour: true, Self.services)
        let lines = String(decoding: coloured.bytes, as: UTF8.self).split(separator: "\r\n")
        let drained = lines.filter { $0.contains("\u{1b}[33m") }
        #expect(drained.count == 1)
        #expect(drained.first?.contains("10.0.0.4:80") == true)
    }

    @Test("Scrolling leaves lines out at the top, and says how many are below")
    func scrolling() {
        let rows = 12
        for scroll in [0, 1, 7, Self.lineCount, 10_000] {
            let picture = Picture(rows: rows, columns: 80, scroll: scroll, Self.services)
            #expect(picture.hidden == Self.lineCount - scroll - (rows - 2))
            #expect(picture.lines.count <= rows)
        }
        let moved = Picture(rows: rows, columns: 80, scroll: 1, Self.services)
        #expect(moved.lines[2].hasPrefix("  10.0.0.2:80 Masq"))
    }

    /// Erased before it is written: on the last column `ESC [ K` would take the character there with it.
    @Test("It starts at the top left, and clears what an earlier picture left, in each line and below")
    func clears() {
        let text = String(decoding: Picture(rows: 10, columns: 80, Self.services).bytes, as: UTF8.self)
        #expect(text.hasPrefix("\u{1b}[H"))
        #expect(text.hasSuffix("\u{1b}[J"))
        let lines = text.dropFirst(3).dropLast(3).split(separator: "\r\n")
        #expect(lines.count == 10)
        for line in lines {
            #expect(line.hasPrefix("\u{1b}[K"))
            #expect(!line.dropFirst(3).contains("\u{1b}"))
        }
    }

    @Test("An empty table says so")
    func empty() {
        #expect(Picture(rows: 24, columns: 80, []).lines.contains("no virtual services"))
    }
}
