/// The tables and cases that a case file holds.
///
/// A case file is read line by line; `#` in the first column starts a comment, empty lines mean nothing.
///
///     group NAME                  the cases that follow belong to this group
///     table NAME                  a table; the indented lines below it make it:
///         -A -t 10.0.0.1:80           a rule, as `ipvsadm --restore` reads it
///         repeat 1-9 -a … -r 10.0.0.@:80 …    nine rules, with these numbers for @
///         ipvsadm --set 1 2 3         a command line for the C program, run after the rules
///         poke tunnel-flags=3 S R     sets an attribute of real server R (or of service S) past the C program
///         traffic tcp …               see `Traffic`
///     list NAME                   names the indented lines below it; (nothing) stands for no words
///     on TABLE                    the cases that follow start from this table
///     ipvsadm -Ln @NAME           a case of one step; with @NAME, a case for each line of that list
///     case NAME … end             a case of several steps
///
/// A step may be followed by indented lines that say more about it:
///
///     stdin| LINE                 a line of standard input (`stdin-unended|` if no newline ends it)
///     stdin-text WORD             standard input, with the escapes of a word
///     stdin of step N             standard output of step N
///     stdin closed                no standard input at all; `stdout closed` likewise
///     stdout FILE                 where standard output goes (`closed-pipe`: to where nobody reads)
///     env NAME=VALUE              an environment variable
///     as nobody                   without root's rights
///     normalise WHAT              see `Normalisation`
///     ours TITLE                  an intended difference; what follows is what our program does:
///     status N                        its exit status
///     out| LINE / out none            its standard output
///     err| LINE / err none            its standard error
///     table unchanged / table empty   the table that it leaves
///     table| RULE                     the same, as rules
///
/// After `|` comes one blank and the text; a `$` at the end of it shows where trailing blanks end.
struct CaseFile {
    private(set) var tables: [TableRecipe] = []
    private(set) var cases: [Case] = []

    private let name: String
    private var lines: ArraySlice<(number: Int, text: Substring)>
    private var lists: [String: [Substring]]
    private var group = ""
    private var table = "empty"

    init(name: String, text: String, lists: [String: [Substring]] = [:]) throws(CaseFileError) {
        self.name = name
        self.lists = lists
        lines =
            text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
            .map { (number: $0.offset + 1, text: $0.element) }
            .filter { !$0.text.hasPrefix("#") && $0.text.contains { $0 != " " } }[...]
        while let line = lines.popFirst() {
            do {
                try read(line)
            } catch {
                throw CaseFileError(message: "\(name):\(line.number): \(error.message)")
            }
        }
    }

    private mutating func read(_ line: (number: Int, text: Substring)) throws(CaseFileError) {
        let (keyword, rest) = line.text.cutAtBlank()
        switch keyword {
        case "group": group = String(rest)
        case "on": table = String(rest)
        case "table": try readTable(named: rest)
        case "list": lists[String(rest)] = takeIndented().map { $0 == "(nothing)" ? "" : $0 }
        case "case":
            var body: [Substring] = []
            while let next = lines.popFirst(), next.text != "end" { body.append(next.text) }
            try addCases(named: rest, line: line.number, body: body)
        default:
            guard !line.text.hasPrefix(" ") else {
                throw CaseFileError(message: "an indented line that belongs to nothing")
            }
            try addCases(named: nil, line: line.number, body: [line.text] + takeIndented().map { "    " + $0 })
        }
    }

    private mutating func takeIndented() -> [Substring] {
        var taken: [Substring] = []
        while let next = lines.first, next.text.hasPrefix(" ") {
            taken.append(next.text.drop { $0 == " " })
            lines.removeFirst()
        }
        return taken
    }

    private mutating func readTable(named name: Substring) throws(CaseFileError) {
        var recipe = TableRecipe(name: String(name))
        for line in takeIndented() {
            let (keyword, rest) = line.cutAtBlank()
            switch keyword {
            case "ipvsadm": recipe.preparations.append(.command(try words(of: line)))
            case "poke": recipe.preparations.append(.poke(try TablePoke(rest)))
            case "repeat": recipe.rules += try repeatedRules(rest)
            case "traffic": recipe.preparations.append(.traffic(try Traffic(rest)))
            default: recipe.rules += Bytes(line.utf8) + Bytes("\n".utf8)
            }
        }
        tables.append(recipe)
    }

    /// Adds a case for each way to choose an item from every list that the body names.
    private mutating func addCases(
        named given: Substring?, line: Int, body: [Substring]
    ) throws(CaseFileError) {
        for choice in try choices(for: listNames(in: body)) {
            let steps = try steps(of: body.map { substitute(choice, in: $0) })
            guard let first = steps.first else { throw CaseFileError(message: "a case without a step") }
            var name = shown(first.commandLine)
            if let given {
                name = ([String(given)] + choice.map { "[\($0.item)]" }).joined(separator: " ")
            }
            cases.append(
                Case(group: group, name: name, origin: "\(self.name):\(line)", table: table, steps: steps))
        }
    }

    private func choices(for names: [Substring]) throws(CaseFileError) -> [[(list: Substring, item: Substring)]] {
        var choices: [[(list: Substring, item: Substring)]] = [[]]
        for name in names {
            guard let items = lists[String(name)] else {
                throw CaseFileError(message: "no list is named \(name)")
            }
            choices = choices.flatMap { choice in items.map { choice + [(list: name, item: $0)] } }
        }
        return choices
    }
}

