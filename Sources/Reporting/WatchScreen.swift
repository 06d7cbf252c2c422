import Addresses
package import IPVSModel

/// One picture of `--watch`: services and servers with rates, connections and weights, fitted to the terminal.
package struct WatchScreen: ~Copyable {
    package struct Service: Sendable {
        package var entry: ServiceEntry
        package var servers: [MeasuredServer]

        package init(entry: ServiceEntry, servers: [MeasuredServer]) {
            self.entry = entry
            self.servers = servers
        }
    }

    package private(set) var text = Text()
    /// How many lines lie below the picture; negative where it was scrolled past its end.
    package private(set) var hidden = 0

    private let rows: Int
    private let columns: Int
    private let hasColour: Bool
    private let interval: UInt32
    private let scroll: Int
    private let order: WatchOrder

    package init(
        size: (rows: Int, columns: Int), hasColour: Bool, interval: UInt32, scroll: Int, order: WatchOrder = .address
    ) {
        rows = size.rows
        columns = size.columns
        self.hasColour = hasColour
        self.interval = interval
        self.scroll = scroll
        self.order = order
    }

    private struct Line {
        var style: Style
        var text: [UInt8]
    }

    private enum Style {
        case plain, title, service, drained, faint

        /// Select Graphic Rendition (ECMA-48, 8.3.117).
        var code: StaticString {
            switch self {
            case .plain: ""
            case .title: "\u{1b}[7m"
            case .service: "\u{1b}[1m"
            case .drained: "\u{1b}[33m"
            case .faint: "\u{1b}[2m"
            }
        }
    }

    package mutating func draw(
        _ services: [Service], _ information: IPVSInformation, _ names: any EndpointNames
    ) {
        var lines: [Line] = []
        for service in order.sorted(services) {
            let identity = service.entry.service.identity
            lines.append(Line(style: .service, text: Self.line(of: service, names)))
            for server in service.servers {
                let style: Style = server.entry.server.weight == 0 ? .drained : .plain
                lines.append(Line(style: style, text: Self.line(of: server, identity, names)))
            }
        }
        let room = max(rows - 2, 0)
        hidden = lines.count - scroll - room

        var picture = [heading(services, information), Line(style: .title, text: Self.titles)]
        picture += lines.dropFirst(scroll)
        if lines.isEmpty { picture.append(Line(style: .faint, text: Array("no virtual services".utf8))) }
        text.append("\u{1b}[H")
        for (row, line) in picture.prefix(rows).enumerated() {
            if row > 0 { text.append("\r\n") }
            put(line)
        }
        // What an earlier picture left below.
        text.append("\u{1b}[J")
    }

    private func heading(_ services: [Service], _ information: IPVSInformation) -> Line {
        var text = Text()
        let servers = services.reduce(0) { $0 + $1.servers.count }
        text.append("IPVS ")
        text.appendVersion(information.version)
        text.append("   \(services.count) services, \(servers) servers   every \(interval) s   ")
        text.append("by \(order.rawValue) (s)   q quits")
        return Line(style: .faint, text: text.bytes)
    }

    // MARK: Lines

    private static let titles: [UInt8] = {
        var text = Text()
        text.left(nameWidth) { $0.append("Service / server") }
        for title: StaticString in [
            "Weight", "Active", "Inactive", "Conns/s", "InPkt/s", "OutPkt/s", "InB/s", "OutB/s",
        ] {
            text.append(byte: UInt8(ascii: " "))
            text.spaces(8 - title.utf8CodeUnitCount)
            text.append(title)
        }
        return text.bytes
    }()

    private static let nameWidth = 40

    private static func line(of service: Service, _ names: any EndpointNames) -> [UInt8] {
        let entry = service.entry
        var text = Text()
        text.leftCut(nameWidth) {
            switch entry.service.identity {
            case .address(let transport, let address, let port):
                $0.append(transport.listingName)
                $0.append(" ")
                names.write(address, port, transport, into: &$0)
            case .firewallMark(let mark, let family):
                $0.append("FWM ")
                $0.append(mark)
                if family == .ipv6 { $0.append(" IPv6") }
            }
            $0.append(" ")
            $0.append(entry.service.scheduler)
        }
        text.spaces(9)
        cell(service.servers.reduce(0) { $0 + UInt64($1.entry.activeConnections) }, into: &text)
        cell(service.servers.reduce(0) { $0 + UInt64($1.entry.inactiveConnections) }, into: &text)
        rates(entry.statistics.rate, into: &text)
        return text.bytes
    }

    private static func line(
        of measured: MeasuredServer, _ identity: VirtualService.Identity, _ names: any EndpointNames
    ) -> [UInt8] {
        let server = measured.entry
        var text = Text()
        text.leftCut(nameWidth) {
            $0.append("  ")
            names.write(server.server.endpoint, identity.transport, into: &$0)
            $0.append(" ")
            $0.append(server.server.forwarding.listingName)
        }
        text.append(byte: UInt8(ascii: " "))
        text.right(8, server.server.weight)
        cell(UInt64(server.activeConnections), into: &text)
        cell(UInt64(server.inactiveConnections), into: &text)
        rates(measured.statistics.rate, into: &text)
        return text.bytes
    }

    private static func rates(_ rate: Counters, into text: inout Text) {
        for number in [rate.connections, rate.packetsIn, rate.packetsOut, rate.bytesIn, rate.bytesOut] {
            cell(number, into: &text)
        }
    }

    private static func cell(_ number: UInt64, into text: inout Text) {
        text.appendCounter(number, exact: false)
    }

    private mutating func put(_ line: Line) {
        text.append("\u{1b}[K")
        if hasColour { text.append(line.style.code) }
        text.append(line.text.prefix(columns))
        if line.style == .title { text.spaces(columns - line.text.count) }
        if hasColour, line.style != .plain { text.append("\u{1b}[0m") }
    }
}
