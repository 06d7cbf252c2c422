extension ExplanationReport {
    /// Why a virtual router is in its state.
    package init(_ facts: InstanceFacts) {
        self.init(
            kind: "instance", subject: facts.instance.name, now: facts.now,
            sentences: [facts.stateSentence] + facts.ruleSentences + facts.prioritySentences
                + facts.electionSentences + facts.steeringSentences + facts.rejectedSentences + facts.outlook)
    }
}

extension InstanceFacts {
    fileprivate typealias Sentence = ExplanationReport.Sentence

    fileprivate var name: String { instance.name }

    // MARK: State

    fileprivate var stateSentence: Sentence {
        var text = "\(name) is \(instance.state == "fault" ? "in fault" : instance.state)"
        if instance.state == "initialize" { text = "\(name) does not take part yet" }
        if let since = instance.since { text += " since \(since), for \(SpokenTime.rough(since, at: now))" }
        if let transition = instance.lastTransition { text += ": \(transition.text)" }
        return Sentence(
            .state, text + ".",
            [
                "state": instance.state, "since": instance.since?.description ?? "",
                "cause": instance.lastTransition?.cause ?? "",
            ])
    }

    /// By what rule the election went so.
    fileprivate var ruleSentences: [Sentence] {
        guard let transition = instance.lastTransition, transition.to == instance.state,
            let rule = Self.rules[transition.cause]
        else { return [] }
        return [Sentence(.election, rule, ["rule": transition.cause])]
    }

    private static let rules = [
        "owns-addresses": "The owner of the addresses, priority 255, does not wait for an election.",
        "silence": "Who hears no advertisement for the whole of its Active_Down_Interval takes over; the higher the "
            + "priority, the shorter that is.",
        "resignation": "When the active router resigns, who has the highest priority waits the shortest skew time and "
            + "takes over.",
        "preemption": "It preempts: a router of higher priority does not obey a lower one.",
        "higher-priority": "An active router gives way to one that advertises a higher priority.",
        "higher-address": "Between equal priorities the higher address wins.",
        "duplicate-owner": "Two routers have priority 255; who has the lower address, or is not obeyed, gives in.",
        "started": "A router that starts listens first.",
        "recovery": "A router that was in fault listens first.",
        "group-steps-down": "The members of a sync group are active together or not at all.",
        "stands-back": "An operator hands over: the router resigns, and competes with the least priority from then on.",
        "lateness": "A router that was not scheduled for so long lets another go on: timer_expired_backup.",
    ]

    // MARK: Priority

    fileprivate var prioritySentences: [Sentence] {
        let own = instance.effectivePriority
        var fields = ["configured": "\(instance.configuredPriority)", "effective": "\(own)"]
        if standsBack {
            return [
                Sentence(
                    .priority,
                    "Its priority is \(own), whatever is configured and tracked, because it was ordered to stand back.",
                    fields)
            ]
        }
        if instance.configuredPriority == 255 {
            let text =
                own == 255
                ? "Its priority is 255: it owns the addresses, and nothing that it tracks changes that."
                : "Its priority is \(own) instead of 255: another router claims to own the addresses too, and this one "
                    + "gave in."
            return [Sentence(.priority, text, fields)]
        }
        var parts: [String] = []
        if let ordered = orderedPriority {
            fields["ordered"] = "\(ordered)"
            parts.append("\(ordered), which was ordered in place of \(instance.configuredPriority)")
        } else {
            parts.append("\(instance.configuredPriority) from the configuration")
        }
        var sum = orderedPriority ?? instance.configuredPriority
        for tracker in instance.trackers {
            guard let weight = tracker.weight, weight != 0, !tracker.isFault else { continue }
            sum += weight
            parts.append(
                "\(weight > 0 ? "+" : "−")\(abs(weight)) because \(Self.words(tracker.kind, tracker.name)) "
                    + Self.reading(tracker))
            fields["weight.\(tracker.kind).\(tracker.name)"] = "\(weight)"
        }
        var text = "Its priority is \(own): \(parts.joined(separator: ", "))"
        if sum != own, (1...254).contains(own), sum > 254 || sum < 1 { text += ", held within 1 to 254" }
        return [Sentence(.priority, text + ".", fields)]
    }

    private static func words(_ kind: String, _ name: String) -> String {
        switch kind {
        case "bfd": "BFD session \(name)"
        default: "\(kind) \(name)"
        }
    }

    private static func reading(_ tracker: TrackerReport) -> String {
        switch (tracker.kind, tracker.reading) {
        case ("script", "up"): "succeeds"
        case ("script", "down"): "fails"
        case ("process", "up"): "runs as it should"
        case ("process", "down"): "does not run as it should"
        case (_, "unknown"): "is not known yet"
        case (_, "up"), (_, "down"): "is \(tracker.reading)"
        default: "has \(tracker.reading)"
        }
    }

    // MARK: Election

    fileprivate var electionSentences: [Sentence] {
        var sentences: [Sentence] = []
        switch instance.state {
        case "active": sentences.append(activeSentence)
        case "backup": sentences.append(backupSentence)
        case "fault":
            for fault in instance.faults {
                sentences.append(
                    Sentence(
                        .election, "It takes no part in the election: \(fault.text).",
                        ["fault": fault.kind, "name": fault.name]))
            }
        default:
            if let deadline, deadline > now {
                sentences.append(
                    Sentence(
                        .election, "It begins in \(SpokenTime.until(deadline, at: now)): vrrp_startup_delay.",
                        ["rule": "startup-delay", "until": "\(deadline)"]))
            }
        }
        if let group = instance.group { sentences.append(groupSentence(group)) }
        return sentences
    }

