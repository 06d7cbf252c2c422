extension InstanceFacts {
    /// What would have to happen for the state to change.
    var outlook: [ExplanationReport.Sentence] {
        switch instance.state {
        case "active": activeOutlook + turns.compactMap(ifTurned)
        case "backup": backupOutlook + turns.compactMap(ifTurned)
        case "fault": faultOutlook
        default: []
        }
    }

    private typealias Sentence = ExplanationReport.Sentence

    private var own: Int { instance.effectivePriority }

    // MARK: Active

    private var activeOutlook: [Sentence] {
        if own == 255 {
            return [
                Sentence(
                    .outlook,
                    "It stays active until it is stopped or in fault: nobody has a higher priority than an owner.",
                    ["if": "stopped"])
            ]
        }
        let tie = instance.source.map { ", or with \(own) from a higher address than \($0)" } ?? ""
        return [
            Sentence(
                .outlook, "It gives way if a router advertises with a priority above \(own)\(tie).",
                ["if": "higher-priority", "priority": "\(own)"])
        ]
    }

    // MARK: Backup

    private var backupOutlook: [Sentence] {
        guard !isReady else {
            return [
                Sentence(
                    .outlook, "It takes over as soon as all members of its sync group are ready.",
                    ["if": "group-ready"])
            ]
        }
        let wait = SpokenTime.exact(milliseconds: instance.activeDownMilliseconds)
        guard let peer else {
            return [
                Sentence(
                    .outlook, "If an advertisement comes with priority \(own) or more, it stays backup.",
                    ["if": "advertisement", "priority": "\(own)"])
            ]
        }
        var sentences = [
            Sentence(
                .outlook, "If no advertisement comes from \(peer.address) for \(wait), it takes over.",
                [
                    "if": "silence", "peer": peer.address, "milliseconds": "\(instance.activeDownMilliseconds)",
                ]),
            Sentence(
                .outlook,
                "If \(peer.address) resigns, it takes over after its skew time of "
                    + "\(SpokenTime.exact(milliseconds: skewMilliseconds)), unless a better one is quicker.",
                ["if": "resignation", "peer": peer.address, "milliseconds": "\(skewMilliseconds)"]),
        ]
        if peer.priority < own, own < 255, !instance.preempts {
            sentences.append(
                Sentence(
                    .outlook,
                    "As long as \(peer.address) advertises, nothing that it tracks makes it take over: nopreempt.",
                    ["if": "never", "rule": "nopreempt"]))
        } else if standsBack {
            sentences.append(
                Sentence(
                    .outlook, "It counts as priority \(own) until the order to stand back ends.",
                    ["if": "order", "priority": "\(own)"]))
        } else if peer.priority >= own, instance.preempts {
            sentences.append(
                Sentence(
                    .outlook,
                    "It takes over from \(peer.address) when its own priority is above \(peer.priority), or that of "
                        + "\(peer.address) below \(own).",
                    ["if": "priority", "peer": peer.address, "above": "\(peer.priority)", "below": "\(own)"]))
        }
        return sentences
    }

    // MARK: Fault

    private var faultOutlook: [Sentence] {
        guard let first = instance.faults.first else { return [] }
        let rest = instance.faults.count - 1
        let what = Self.remedies[first.kind].map { $0(first.name) } ?? "that is over"
        let others =
            rest == 0 ? "" : ", and the other \(rest == 1 ? "cause is" : "\(rest) causes are") gone as well"
        let then =
            instance.configuredPriority == 255
            ? "it is active at once" : "it listens as backup, and an election decides"
        return [
            Sentence(
                .outlook, "When \(what)\(others), \(then).",
                ["if": "recovery", "fault": first.kind, "name": first.name])
        ]
    }

    private static let remedies: [String: @Sendable (String) -> String] = [
        "interface": { "interface \($0) is up" },
        "no-primary-address": { _ in "the interface has an address to send from" },
        "virtual-mac-interface": { _ in "the interface with the virtual MAC is up" },
        "tracked-interface": { "tracked interface \($0) is up" },
        "script": { "script \($0) succeeds" },
        "file": { "file \($0) no longer says so" },
        "process": { "process \($0) runs as it should" },
        "bfd": { "BFD session \($0) is up" },
        "sync-group": { "\($0) of its sync group can take part" },
        "held": { _ in "it is held back no longer" },
    ]

    // MARK: Tracked

    /// What follows if something that is tracked is read the other way round.
    private func ifTurned(_ turn: Turn) -> Sentence? {
        guard own < 255 || turn.wouldBeFault != turn.isFault else { return nil }
        let thing = turn.kind == "bfd" ? "BFD session \(turn.name)" : "\(turn.kind) \(turn.name)"
        var fields = ["if": "tracked", "kind": turn.kind, "name": turn.name]
        if turn.wouldBeFault {
            fields["then"] = "fault"
            let then = instance.state == "active" ? "it resigns and is in fault" : "it is in fault"
            return Sentence(.outlook, "If \(thing) \(change(turn)), \(then).", fields)
        }
        let new = priority(with: turn)
        guard new != own, turn.weight != turn.otherWeight else { return nil }
        fields["priority"] = "\(new)"
        let moves = "its priority \(new > own ? "rises" : "falls") by \(abs(new - own)) to \(new)"
        return Sentence(.outlook, "If \(thing) \(change(turn)), \(moves)\(consequence(of: new, &fields)).", fields)
    }

    private func change(_ turn: Turn) -> String {
        switch (turn.kind, turn.isGood) {
        case ("script", true): "fails"
        case ("script", false): "succeeds again"
        case ("process", true): "no longer runs as it should"
        case ("process", false): "runs as it should again"
        case ("file", true): "has 1"
        case ("file", false): "has 0"
        case (_, true): "goes down"
        case (_, false): "is up again"
        }
    }

    private func consequence(of new: Int, _ fields: inout [String: String]) -> String {
        if instance.state == "active" {
            return new < own ? ", and a router with more than that takes over if it preempts" : ""
        }
        guard let peer else { return "" }
        let its = "\(peer.priority) of \(peer.address)"
        if new <= peer.priority { return new > own ? ", which is still not above \(its)" : "" }
        guard own <= peer.priority else { return "" }
        if !instance.preempts {
            fields["then"] = "nopreempt"
            return ", which is above \(its), but it keeps back: nopreempt"
        }
        fields["then"] = "takes-over"
        if preemptDelayMilliseconds > 0 {
            return ", which is above \(its), and it takes over after preempt_delay, "
                + "\(SpokenTime.exact(milliseconds: preemptDelayMilliseconds)), because it preempts"
        }
        return ", which is above \(its), and it takes over because it preempts"
    }
}
