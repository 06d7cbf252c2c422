import Glibc

private let usage = """
    Usage: differential --oracle FOLDER --program FOLDER [OPTION…] FILE…
    Runs the cases of the case files with the ipvsadm, ipvsadm-save and ipvsadm-restore in both folders, and compares
    standard output, standard error, exit status and the kernel's table. Needs root, and a network namespace of its
    own, whose table it destroys.
      --oracle FOLDER    where the C program is
      --program FOLDER   where the program to be judged is
      --filter TEXT      only cases whose group and name hold TEXT
      --list             prints the cases and runs none
      --count N          runs N random cases as well
      --seed N           the seed of the random cases (default 1)
      --no-exceptions    does not judge the steps for which an intended difference is written down, so that the C
                         program can be compared with itself
      --verbose          names the cases that pass, and shows differences whole
    """

private struct Options {
    var oracle: String?
    var program: String?
    var filter: String?
    var list = false
    var count = 0
    var seed: UInt64 = 1
    var noExceptions = false
    var verbose = false
    var files: [String] = []

    init(_ arguments: some Sequence<String>) throws(RunnerError) {
        var rest = Array(arguments)[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "--oracle": oracle = try value(of: argument, &rest)
            case "--program": program = try value(of: argument, &rest)
            case "--filter": filter = try value(of: argument, &rest)
            case "--count": count = try number(of: argument, &rest)
            case "--seed": seed = try number(of: argument, &rest)
            case "--list": list = true
            case "--no-exceptions": noExceptions = true
            case "--verbose": verbose = true
            case "--help":
                say(usage)
                exit(0)
            case _ where argument.hasPrefix("-"): throw RunnerError(message: "unknown option \(argument)")
            default: files.append(argument)
            }
        }
    }
}

private func value(of option: String, _ rest: inout ArraySlice<String>) throws(RunnerError) -> String {
    guard let value = rest.popFirst() else { throw RunnerError(message: "\(option) needs a value") }
    return value
}

private func number<Number: FixedWidthInteger>(
    of option: String, _ rest: inout ArraySlice<String>
) throws(RunnerError) -> Number {
    guard let number = Number(try value(of: option, &rest)) else {
        throw RunnerError(message: "\(option) needs a number")
    }
    return number
}

private func text(of file: String) throws(RunnerError) -> String {
    guard let stream = fopen(file, "r") else { throw failure("read", file) }
    defer { fclose(stream) }
    var bytes: Bytes = []
    var buffer = Bytes(repeating: 0, count: 1 << 16)
    while case let count = fread(&buffer, 1, buffer.count, stream), count > 0 { bytes += buffer[..<count] }
    return String(decoding: bytes, as: UTF8.self)
}

/// Runs what the options ask for; whether everything passed.
private func runSuite(_ options: Options) throws -> Bool {
    var tables: [TableRecipe] = []
    var cases: [Case] = []
    for file in options.files {
        let name = String(file.split(separator: "/").last ?? "")
        let contents = try CaseFile(name: name, text: try text(of: file))
        tables += contents.tables
        cases += contents.cases
    }
    var generator = Generator(seed: options.seed)
    for _ in 0..<options.count {
        let (table, theCase) = generator.next()
        tables.append(table)
        cases.append(theCase)
    }
    if let filter = options.filter {
        cases = cases.filter { "\($0.group): \($0.name)".containsText(filter) }
    }
    if options.list {
        for theCase in cases { say("\(theCase.group): \(theCase.name)") }
        return true
    }
    guard let oracle = options.oracle, let program = options.program else {
        throw RunnerError(message: "--oracle and --program are needed; --help says more")
    }
    guard !cases.isEmpty || options.filter != nil else { throw RunnerError(message: "no case to run") }
    let runner = try Runner(
        launcher: Launcher(oracle: oracle, subject: program), skipsExceptions: options.noExceptions)
    for table in tables { runner.add(table) }
    return try run(cases, by: runner, Report(verbose: options.verbose))
}

private func run(_ cases: [Case], by runner: Runner, _ report: Report) throws -> Bool {
    var groups: [(name: String, passed: Int, failed: Int)] = []
    for theCase in cases {
        if groups.last?.name != theCase.group { groups.append((theCase.group, 0, 0)) }
        let differences = try runner.differences(in: theCase)
        if differences.isEmpty {
            groups[groups.count - 1].passed += 1
            report.passed(theCase)
        } else {
            groups[groups.count - 1].failed += 1
            report.failed(theCase, differences)
        }
    }
    for group in groups {
        let mark = group.failed == 0 ? "ok    " : "FAILED"
        say("\(mark) \(group.name): \(group.passed) of \(group.passed + group.failed)")
    }
    let failed = groups.reduce(0) { $0 + $1.failed }
    say("\(cases.count - failed) passed, \(failed) failed")
    return failed == 0
}

extension String {
    fileprivate func containsText(_ text: String) -> Bool {
        text.isEmpty || indices.contains { self[$0...].hasPrefix(text) }
    }
}

do {
    exit(try runSuite(Options(CommandLine.arguments.dropFirst())) ? 0 : 1)
} catch let error as RunnerError {
    say("differential: \(error.message)")
} catch let error as CaseFileError {
    say("differential: \(error.message)")
} catch let error as KernelError {
    say("differential: \(error.message)")
} catch {
    say("differential: \(error)")
}
exit(2)
