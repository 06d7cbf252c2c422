import IPVSGrammar
import Testing

/// Which option goes with which command. Each cell of the matrix is tried.
@Suite("The validity matrix")
struct ValidityMatrixTests {
    /// `+` required, `.` allowed, `1` allowed but one of the `1`s at most, `-` illegal.
    /// Columns: what messages call the commands, below. Rows: what messages call the options.
    private static let matrix = """
        # add-service, edit-service, delete-service, flush, list, add-server, delete-server, edit-server, set,
        # start-daemon, stop-daemon, restore, save, zero
        service-address  | + + + - 1 + + + - - - - - .
        scheduler        | . . - - - - - - - - - - - -
        persistent       | . . - - - - - - - - - - - -
        netmask          | . . - - - - - - - - - - - -
        ops              | . . - - - - - - - - - - - -
        pe               | . . - - - - - - - - - - - -
        sched-flags      | . . - - - - - - - - - - - -
        real-server      | - - - - - + + + - - - - - -
        forwarding-method| - - - - - . - . - - - - - -
        weight           | - - - - - . - . - - - - - -
        u-threshold      | - - - - - . - . - - - - - -
        l-threshold      | - - - - - . - . - - - - - -
        tun-type         | - - - - - . - . - - - - - -
        tun-port         | - - - - - . - . - - - - - -
        tun-nocsum       | - - - - - . - . - - - - - -
        tun-csum         | - - - - - . - . - - - - - -
        tun-remcsum      | - - - - - . - . - - - - - -
        numeric          | - - - - . - - - - - - - . -
        connection       | - - - - 1 - - - - - - - - -
        timeout          | - - - - 1 - - - - - - - - -
        daemon           | - - - - 1 - - - - - - - - -
        stats            | - - - - . - - - - - - - - -
        rate             | - - - - . - - - - - - - - -
        thresholds       | - - - - . - - - - - - - - -
        persistent-conn  | - - - - . - - - - - - - - -
        nosort           | - - - - . - - - - - - - - -
        exact            | - - - - . - - - - - - - - -
        tun-info         | - - - - . - - - - - - - - -
        syncid           | - - - - . - - - - . . - - -
        mcast-interface  | - - - - - - - - - . - - - -
        mcast-group      | - - - - - - - - - . - - - -
        mcast-port       | - - - - - - - - - . - - - -
        mcast-ttl        | - - - - - - - - - . - - - -
        sync-maxlen      | - - - - - - - - - . - - - -
        sort             | . . . . . . . . . . . . . .
        # Beyond ipvsadm 1.31
        json             | - - - - . - - - - - - - . -
        replace          | - - - - - - - - - - - . - -
        dry-run          | - - - - - - - - - - - . - -
        check            | - - - - - - - - - - - . - -
        patch            | - . - - - - - . - - - - - -
        wait             | - - - - - - . . - - - - - -
        watch            | - - - - . - - - - - - - - -
        """

    /// The commands in the matrix' order, each with its required options and their values.
    private static let commands: [(name: String, words: String, required: [(option: String, words: String)])] = [
        ("add-service", "-A", [service]),
        ("edit-service", "-E", [service]),
        ("delete-service", "-D", [service]),
        ("flush", "-C", []),
        ("list", "-L", []),
        ("add-server", "-a", [service, server]),
        ("delete-server", "-d", [service, server]),
        ("edit-server", "-e", [service, server]),
        ("set", "--set 900 120 300", []),
        ("start-daemon", "--start-daemon master", []),
        ("stop-daemon", "--stop-daemon backup", []),
        ("restore", "-R", []),
        ("save", "-S", []),
        ("zero", "-Z", []),
    ]

    // UDP, so that one-packet scheduling is legal.
    private static let service = (option: "service-address", words: "-u 10.0.0.1:53")
    private static let server = (option: "real-server", words: "-r 10.0.0.2")

    /// An option as it is written; what else has to be there where it is legal.
    private static let spelled: [String: (words: String, with: String)] = [
        "service-address": ("-u 10.0.0.1:53", ""),
        "scheduler": ("-s rr", ""),
        "persistent": ("-p 60", ""),
        "netmask": ("-M 255.255.255.0", ""),
        "ops": ("-o", ""),
        "pe": ("--pe sip", ""),
        "sched-flags": ("-b flag-1", ""),
        "real-server": ("-r 10.0.0.2", ""),
        "forwarding-method": ("-m", ""),
        "weight": ("-w 1", ""),
        "u-threshold": ("-x 1", ""),
        "l-threshold": ("-y 1", ""),
        "tun-type": ("--tun-type ipip", "-i"),
        "tun-port": ("--tun-port 1", "-i --tun-type gue"),
        "tun-nocsum": ("--tun-nocsum", "-i --tun-type gre"),
        "tun-csum": ("--tun-csum", "-i --tun-type gre"),
        "tun-remcsum": ("--tun-remcsum", "-i --tun-type gue --tun-port 1"),
        "numeric": ("-n", ""),
        "connection": ("-c", ""),
        "timeout": ("--timeout", ""),
        "daemon": ("--daemon", ""),
        "stats": ("--stats", ""),
        "rate": ("--rate", ""),
        "thresholds": ("--thresholds", ""),
        "persistent-conn": ("--persistent-conn", ""),
        "nosort": ("--nosort", ""),
        "exact": ("--exact", ""),
        "tun-info": ("--tun-info", ""),
        "syncid": ("--syncid 1", ""),
        "mcast-interface": ("--mcast-interface eth1", ""),
        "mcast-group": ("--mcast-group 224.0.0.1", ""),
        "mcast-port": ("--mcast-port 1", ""),
        "mcast-ttl": ("--mcast-ttl 1", ""),
        "sync-maxlen": ("--sync-maxlen 1", ""),
        "sort": ("--sort", ""),
        "json": ("--json", ""),
        "replace": ("--replace", ""),
        "dry-run": ("--dry-run", "--replace"),
        "check": ("--check", ""),
        "patch": ("--patch", ""),
        "wait": ("--wait", "-w 0"),
        "watch": ("--watch", ""),
    ]

