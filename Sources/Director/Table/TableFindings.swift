/// What somebody else has done to the table.
struct TableFindings {
    var lines: [String] = []
    var missingServices = 0
    var changedServices = 0
    var missingServers = 0
    var changedServers = 0

    /// So many are said one by one.
    static let mostLines = 16

    var isEmpty: Bool { count == 0 }
    var count: Int { missingServices + changedServices + missingServers + changedServers }

    mutating func add(_ count: WritableKeyPath<TableFindings, Int>, _ line: @autoclosure () -> String) {
        self[keyPath: count] += 1
        if lines.count < Self.mostLines { lines.append(line()) }
    }

    /// As a whole, where there are too many to be said one by one.
    var summary: String {
        func part(_ number: Int, _ thing: String) -> String? {
            number == 0 ? nil : "\(number) \(thing)\(number == 1 ? "" : "s")"
        }
        let missing = [part(missingServices, "service"), part(missingServers, "server")].compactMap { $0 }
        let changed = [part(changedServices, "service"), part(changedServers, "server")].compactMap { $0 }
        var sentences: [String] = []
        if !missing.isEmpty { sentences.append("removed \(missing.joined(separator: " and "))") }
        if !changed.isEmpty { sentences.append("changed \(changed.joined(separator: " and "))") }
        return "somebody \(sentences.joined(separator: " and ")) of ours in the kernel's table; they are put back"
    }
}
