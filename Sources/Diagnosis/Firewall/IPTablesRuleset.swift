package import Addresses

/// What `iptables-save` or `ip6tables-save` writes (iptables-save(8)).
package struct IPTablesRuleset: Sendable {
    struct Chain {
        /// Nil for a chain of the user's.
        var policy: String?
        var rules: [[String]] = []
    }

    struct Table {
        var name: String
        var chains: [String: Chain] = [:]
    }

    package var family: AddressFamily
    /// The program that changes these rules.
    package var program: String
    private(set) var tables: [Table] = []

    /// - Parameter program: `iptables`, `ip6tables-legacy` …
    package init(_ text: String, family: AddressFamily, program: String) {
        self.family = family
        self.program = program
        for line in text.split(whereSeparator: \.isNewline) {
            switch line.first {
            case "*": tables.append(Table(name: String(line.dropFirst())))
            case ":":
                let words = line.dropFirst().split(separator: " ")
                guard words.count >= 2, !tables.isEmpty else { continue }
                let policy = words[1] == "-" ? nil : String(words[1])
                tables[tables.count - 1].chains[String(words[0])] = Chain(policy: policy)
            case "-":
                let words = Self.words(line)
                guard words.count >= 2, words[0] == "-A", !tables.isEmpty else { continue }
                tables[tables.count - 1].chains[words[1], default: Chain()].rules.append(Array(words.dropFirst(2)))
            default: continue
            }
        }
    }

    /// Whether there is anything that could drop a packet.
    package var isEmpty: Bool {
        tables.allSatisfy { $0.chains.values.allSatisfy { $0.rules.isEmpty && $0.policy != "DROP" } }
    }

    /// Whether a rule asks for the state of connections.
    package var tracksConnections: Bool {
        tables.contains { table in
            table.chains.values.contains { chain in
                chain.rules.contains { $0.contains("--ctstate") || $0.contains("--state") }
            }
        }
    }

    /// The words of a line; `"…"` is one, with `\` before a quotation mark or another `\`.
    private static func words(_ line: Substring) -> [String] {
        var words: [String] = []
        var word = ""
        var isOpen = false
        var isQuoted = false
        var isEscaped = false
        for character in line {
            if isEscaped {
                word.append(character)
                isEscaped = false
            } else if isQuoted {
                if character == "\\" {
                    isEscaped = true
                } else if character == "\"" {
                    isQuoted = false
                } else {
                    word.append(character)
                }
            } else if character == "\"" {
                isQuoted = true
                isOpen = true
            } else if character == " " || character == "\t" {
                if isOpen { words.append(word) }
                word = ""
                isOpen = false
            } else {
                word.append(character)
                isOpen = true
            }
        }
        if isOpen { words.append(word) }
        return words
    }
}