    private struct Cell {
        var option: String
        var command: Int
        var mark: String
    }

    private static let cells: [Cell] = matrix.rows.flatMap { row in
        row[1].split(separator: " ").enumerated().map { Cell(option: row[0], command: $0, mark: String($1)) }
    }

    @Test("The matrix is whole: every option of the parser, every command")
    func isWhole() {
        #expect(Self.cells.count == Self.matrix.rows.count * Verb.allCases.count)
        let named = Set(Self.matrix.rows.map { $0[0] })
        for option in Option.allCases { #expect(named.contains("\(option.name)"), "\(option)") }
        #expect(named.count == Option.allCases.count + 1, "all options, and --sort, which is none")
        #expect(Self.commands.map(\.name) == Verb.allCases.map { "\($0.name)" })
    }

    @Test("An illegal option is named, with the command's name", arguments: Verb.allCases.indices)
    func illegal(column: Int) throws {
        for cell in Self.cells where cell.command == column && cell.mark == "-" {
            let words = try #require(Self.spelled[cell.option]).words
            #expect(
                parse("\(Self.line(column)) \(words)")
                    == .refused(
                        "Illegal '\(cell.option)' option with the '\(Self.commands[column].name)' command", status: 2),
                "\(words)")
        }
    }

    @Test("A legal option is taken", arguments: Verb.allCases.indices)
    func legal(column: Int) throws {
        for cell in Self.cells where cell.command == column && cell.mark != "-" && cell.mark != "+" {
            let option = try #require(Self.spelled[cell.option])
            // The drained weight belongs to -e --wait; -d knows no weight.
            let with = cell.option == "wait" && Self.commands[column].name == "delete-server" ? "" : option.with
            let line = "\(Self.line(column)) \(option.words) \(with)"
            #expect(parse(line).command != nil, "\(line): \(parse(line))")
        }
    }

    @Test("A missing option is named, with the command's name", arguments: Verb.allCases.indices)
    func required(column: Int) {
        let command = Self.commands[column]
        #expect(parse(Self.line(column)).command != nil)
        let marked = Self.cells.filter { $0.command == column && $0.mark == "+" }.map(\.option)
        #expect(marked == command.required.map(\.option))
        for (position, missing) in command.required.enumerated() {
            let others = command.required.enumerated().filter { $0.offset != position }.map(\.element.words)
            #expect(
                parse(([command.words] + others).joined(separator: " "))
                    == .refused(
                        "You need to supply the '\(missing.option)' option for the '\(command.name)' command", status: 2
                    ))
        }
    }

    @Test("Of two missing options the first in the C program's order is named")
    func firstMissing() {
        for verb in ["add-server": "-a", "delete-server": "-d", "edit-server": "-e"] {
            #expect(
                parse(verb.value)
                    == .refused(
                        "You need to supply the 'service-address' option for the '\(verb.key)' command", status: 2))
        }
    }

    /// A service narrows the listing of connections; the C program refuses that pair as well.
    @Test("Two options of which a listing takes one: the later column is named first")
    func exclusive() throws {
        let order = ["connection", "service-address", "timeout", "daemon"]
        for (left, earlier) in order.enumerated() {
            for later in order[(left + 1)...] {
                let (first, second) = (try #require(Self.spelled[earlier]), try #require(Self.spelled[later]))
                for line in ["-L \(first.words) \(second.words)", "-L \(second.words) \(first.words)"] {
                    let expected: Outcome =
                        .refused(
                            "The option '\(later)' conflicts with the '\(earlier)' option in the 'list' command",
                            status: 2)
                    if earlier == "connection", later == "service-address" {
                        #expect(parse(line).command != nil, "\(line)")
                    } else {
                        #expect(parse(line) == expected, "\(line)")
                    }
                }
            }
        }
    }

    private static func line(_ column: Int) -> String {
        ([commands[column].words] + commands[column].required.map(\.words)).joined(separator: " ")
    }
}
