import Addresses
import VRRPProtocol

/// What can fail of a node.
extension FailureReader {
    func part(of node: Int, _ words: ArraySlice<String>) throws(Refusal) -> Failure {
        let name = name(node)
        guard let word = words.first else { throw refusal(expectedPart(of: node)) }
        let argument = words.dropFirst().joined(separator: ":")
        switch word {
        case "stop":
            return failure(
                "\(name) is stopped", "\(name) is started again", [.shutdown(node: node)], [.start(node: node)])
        case "kill":
            return failure(
                "the program of \(name) dies and leaves its addresses behind", "\(name) is started again",
                [.kill(node: node)], [.start(node: node)])
        case "pause":
            return failure(
                "\(name) is not scheduled any more", "\(name) is scheduled again", [.pause(node: node)],
                [.resume(node: node)])
        case "deaf": return paths(to: node, "\(name) hears nobody", "\(name) hears the others again")
        case "mute": return paths(from: node, "nobody hears \(name)", "\(name) is heard again")
        case "interface": return try interface(of: node, argument)
        case "script": return try tracker(.script, of: node, argument)
        case "process": return try tracker(.process, of: node, argument)
        case "bfd": return try tracker(.bfd, of: node, argument)
        case "file": return try file(of: node, argument)
        case "priority": return try priority(of: node, argument)
        case "address": return try address(of: node, argument)
        default:
            // The name of something tracked, or of an interface, says it too.
            if plan.nodes[node].trackers.contains(where: { $0.name == word && $0.kind != .interface }),
                let kind = plan.nodes[node].trackers.first(where: { $0.name == word })?.kind, kind != .file
            {
                return try tracker(kind, of: node, word)
            }
            if plan.nodes[node].routers.contains(where: { $0.interface == word }) {
                return try interface(of: node, word)
            }
            throw refusal("\(word) cannot fail: \(expectedPart(of: node))")
        }
    }

    private func expectedPart(of node: Int) -> String {
        let names = plan.nodes[node].trackers.filter { $0.kind == .script }.map(\.name)
        let scripts = names.isEmpty ? "" : " (scripts: \(names.joined(separator: ", ")))"
        return "expected \(name(node)):stop, kill, pause, deaf, mute, interface [NAME], script NAME\(scripts), "
            + "process NAME, bfd NAME, file NAME=NUMBER, priority NUMBER or address ADDRESS"
    }

    private func paths(from: Int? = nil, to: Int? = nil, _ beginning: String, _ ending: String) -> Failure {
        var cuts: [Fault] = []
        var heals: [Fault] = []
        for other in plan.nodes.indices where other != from && other != to {
            cuts.append(.cut(from: from ?? other, to: to ?? other))
            heals.append(.heal(from: from ?? other, to: to ?? other))
        }
        return failure(beginning, ending, cuts, heals)
    }

    private func interface(of node: Int, _ wanted: String) throws(Refusal) -> Failure {
        var lans: [Int] = []
        var names: [String] = []
        for router in plan.nodes[node].routers where wanted.isEmpty || router.interface == wanted {
            if !lans.contains(router.lan) { lans.append(router.lan) }
            if !names.contains(router.interface) { names.append(router.interface) }
        }
        var tracked: [Int] = []
        for (index, tracker) in plan.nodes[node].trackers.enumerated()
        where tracker.kind == .interface && tracker.lan == nil && tracker.name == wanted {
            tracked.append(index)
            names.append(tracker.name)
        }
        guard !lans.isEmpty || !tracked.isEmpty else {
            let known = Set(plan.nodes[node].routers.map(\.interface)).sorted().joined(separator: ", ")
            throw refusal("\(name(node)) has no interface \(wanted): expected one of \(known)")
        }
        let what = names.joined(separator: ", ")
        return failure(
            "\(name(node)): \(what) \(names.count == 1 ? "loses its" : "lose their") link",
            "\(name(node)): \(what) \(names.count == 1 ? "has its" : "have their") link again",
            lans.map { .linkDown(node: node, lan: $0) } + tracked.map { .tracked(node: node, tracker: $0, .bad) },
            lans.map { .linkUp(node: node, lan: $0) } + tracked.map { .tracked(node: node, tracker: $0, .good) })
    }

    private func index(of kind: Tracker.Kind, _ wanted: String, at node: Int) throws(Refusal) -> Int {
        let trackers = plan.nodes[node].trackers
        if let index = trackers.firstIndex(where: { $0.kind == kind && $0.name == wanted }) { return index }
        let known = trackers.filter { $0.kind == kind }.map(\.name)
        let expected =
            known.isEmpty
            ? "no instance of \(name(node)) tracks a \(kind)" : "expected \(known.joined(separator: " or "))"
        throw refusal("\(name(node)) tracks no \(kind) \(wanted): \(expected)")
    }

    private func tracker(_ kind: Tracker.Kind, of node: Int, _ wanted: String) throws(Refusal) -> Failure {
        let index = try index(of: kind, wanted, at: node)
        let what = "\(name(node)): \(kind) \(wanted)"
        let (bad, good) =
            switch kind {
            case .script: ("fails from now on", "succeeds again")
            case .process: ("does not run any more", "runs again")
            default: ("is down", "is up again")
            }
        return failure(
            "\(what) \(bad)", "\(what) \(good)", [.tracked(node: node, tracker: index, .bad)],
            [.tracked(node: node, tracker: index, .good)])
    }

    private func file(of node: Int, _ argument: String) throws(Refusal) -> Failure {
        let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2, let value = Int(parts[1]) else {
            throw refusal("expected file NAME=NUMBER")
        }
        let index = try index(of: .file, parts[0], at: node)
        return failure(
            "\(name(node)): file \(parts[0]) contains \(value)", "\(name(node)): file \(parts[0]) contains 0 again",
            [.tracked(node: node, tracker: index, .value(value))], [.tracked(node: node, tracker: index, .value(0))])
    }

    private func priority(of node: Int, _ argument: String) throws(Refusal) -> Failure {
        let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
        guard let priority = parts.last.flatMap({ UInt8($0) }), priority > 0 else {
            throw refusal("expected priority NUMBER or priority INSTANCE=NUMBER, with a number from 1 to 255")
        }
        var faults: [Fault] = []
        var recoveries: [Fault] = []
        for (index, router) in plan.nodes[node].routers.enumerated() where parts.count == 1 || router.name == parts[0] {
            faults.append(.setPriority(node: node, router: index, priority))
            recoveries.append(.setPriority(node: node, router: index, router.configuration.priority))
        }
        guard !faults.isEmpty else {
            let known = plan.nodes[node].routers.map(\.name).joined(separator: ", ")
            throw refusal("\(name(node)) has no instance \(parts[0]): expected one of \(known)")
        }
        return failure(
            "\(name(node)) is configured with priority \(priority)",
            "\(name(node)) is configured as before", faults, recoveries)
    }

    private func address(of node: Int, _ argument: String) throws(Refusal) -> Failure {
        guard let address = IPAddress(parsing: argument) else {
            throw refusal("\(argument.isEmpty ? "nothing" : argument) is no address: expected a virtual address")
        }
        let router = plan.nodes[node].routers.firstIndex { $0.configuration.heldAddresses.contains(address) }
        guard let router else { throw refusal("\(address) is no virtual address of \(name(node))") }
        return failure(
            "somebody removes \(address) from \(name(node))", "",
            [.removeAddress(node: node, router: router, address)], [])
    }
}