/// The rules of `repeat FIRST-LAST RULE`.
private func repeatedRules(_ text: Substring) throws(CaseFileError) -> Bytes {
    let (range, rule) = text.cutAtBlank()
    let limits = range.split(separator: "-").compactMap { Int($0) }
    guard limits.count == 2, limits[0] <= limits[1] else {
        throw CaseFileError(message: "not a range of numbers: \(range)")
    }
    return (limits[0]...limits[1]).flatMap { number in
        Bytes(rule.split(separator: "@", omittingEmptySubsequences: false).joined(separator: String(number)).utf8)
            + Bytes("\n".utf8)
    }
}

/// The names after `@` in the lines, each once.
private func listNames(in lines: [Substring]) -> [Substring] {
    var names: [Substring] = []
    for line in lines where !line.contains("|") {
        for word in line.split(separator: " ") where word.hasPrefix("@") && !names.contains(word.dropFirst()) {
            names.append(word.dropFirst())
        }
    }
    return names
}

private func substitute(_ choice: [(list: Substring, item: Substring)], in line: Substring) -> Substring {
    guard !choice.isEmpty, !line.contains("|") else { return line }
    let indent = line.prefix { $0 == " " }
    let replaced = line.split(separator: " ").map { word in
        choice.first { word == "@" + $0.list }?.item ?? word
    }
    return indent + Substring(replaced.joined(separator: " "))
}

private func steps(of body: [Substring]) throws(CaseFileError) -> [Step] {
    var steps: [Step] = []
    for line in body {
        guard line.hasPrefix("    ") else {
            steps.append(Step(commandLine: try words(of: line)))
            continue
        }
        guard var step = steps.popLast() else { throw CaseFileError(message: "no step before: \(line)") }
        try step.read(line.drop { $0 == " " })
        steps.append(step)
    }
    return steps
}

extension Step {
    fileprivate mutating func read(_ line: Substring) throws(CaseFileError) {
        let (keyword, rest) = line.cutAtBlank()
        switch keyword {
        case "stdin|": addInput(textLine(rest) + [UInt8(ascii: "\n")])
        case "stdin-unended|": addInput(textLine(rest))
        case "stdin-text": addInput(try words(of: rest).flatMap { $0 })
        case "stdin" where rest == "closed": input = .closed
        case "stdin":
            guard rest.hasPrefix("of step "), let number = Int(rest.dropFirst(8)) else {
                throw CaseFileError(message: "not understood: \(line)")
            }
            input = .output(ofStep: number)
        case "stdout" where rest == "closed": output = .closed
        case "stdout" where rest == "closed-pipe": output = .closedPipe
        case "stdout": output = .file(String(rest))
        case "env": environment.append(String(rest))
        case "as" where rest == "nobody": unprivileged = true
        case "normalise":
            guard let known = Normalisation(rawValue: String(rest)) else {
                throw CaseFileError(message: "no normalisation is named \(rest)")
            }
            normalisations.append(known)
        case "ours": exception = Exception(title: String(rest))
        default:
            guard exception != nil else { throw CaseFileError(message: "not understood: \(line)") }
            try exception?.read(keyword, rest)
        }
    }

    private mutating func addInput(_ text: Bytes) {
        if case .text(let before) = input {
            input = .text(before + text)
        } else {
            input = .text(text)
        }
    }
}

extension Exception {
    fileprivate mutating func read(_ keyword: Substring, _ rest: Substring) throws(CaseFileError) {
        let line = textLine(rest) + [UInt8(ascii: "\n")]
        switch (keyword, rest) {
        case ("status", _): status = Int(rest)
        case ("out", "none"): standardOutput = []
        case ("out|", _): standardOutput = (standardOutput ?? []) + line
        case ("err", "none"): standardError = []
        case ("err|", _): standardError = (standardError ?? []) + line
        case ("table", "unchanged"): table = .unchanged
        case ("table", "empty"): table = .rules([])
        case ("table|", _):
            if case .rules(let before) = table {
                table = .rules(before + line)
            } else {
                table = .rules(line)
            }
        default: throw CaseFileError(message: "not understood: \(keyword) \(rest)")
        }
    }
}

extension TablePoke {
    fileprivate init(_ text: Substring) throws(CaseFileError) {
        let parts = text.split(separator: " ")
        let setting = parts.first?.split(separator: "=") ?? []
        guard setting.count == 2, (2...3).contains(parts.count), let value = UInt32(setting[1]) else {
            throw CaseFileError(message: "a poke is ATTRIBUTE=NUMBER SERVICE [SERVER], not: \(text)")
        }
        self.init(
            attribute: String(setting[0]), value: value, service: String(parts[1]),
            server: parts.count == 3 ? String(parts[2]) : nil)
    }
}

/// The text after `|` and its blank.
private func textLine(_ text: Substring) -> Bytes {
    Bytes((text.last == "$" ? text.dropLast() : text).utf8)
}

extension Substring {
    /// The part before the first blank and the part after it.
    func cutAtBlank() -> (Substring, Substring) {
        guard let blank = firstIndex(of: " ") else { return (self, self[endIndex...]) }
        return (self[..<blank], self[index(after: blank)...])
    }
}
