import Addresses
import ArgumentParser
import CLinux
import Glibc
import RealServerHost
import Reporting

struct RealServerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "real-server",
        abstract: "Makes this host a real server of a director: virtual addresses that nobody hears of.",
        discussion: """
            With direct routing (dr) and with tunnels (tun) a real server has the virtual address itself, and must not \
            answer for it. With dr the address is on lo, with tun on tunl0 (IPv4) or ip6tnl0 (IPv6). For IPv4, \
            arp_ignore and arp_announce are set for that interface and for all; for IPv6 the kernel answers for an \
            address on its own interface only, and nothing has to be set.

            What was done is remembered in /run/vrrpctl until the machine is started again. The unit \
            vrrpctl-real-server@ADDRESS.service does it at each start.

            Examples:
              vrrpctl real-server up 192.168.52.188
              vrrpctl real-server up 192.168.52.188 --method tun --dry-run
              vrrpctl real-server status
              vrrpctl real-server down 192.168.52.188
            """,
        subcommands: [RealServerUp.self, RealServerDown.self, RealServerStatusCommand.self])
}

/// What the subcommands share.
struct RealServerOptions: ParsableArguments {
    @Flag(help: "Write one JSON object.")
    var json = false

    /// - Throws: With status 77 without CAP_NET_ADMIN.
    static func checkRights() throws(RealServerError) {
        var held: UInt64 = 0
        guard clinux_effective_capabilities(&held) == 0, held & clinux_capability_net_admin() == 0 else { return }
        throw RealServerError("CAP_NET_ADMIN is missing: run it as root", status: 77)
    }

    /// Says what is wrong, and ends with its status.
    static func failure(_ error: RealServerError) -> ExitCode {
        StandardStream.write("vrrpctl: \(error)\n", to: STDERR_FILENO)
        return ExitCode(error.status)
    }

    /// What was done, or would be.
    func show(_ plan: RealServerPlan, isDryRun: Bool, otherwise nothing: String) throws {
        var text = Text()
        if json {
            RealServerJSON.write(plan, isDryRun: isDryRun, into: &text)
        } else {
            for step in plan.steps {
                text.append(step.command)
                if case .write(_, _, let before?) = step { text.append("   (\(isDryRun ? "is" : "was") \(before))") }
                text.newline()
            }
            if plan.steps.isEmpty { text.append("nothing to do: \(nothing)\n") }
            for note in plan.notes { text.append("note: \(note)\n") }
        }
        try StandardStream.print(text)
    }
}

/// An address that a service can have.
struct VirtualAddress: ExpressibleByArgument {
    var address: IPAddress

    init?(argument: String) {
        guard let address = IPAddress(virtual: argument) else { return nil }
        self.address = address
    }
}

extension RealServerMethod: ExpressibleByArgument {}

struct RealServerUp: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "up", abstract: "Puts the addresses there, and keeps the host from answering for them.",
        discussion: """
            What is there already stays as it is. It is done whole or not at all.

            Exit status: 0 if the addresses are up; 77 if the rights are missing; 1 if something failed, of which \
            nothing is left then; 2 for a wrong command line.
            """)

    @Argument(
        help: ArgumentHelp("Virtual addresses, without a prefix length.", valueName: "ADDRESS"))
    var addresses: [VirtualAddress]

    @Option(help: "How the director reaches this host: dr or tun.")
    var method = RealServerMethod.dr

    @Flag(help: "Show the commands that would do the same, and change nothing.")
    var dryRun = false

    @OptionGroup var options: RealServerOptions

    func run() throws {
        do throws(RealServerError) {
            let plan: RealServerPlan
            let host = try RealServerHost()
            if dryRun {
                plan = try RealServerPlan.up(addresses.distinct, method, try host.facts(), try host.record())
            } else {
                try RealServerOptions.checkRights()
                plan = try host.up(addresses.distinct, method)
            }
            try show(plan)
        } catch {
            throw RealServerOptions.failure(error)
        }
    }

    private func show(_ plan: RealServerPlan) throws(RealServerError) {
        let names = addresses.distinct.map(\.description).joined(separator: ", ")
        do {
            try options.show(
                plan, isDryRun: dryRun,
                otherwise: "\(names) \(addresses.distinct.count == 1 ? "is" : "are") up by \(method.rawValue)")
        } catch {
            throw RealServerError("standard output cannot be written")
        }
    }
}

