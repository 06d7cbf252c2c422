import Addresses
import VRRPProtocol

/// Reads what an operator wants to go wrong: `WHAT@TIME`, `WHAT@FROM-UNTIL` or `WHAT@FROM+DURATION`.
///
/// | WHAT | what happens |
/// |---|---|
/// | `NODE` | it loses its power |
/// | `NODE:stop`, `NODE:kill` | its program is stopped in an orderly way; dies and leaves its addresses behind |
/// | `NODE:pause` | it is not scheduled |
/// | `NODE:interface [NAME]` | the interface, or all of them, lose the link |
/// | `NODE:script NAME`, `NODE:process NAME`, `NODE:bfd NAME` | what is tracked is bad |
/// | `NODE:file NAME=NUMBER` | the tracked file contains that number |
/// | `NODE:priority [INSTANCE=]NUMBER` | another priority is configured |
/// | `NODE:address ADDRESS` | somebody removes the virtual address |
/// | `NODE:deaf`, `NODE:mute` | it hears nobody; nobody hears it |
/// | `NODE-NODE`, `NODE>NODE` | nothing gets through between the two; from the first to the second |
/// | `partition` | nothing gets through at all |
/// | `loss PERCENT` | that much of all packets is lost |
///
/// Instead of `script NAME` the name alone will do, and a colon may stand where a blank does. Times are seconds, or
/// have a unit: `1.5`, `500ms`, `90s`, `2m`, `1h`.
package struct FailureReader {
    package struct Refusal: Error, Hashable, Sendable {
        /// What is wrong, and what would be right.
        package var message: String
    }

    let plan: SimulationPlan
    let text: String

    package static func read(_ text: String, for plan: SimulationPlan) throws(Refusal) -> Failure {
        try FailureReader(plan: plan, text: text).read()
    }

    private func read() throws(Refusal) -> Failure {
        guard let at = text.lastIndex(of: "@") else {
            throw refusal("when it happens is missing: expected WHAT@TIME, WHAT@FROM-UNTIL or WHAT@FROM+DURATION")
        }
        let what = try what(String(text[..<at]))
        let (from, until) = try times(text[text.index(after: at)...])
        var failure = what
        failure.from = from
        failure.until = until
        if until != nil, failure.recoveries.isEmpty {
            throw refusal("it cannot be put right again: expected WHAT@TIME")
        }
        return failure
    }

    func refusal(_ message: String) -> Refusal { Refusal(message: "\(text): \(message)") }

    private func times(_ text: Substring) throws(Refusal) -> (Instant, Instant?) {
        if let sign = text.firstIndex(where: { $0 == "-" || $0 == "+" }) {
            let from = try time(text[..<sign])
            let second = try time(text[text.index(after: sign)...])
            let until = text[sign] == "+" ? from.nanoseconds + second.nanoseconds : second.nanoseconds
            guard until > from.nanoseconds else { throw refusal("it would be over before it begins") }
            return (from, Instant(nanoseconds: until))
        }
        return (try time(text), nil)
    }

    private func time(_ text: Substring) throws(Refusal) -> Instant {
        guard let time = SimulationTime.parse(text) else {
            throw refusal(
                "\(text.isEmpty ? "nothing" : String(text)) is no time: expected seconds such as 10 or 1.5, "
                    + "or 500ms, 90s, 2m, 1h")
        }
        return time
    }

    // MARK: What

    private func what(_ text: String) throws(Refusal) -> Failure {
        if text == "partition" { return partition() }
        // Empty words stay: `::` is part of an address.
        let words = text.split(omittingEmptySubsequences: false) { $0 == ":" || $0 == " " }.map(String.init)
        if words.first == "loss" { return try loss(words) }
        if let node = node(named: text) { return powerOff(node) }
        if let failure = link(text) { return failure }
        guard let first = words.first else { throw refusal("what fails is missing: \(expectedWhat)") }
        guard let node = self.node(named: first) ?? (plan.nodes.count == 1 ? 0 : nil) else {
            throw refusal("there is no node \(first): \(expectedWhat)")
        }
        return try part(of: node, self.node(named: first) == nil ? words[...] : words.dropFirst())
    }

    private var expectedWhat: String {
        let names = plan.nodes.map(\.name).joined(separator: ", ")
        return "expected a node (\(names)), NODE:WHAT, NODE-NODE, partition or loss PERCENT; see --help"
    }

    func node(named name: String) -> Int? {
        plan.nodes.firstIndex { $0.name == name } ?? plan.nodes.firstIndex { $0.aliases.contains(name) }
    }

    func name(_ node: Int) -> String { plan.nodes[node].name }

    func failure(_ beginning: String, _ ending: String, _ faults: [Fault], _ recoveries: [Fault]) -> Failure {
        Failure(
            text: text, from: .origin, until: nil, beginning: beginning, ending: ending, faults: faults,
            recoveries: recoveries)
    }

    private func powerOff(_ node: Int) -> Failure {
        failure(
            "\(name(node)) loses its power", "\(name(node)) is switched on again", [.powerOff(node: node)],
            [.start(node: node)])
    }

    private func partition() -> Failure {
        var cuts: [Fault] = []
        var heals: [Fault] = []
        for from in plan.nodes.indices {
            for to in plan.nodes.indices where to != from {
                cuts.append(.cut(from: from, to: to))
                heals.append(.heal(from: from, to: to))
            }
        }
        return failure(
            "partition: nothing gets through between the nodes", "the partition is over", cuts, heals)
    }

    private func loss(_ words: [String]) throws(Refusal) -> Failure {
        let number = words.count == 2 ? words[1].hasSuffix("%") ? String(words[1].dropLast()) : words[1] : ""
        guard let percent = SimulationTime.decimal(number[...], scale: 10_000), percent <= 1_000_000 else {
            throw refusal("expected loss and a percentage from 0 to 100, such as loss 10%")
        }
        var conditions = plan.conditions
        conditions.loss = UInt32(percent)
        return failure(
            "\(number) % of all packets are lost from now on", "no packets are lost any more",
            [.conditions(conditions)], [.conditions(plan.conditions)])
    }

    /// `a-b` or `a>b`; names may contain the sign themselves.
    private func link(_ text: String) -> Failure? {
        for sign in text.indices where text[sign] == "-" || text[sign] == ">" {
            let left = text[..<sign]
            let right = text[text.index(after: sign)...]
            guard let one = node(named: String(left.hasSuffix("-") ? left.dropLast() : left)),
                let two = node(named: String(right)), one != two
            else { continue }
            if text[sign] == ">" {
                return failure(
                    "nothing gets through from \(name(one)) to \(name(two))",
                    "\(name(two)) hears \(name(one)) again", [.cut(from: one, to: two)], [.heal(from: one, to: two)])
            }
            return failure(
                "nothing gets through between \(name(one)) and \(name(two))",
                "the link between \(name(one)) and \(name(two)) is there again",
                [.cut(from: one, to: two), .cut(from: two, to: one)],
                [.heal(from: one, to: two), .heal(from: two, to: one)])
        }
        return nil
    }
}