    private var activeSentence: Sentence {
        let from = instance.source.map { " from \($0)" } ?? ""
        return Sentence(
            .election,
            "It advertises priority \(instance.effectivePriority)\(from) every "
                + "\(SpokenTime.exact(milliseconds: instance.intervalMilliseconds)), and holds "
                + "\(instance.held.isEmpty ? "no address" : instance.held.joined(separator: ", ")).",
            ["rule": "active", "priority": "\(instance.effectivePriority)"])
    }

    private var backupSentence: Sentence {
        let own = instance.effectivePriority
        guard let peer else {
            let end = deadline.map { ", and takes over in \(SpokenTime.until($0, at: now)) if that stays so" }
            return Sentence(.election, "It has heard of no active router\(end ?? "").", ["rule": "nobody"])
        }
        var fields = ["peer": peer.address, "peerPriority": "\(peer.priority)", "priority": "\(own)"]
        let begin = "\(peer.address) is active with priority \(peer.priority)"
        if peer.priority > own {
            fields["rule"] = "higher-priority"
            return Sentence(.election, "\(begin), which is higher than its own \(own).", fields)
        }
        if peer.priority == own {
            fields["rule"] = "equal-priority"
            return Sentence(
                .election, "\(begin), the same as its own: a backup obeys its equals, whatever their address.", fields)
        }
        let lower = "\(begin), which is lower than its own \(own)"
        if own < 255, !instance.preempts {
            fields["rule"] = "nopreempt"
            return Sentence(.election, "\(lower), but it keeps back: nopreempt.", fields)
        }
        if own < 255, preemptDelayMilliseconds > 0, let preemptsAt, preemptsAt > now {
            fields["rule"] = "preempt-delay"
            fields["until"] = "\(preemptsAt)"
            return Sentence(
                .election,
                "\(lower), but it keeps back for another \(SpokenTime.until(preemptsAt, at: now)): preempt_delay.",
                fields)
        }
        if isReady {
            fields["rule"] = "sync-group"
            return Sentence(.election, "\(lower); it is ready to take over and waits for its sync group.", fields)
        }
        fields["rule"] = "preemption"
        let end = deadline.map { ", and takes over in \(SpokenTime.until($0, at: now))" } ?? ""
        return Sentence(.election, "\(lower): it does not obey it\(end).", fields)
    }

    private func groupSentence(_ group: String) -> Sentence {
        let others = members.filter { $0.name != name }
        let holding = others.filter { $0.state != "active" && $0.state != instance.state && !$0.isReady }
        var text = "It goes with sync group \(group)"
        if others.isEmpty {
            text += ", which has no other member."
        } else if instance.state == "active" || holding.isEmpty {
            text += ": \(list(others.map(\.name))) \(others.count == 1 ? "is" : "are") in the same state or ready."
        } else {
            text += ": it cannot be active before \(list(holding.map { "\($0.name) (\($0.state))" })) can."
        }
        return Sentence(
            .election, text,
            ["rule": "sync-group", "group": group, "holding": holding.map(\.name).joined(separator: " ")])
    }

    private func list(_ names: [String]) -> String {
        guard let last = names.last, names.count > 1 else { return names.first ?? "" }
        return names.dropLast().joined(separator: ", ") + " and " + last
    }

    // MARK: Steering

    fileprivate var steeringSentences: [Sentence] {
        instance.steering.map { order in
            let end = order.until.map { "; that ends in \(SpokenTime.until($0, at: now))" } ?? "; that lasts until told"
            let what = order.priority.map { "\(order.order) \($0)" } ?? order.order
            return Sentence(
                .steering, "An operator has ordered \(what), \(SpokenTime.ago(order.since, at: now))\(end).",
                ["order": order.order, "since": "\(order.since)", "until": order.until?.description ?? ""])
        }
    }

    // MARK: Packets

    fileprivate var rejectedSentences: [Sentence] {
        let count = instance.counters.rejected.values.reduce(0, +)
        guard count > 0 else {
            return [
                Sentence(
                    .rejected, "No packet for it was refused since this worker began.", ["count": "0"])
            ]
        }
        return refusals.map { refusal in
            var text =
                "\(refusal.count) \(refusal.count == 1 ? "packet was" : "packets were") not believed: "
                + "\(Self.refusals[refusal.reason] ?? refusal.reason) (\(refusal.reason))"
            if let last = refusal.last {
                text += "; the last that was logged came \(SpokenTime.ago(last, at: now))"
                if let source = refusal.source { text += " from \(source)" }
            }
            return Sentence(
                .rejected, text + ".",
                [
                    "reason": refusal.reason, "count": "\(refusal.count)", "last": refusal.last?.description ?? "",
                    "source": refusal.source ?? "",
                ])
        }
    }

    private static let refusals = [
        "packet-length-error": "its length is wrong", "version-error": "it is of another version of VRRP",
        "invalid-type": "it is no advertisement", "vrid-error": "no virtual router here has its VRID",
        "ip-ttl-error": "its TTL is not 255, so it may have come through a router",
        "checksum-error": "its checksum is wrong", "interval-error": "its advertisement interval is another one",
        "address-list-error": "its addresses are others", "invalid-auth-type": "its kind of authentication is unknown",
        "auth-type-mismatch": "it is authenticated in another way than configured here",
        "authentication-failure": "its password or key is another one than configured here",
        "replay-error": "it was heard before", "stale-timestamp": "its time is too far off",
        "ip-header-error": "its IP header is broken", "ip-protocol-error": "it is of another protocol",
        "fragment": "it is a fragment", "destination-error": "it was sent to another address than expected here",
        "source-error": "its source cannot be one", "own-source": "it has this router's own address",
        "unknown-peer": "it comes from none of the configured peers",
    ]
}