struct RealServerDown: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "down", abstract: "Undoes what up did for the addresses.",
        discussion: """
            An address that was there before up stays, and what several addresses share is undone with the last of \
            them. It is done whole or not at all.

            Exit status: 0 if nothing of up is left for the addresses; 77 if the rights are missing; 1 if something \
            failed; 2 for a wrong command line.
            """)

    @Argument(
        help: ArgumentHelp("Virtual addresses, without a prefix length.", valueName: "ADDRESS"))
    var addresses: [VirtualAddress]

    @Flag(help: "Show the commands that would do the same, and change nothing.")
    var dryRun = false

    @OptionGroup var options: RealServerOptions

    func run() throws {
        do throws(RealServerError) {
            let plan: RealServerPlan
            let host = try RealServerHost()
            if dryRun {
                plan = RealServerPlan.down(addresses.distinct, try host.facts(), try host.record())
            } else {
                try RealServerOptions.checkRights()
                plan = try host.down(addresses.distinct)
            }
            do {
                let names = addresses.distinct.map(\.description).joined(separator: ", ")
                try options.show(plan, isDryRun: dryRun, otherwise: "of up nothing is here for \(names)")
            } catch {
                throw RealServerError("standard output cannot be written")
            }
        } catch {
            throw RealServerOptions.failure(error)
        }
    }
}

struct RealServerStatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Shows for each address what is there and what is missing.",
        discussion: """
            Without an address, it shows those that up has put there.

            Exit status: 0 if everything is as it must be; 1 if not, or if there is no address; 2 for a wrong command \
            line.
            """)

    @Argument(
        help: ArgumentHelp("Virtual addresses, without a prefix length.", valueName: "ADDRESS"))
    var addresses: [VirtualAddress] = []

    @Option(help: "What an address is looked at for that up has not put there: dr or tun.")
    var method = RealServerMethod.dr

    @OptionGroup var options: RealServerOptions

    func run() throws {
        let statuses: [RealServerStatus]
        do throws(RealServerError) {
            let host = try RealServerHost()
            let record = try host.record()
            let facts = try host.facts()
            let wanted = addresses.isEmpty ? record.entries.map(\.address) : addresses.distinct
            statuses = wanted.map { RealServerStatus($0, method, facts, record) }
        } catch {
            throw RealServerOptions.failure(error)
        }
        var text = Text()
        if options.json {
            RealServerJSON.write(statuses, into: &text)
        } else {
            for status in statuses { Self.write(status, into: &text) }
            if statuses.isEmpty { text.append("no address is up by vrrpctl real-server\n") }
        }
        try StandardStream.print(text)
        guard !statuses.isEmpty, statuses.allSatisfy(\.isUp) else { throw ExitCode.failure }
    }

    private static func write(_ status: RealServerStatus, into text: inout Text) {
        text.append("\(status.address) by \(status.method.rawValue): \(status.isUp ? "up" : "not up")")
        text.append(status.isRecorded ? "\n" : ", not put there by vrrpctl real-server up\n")
        for part in status.parts {
            text.append(part.isRight ? "  right  " : "  WRONG  ")
            text.append("\(part.name): \(part.value)")
            text.append(part.isRight ? "\n" : ", and should be \(part.wanted)\n")
        }
    }
}

extension [VirtualAddress] {
    /// Each address once, in order.
    var distinct: [IPAddress] {
        reduce(into: []) { if !$0.contains($1.address) { $0.append($1.address) } }
    }
}
