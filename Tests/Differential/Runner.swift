/// One thing in which the programs do not agree, or in which ours is not what an exception says.
struct Difference {
    var aspect: String
    var expected: String
    var actual: String
    var expectedText: Bytes
    var actualText: Bytes
}

/// What a step did, and the table that it left.
private struct Result {
    var outcome: Outcome
    var before: [String]
    var after: [String]
    var counters: [String]
}

/// Runs cases: each by the C program and then by ours, from the same table of the same kernel.
final class Runner {
    private let kernel: Kernel
    private let launcher: Launcher
    private let traffic = TrafficSource()
    private var recipes: [String: TableRecipe] = [:]
    private var prepared: [String: (table: KernelTable, lines: [String], counters: [String])] = [:]
    private var afterRules: [Bytes: [String]] = [:]
    /// Whether exceptions are left out: two runs of the C program must then agree in everything else.
    private let skipsExceptions: Bool

    init(launcher: Launcher, skipsExceptions: Bool) throws {
        self.launcher = launcher
        self.skipsExceptions = skipsExceptions
        kernel = try Kernel()
        try kernel.clear()
        add(TableRecipe(name: "empty"))
    }

    func add(_ recipe: TableRecipe) { recipes[recipe.name] = recipe }

    func differences(in theCase: Case) throws -> [Difference] {
        let oracle = try results(of: theCase, by: launcher.runOracle)
        let subject = try results(of: theCase, by: launcher.runSubject)
        var differences: [Difference] = []
        for (index, step) in theCase.steps.enumerated() {
            let place = theCase.steps.count == 1 ? "" : "step \(index + 1), \(shown(step.commandLine)): "
            for var difference in try compare(step, oracle[index], subject[index]) {
                difference.aspect = place + difference.aspect
                differences.append(difference)
            }
        }
        return differences
    }

    private func results(
        of theCase: Case, by run: (Step, Bytes) throws(RunnerError) -> Outcome
    ) throws -> [Result] {
        try lay(theCase.table)
        var results: [Result] = []
        var before = try kernel.table().lines
        for step in theCase.steps {
            let input: Bytes
            switch step.input {
            case .nothing, .closed: input = []
            case .text(let text): input = text
            case .output(let number):
                guard results.indices.contains(number - 1) else {
                    throw RunnerError(message: "\(theCase.origin): no step \(number) before this one")
                }
                input = results[number - 1].outcome.standardOutput
            }
            let outcome = try run(step, input)
            let table = try kernel.table()
            let after = table.lines
            results.append(
                Result(outcome: outcome, before: before, after: after, counters: table.hasCounted))
            before = after
        }
        return results
    }

    /// Makes the kernel's table the named one.
    private func lay(_ name: String) throws {
        guard let recipe = recipes[name] else { throw RunnerError(message: "no table is named \(name)") }
        guard let wanted = prepared[name] else { return try prepare(recipe) }
        let present = try kernel.table()
        if present.lines != wanted.lines {
            // Connections belong to their services: they would not come back with them.
            if recipe.carriesTraffic { return try prepare(recipe) }
            try kernel.install(wanted.table)
            guard try kernel.table().lines == wanted.lines else {
                throw RunnerError(message: "table \(name) cannot be made again")
            }
        } else if recipe.carriesTraffic && present.counters != wanted.counters {
            try send(recipe, repetition: true)
            prepared[name]?.counters = try kernel.table().counters
        }
    }

    /// Makes a table for the first time, by the C program.
    private func prepare(_ recipe: TableRecipe) throws {
        try kernel.clear()
        if let resting = prepared["empty"] { try kernel.install(resting.table) }
        try restore(recipe.rules, for: "table \(recipe.name)")
        for preparation in recipe.preparations {
            switch preparation {
            case .command(let words):
                let outcome = try launcher.runOracle(Step(commandLine: words), input: [])
                guard outcome.status == 0 else {
                    throw RunnerError(message: "table \(recipe.name): \(shown(words)) fails")
                }
            case .poke(let poke):
                var table = try kernel.table()
                guard table.apply(poke) else {
                    throw RunnerError(message: "table \(recipe.name): nothing to poke: \(poke)")
                }
                try kernel.install(table)
            case .traffic: break
            }
        }
        try send(recipe, repetition: false)
        let table = try kernel.table()
        prepared[recipe.name] = (table, table.lines, table.counters)
    }

