/// One or more command lines run one after the other on a table, by each program.
struct Case {
    var group: String
    var name: String
    /// Where it is written: `file:line`.
    var origin: String
    var table: String
    var steps: [Step]
}

/// One command line of a case.
struct Step {
    /// The words, the first of which is the program's name as it sees it in argv[0].
    var commandLine: [Bytes]
    var input = Input.nothing
    var output = Output.compared
    /// Added to the few variables that every program gets, as `NAME=value`.
    var environment: [String] = []
    var unprivileged = false
    /// What cannot be equal between two runs and is left out of the comparison.
    var normalisations: [Normalisation] = []
    /// What our program is to do instead of what the C program does.
    var exception: Exception?
}

/// What a step reads from standard input.
enum Input {
    case nothing
    /// The program starts without the descriptor.
    case closed
    case text(Bytes)
    /// Standard output of an earlier step of the case, counted from 1, by the same program.
    case output(ofStep: Int)
}

/// Where a step's standard output goes.
enum Output {
    case compared
    /// To a file such as `/dev/full`.
    case file(String)
    /// To a pipe whose reader is gone.
    case closedPipe
    /// The program starts without the descriptor.
    case closed
}

/// Something that differs between two runs of one program.
enum Normalisation: String {
    /// The time that a connection has left, in the listing of connections.
    case expiry
    /// The order of lines, where an expectation is written down and the kernel's order depends on its random hash.
    case order
}

/// An intended difference: what our program prints, returns and leaves in the kernel instead.
///
/// What is not given here is compared with the C program as in any other step; and one thing given here must differ
/// from what the C program does, or the exception is out of date and the case fails.
struct Exception {
    /// The name of the difference, such as `B-SORT`, and a few words on it.
    var title: String
    var status: Int?
    var standardOutput: Bytes?
    var standardError: Bytes?
    var table: ExpectedTable?
}

enum ExpectedTable {
    /// As it was before the step.
    case unchanged
    /// As the C program makes it from these rules.
    case rules(Bytes)
}

/// A table that cases start from.
struct TableRecipe {
    var name: String
    /// Rules for the C program's `--restore`.
    var rules: Bytes = []
    /// What is done after that, in this order.
    var preparations: [Preparation] = []

    var carriesTraffic: Bool {
        preparations.contains { if case .traffic = $0 { true } else { false } }
    }
}

enum Preparation {
    /// A command line run by the C program.
    case command([Bytes])
    /// A change which the C program cannot make, as another program's netlink message can.
    case poke(TablePoke)
    case traffic(Traffic)
}

/// Sets one attribute of the virtual service, or of the real server, whose description begins with `target`.
struct TablePoke {
    var attribute: String
    var value: UInt32
    var service: String
    var server: String?
}
