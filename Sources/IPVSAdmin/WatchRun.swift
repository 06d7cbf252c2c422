import Glibc
import IPVS
import IPVSGrammar
import IPVSModel
import Reporting
import TerminalControl

/// `-L --watch`: a live table on a terminal, plain listings one after the other elsewhere.
enum WatchRun {
    static func run(_ listing: Command.Listing, _ interval: UInt32, _ kernel: borrowing Kernel) -> Int32 {
        var once = listing
        once.interval = nil
        if isatty(STDOUT_FILENO) == 1 { return watchScreen(once, interval, kernel) }
        return repeatListing(once, interval, kernel)
    }

    // MARK: Not a terminal

    private static func repeatListing(
        _ listing: Command.Listing, _ interval: UInt32, _ kernel: borrowing Kernel
    ) -> Int32 {
        var output = Output()
        while true {
            let status = ListRun.write(listing, kernel, &output)
            if status != 0 || output.hasFailed { return status != 0 ? status : output.finish() }
            sleep(milliseconds: Int64(interval) * 1000)
            var blank = Text()
            blank.newline()
            output.flush(&blank)
        }
    }

    // MARK: A terminal

    private static func watchScreen(
        _ listing: Command.Listing, _ interval: UInt32, _ kernel: borrowing Kernel
    ) -> Int32 {
        guard let terminal = Terminal() else {
            complain("cannot read keys: standard input is no terminal; to watch without keys, pipe the output")
            return 1
        }
        let hasColour = getenv("NO_COLOR").map { $0.pointee == 0 } ?? true
        let names = LookedUpNames()
        var scroll = 0
        var order = WatchOrder.address
        var keys = WatchKeys()
        while true {
            let hidden: Int
            do throws(IPVSError) {
                var screen = WatchScreen(
                    size: terminal.size, hasColour: hasColour, interval: interval, scroll: scroll, order: order)
                let services = try readServices(listing, kernel)
                if listing.isNumeric {
                    screen.draw(services, kernel.information, NumericEndpoints())
                } else {
                    names.lookUp(wanted(of: services))
                    screen.draw(services, kernel.information, names)
                }
                terminal.show(screen.text.bytes)
                hidden = screen.hidden
            } catch {
                terminal.restore()
                complain(error.message)
                return 1
            }
            for command in keys.wait(at: terminal, milliseconds: Int64(interval) * 1000) {
                switch command {
                case .quit:
                    terminal.restore()
                    return 0
                case .down: scroll += min(max(hidden, 0), 1)
                case .up: scroll = max(scroll - 1, 0)
                case .sort: order = order.next
                }
            }
            // The table got shorter: scroll back to its end.
            if hidden < 0 { scroll = max(scroll + hidden, 0) }
        }
    }

    private static func readServices(
        _ listing: Command.Listing, _ kernel: borrowing Kernel
    ) throws(IPVSError) -> [WatchScreen.Service] {
        let entries: [ServiceEntry]
        if case .table(let identity?) = listing.subject {
            entries = [try kernel.table.service(identity)]
        } else {
            entries = try kernel.sortedServices()
        }
        var services: [WatchScreen.Service] = []
        for entry in entries {
            let servers = try kernel.measuredServers(of: entry.service.identity, sorted: true)
            services.append(WatchScreen.Service(entry: entry, servers: servers))
        }
        return services
    }

    private static func wanted(of services: [WatchScreen.Service]) -> LookedUpNames.Wanted {
        var wanted = LookedUpNames.Wanted()
        for service in services {
            let identity = service.entry.service.identity
            wanted.add(identity)
            for server in service.servers { wanted.add(server.entry.server.endpoint, identity) }
        }
        return wanted
    }
}