    private func send(_ recipe: TableRecipe, repetition: Bool) throws {
        for case .traffic(let traffic) in recipe.preparations {
            try self.traffic.send(traffic, repetition: repetition, kernel: kernel)
        }
    }

    private func restore(_ rules: Bytes, for purpose: String) throws {
        guard !rules.isEmpty else { return }
        let step = Step(commandLine: [Bytes("ipvsadm".utf8), Bytes("-R".utf8)])
        let outcome = try launcher.runOracle(step, input: rules)
        guard outcome.status == 0, outcome.standardError.isEmpty else {
            let said = String(decoding: outcome.standardError, as: UTF8.self)
            throw RunnerError(message: "\(purpose): the C program does not take these rules: \(said)")
        }
    }

    // MARK: Comparison

    private func compare(_ step: Step, _ oracle: Result, _ subject: Result) throws -> [Difference] {
        let expected = Expectation(step, oracle)
        let actual = Expectation(step, subject)
        guard let exception = step.exception else { return expected.differences(from: actual, by: "C") }
        if skipsExceptions { return [] }
        var wanted = expected
        if let status = exception.status { wanted.status = status }
        if let text = exception.standardOutput {
            wanted.standardOutput = step.normalisations.reduce(text) { $1.applied(to: $0) }
        }
        if let text = exception.standardError { wanted.standardError = text }
        if exception.table != nil { wanted.counters = actual.counters }
        switch exception.table {
        case .unchanged: wanted.table = subject.before
        case .rules(let rules): wanted.table = try table(afterRules: rules)
        case nil: break
        }
        let found = wanted.differences(from: actual, by: exception.title)
        if found.isEmpty && expected.differences(from: actual, by: "").isEmpty {
            return [
                Difference(
                    aspect: "exception", expected: "\(exception.title): differs from the C program",
                    actual: "is the same: the exception is out of date", expectedText: [], actualText: [])
            ]
        }
        return found
    }

    private func table(afterRules rules: Bytes) throws -> [String] {
        if let known = afterRules[rules] { return known }
        try lay("empty")
        try restore(rules, for: "expected table")
        let lines = try kernel.table().lines
        afterRules[rules] = lines
        return lines
    }
}

/// What is compared of a step.
private struct Expectation {
    var status: Int
    var standardOutput: Bytes
    var standardError: Bytes
    var table: [String]
    var counters: [String]

    init(_ step: Step, _ result: Result) {
        status = result.outcome.status
        standardOutput = step.normalisations.reduce(result.outcome.standardOutput) { $1.applied(to: $0) }
        standardError = result.outcome.standardError
        table = result.after
        counters = result.counters
    }

    /// How `actual` is not as expected; `by` says whose expectation this is.
    func differences(from actual: Expectation, by: String) -> [Difference] {
        var differences: [Difference] = []
        func add(_ aspect: String, _ expected: Bytes, _ actual: Bytes) {
            guard expected != actual else { return }
            differences.append(
                Difference(
                    aspect: aspect, expected: by, actual: "ours", expectedText: expected, actualText: actual))
        }
        add("exit status", Bytes("\(status)".utf8), Bytes("\(actual.status)".utf8))
        add("standard output", standardOutput, actual.standardOutput)
        add("standard error", standardError, actual.standardError)
        add("kernel table", joined(table), joined(actual.table))
        // Counters belong to what is in the table: of another table there is no more to say.
        if table == actual.table { add("counters", joined(counters), joined(actual.counters)) }
        return differences
    }
}

private func joined(_ lines: [String]) -> Bytes { lines.flatMap { Bytes($0.utf8) + [UInt8(ascii: "\n")] } }

extension Normalisation {
    func applied(to text: Bytes) -> Bytes {
        let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let normalised =
            switch self {
            case .expiry: lines.map(withoutExpiry)
            case .order: lines.map(Bytes.init).sorted { $0.lexicographicallyPrecedes($1) }
            }
        return Bytes(normalised.joined(separator: [UInt8(ascii: "\n")]))
    }
}

/// `TCP 14:54  ESTABLISHED …` with question marks for the digits of the time.
private func withoutExpiry(_ line: ArraySlice<UInt8>) -> Bytes {
    var line = Bytes(line)
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    guard line.count > 9, line[6] == UInt8(ascii: ":"), digits.contains(line[4]), digits.contains(line[8]) else {
        return line
    }
    for index in [4, 5, 7, 8] { line[index] = UInt8(ascii: "?") }
    return line
}
