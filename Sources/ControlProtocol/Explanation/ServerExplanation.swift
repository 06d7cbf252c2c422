extension ExplanationReport {
    /// Why a real server is up or down, and has its weight.
    package init(_ facts: ServerFacts) {
        self.init(
            kind: "realServer", subject: facts.server.name, now: facts.now,
            sentences: [facts.stateSentence] + facts.checkSentences + [facts.weightSentence] + facts.steeringSentences
                + [facts.quorumSentence] + facts.outlook)
    }
}

extension ServerFacts {
    fileprivate typealias Sentence = ExplanationReport.Sentence

    // MARK: State

    fileprivate var stateSentence: Sentence {
        let since = SpokenTime.rough(server.since, at: now)
        var text = "\(server.name) of \(service.name) is \(server.isUp ? "up" : "down") for \(since)"
        if let event = events.first(where: { $0.kind == .server && $0.fields["event"]?.hasPrefix("server-") == true }),
            let reason = event.fields["reason"], (event.fields["event"] == "server-up") == server.isUp
        {
            text += ": \(reason)"
        } else if checks.isEmpty {
            text += ": nothing checks it"
        }
        return Sentence(
            .state, text + ".",
            ["virtualServer": service.name, "isUp": "\(server.isUp)", "since": "\(server.since)"])
    }

    // MARK: Checks

    fileprivate var checkSentences: [Sentence] {
        if service.isSuspended {
            return [
                Sentence(
                    .check, "Its checks rest, because the address of \(service.name) is not on this host: ha_suspend.",
                    ["rule": "ha-suspend"])
            ]
        }
        return checks.map { check in
            let report = check.report
            var text = report.keyword
            if let result = report.result, let time = report.time {
                text += " \(result), \(SpokenTime.ago(time, at: now))"
                if let took = report.durationMicroseconds, !check.isTold {
                    text += ", in \(SpokenTime.exact(milliseconds: (took + 999) / 1000))"
                }
            } else {
                text += " has not been made yet"
            }
            if !check.hasRun {
                text += "; it is taken to be \(report.isUp ? "up" : "down") until then"
            } else if report.isUp, check.failures > 0 {
                let attempts = check.failures == 1 ? "1 attempt has" : "\(check.failures) attempts have"
                text += "; \(attempts) failed, and it still counts as up"
            }
            if let next = report.next, next > now {
                text += "; the next attempt is in \(SpokenTime.until(next, at: now))"
            }
            return Sentence(
                .check, text + ".",
                [
                    "check": report.keyword, "isUp": "\(report.isUp)", "failures": "\(check.failures)",
                    "retries": "\(check.retries)", "result": report.result ?? "",
                    "next": report.next?.description ?? "",
                ])
        }
    }

    // MARK: Weight

    fileprivate var weightSentence: Sentence {
        var parts = ["\(server.configuredWeight) from the configuration"]
        for check in checks {
            if let absolute = check.absoluteWeight {
                parts.append("\(check.report.keyword) says \(absolute)")
            } else if let added = check.addedWeight {
                parts.append("\(added < 0 ? "−" : "+")\(abs(added)) by \(check.report.keyword)")
            }
        }
        var text = "Its weight is \(server.weight): \(parts.joined(separator: ", "))"
        if let order = server.steering {
            text += ", and \(order.order) by order"
        }
        let isThere = server.isUp && !service.isSorry
        if !server.isUp {
            text +=
                isInhibited
                ? "; while it is down it stays in the table with weight 0: inhibit_on_failure"
                : "; while it is down it is not in the table"
        } else if service.isSorry {
            text += "; it is up, but the sorry server stands in for all of them"
        } else if server.weight == 0 {
            text += "; it gets no new connections"
        }
        return Sentence(
            .priority, text + ".",
            [
                "weight": "\(server.weight)", "configured": "\(server.configuredWeight)", "inTable": "\(isThere)",
            ])
    }

    fileprivate var steeringSentences: [Sentence] {
        guard let order = server.steering else { return [] }
        let end = order.until.map { "; that ends in \(SpokenTime.until($0, at: now))" } ?? "; that lasts until told"
        return [
            Sentence(
                .steering, "An operator has ordered \(order.order), \(SpokenTime.ago(order.since, at: now))\(end).",
                ["order": order.order])
        ]
    }

    // MARK: The virtual server

    fileprivate var quorumSentence: Sentence { service.quorumSentence(threshold: threshold) }

    // MARK: What would change it

    fileprivate var outlook: [Sentence] {
        if service.isSuspended {
            return [
                Sentence(
                    .outlook, "When the address of \(service.name) is on this host, it is checked again.",
                    ["if": "address"])
            ]
        }
        let failed = checks.filter { !$0.report.isUp }
        var sentences = server.isUp ? checks.map(ifFailed) : failed.map { ifPassed($0, alone: failed.count == 1) }
        if checks.isEmpty {
            sentences.append(
                Sentence(.outlook, "Nothing but an order or another configuration changes it.", ["if": "order"]))
        }
        return sentences
    }

    private func ifFailed(_ check: Check) -> Sentence {
        let keyword = check.report.keyword
        guard !check.isTold else {
            return Sentence(
                .outlook, "If \(keyword) says so, it is down\(loss).",
                ["if": "failure", "check": keyword, "attempts": "1"])
        }
        let left = check.hasRun ? max(check.retries - check.failures, 0) + 1 : 1
        let attempts = left == 1 ? "the next attempt" : "\(left) attempts in a row"
        let pause = left == 1 ? "" : ", \(SpokenTime.exact(milliseconds: check.retryMilliseconds)) apart,"
        return Sentence(
            .outlook, "If \(attempts) of \(keyword)\(pause) \(left == 1 ? "fails" : "fail"), it is down\(loss).",
            ["if": "failure", "check": keyword, "attempts": "\(left)"])
    }

    private func ifPassed(_ check: Check, alone: Bool) -> Sentence {
        let keyword = check.report.keyword
        let then = alone ? "it is up\(gain)" : "one check less keeps it down"
        let fields = ["if": "success", "check": keyword, "attempts": "\(check.stepsLeft)"]
        if check.isTold { return Sentence(.outlook, "If \(keyword) says so, \(then).", fields) }
        let attempts =
            check.stepsLeft == 1
            ? "the next attempt of \(keyword) succeeds" : "\(check.stepsLeft) attempts of \(keyword) in a row succeed"
        return Sentence(.outlook, "If \(attempts), \(then).", fields)
    }

    /// What its failure means for the virtual server.
    private var loss: String {
        let rest = service.weight - server.weight
        guard service.hasQuorum, rest <= 0 || rest < threshold else { return "" }
        let sorry = service.sorryServer.map { ": sorry server \($0) takes over" } ?? ""
        return ", and \(service.name) loses its quorum\(sorry)"
    }

    private var gain: String {
        let sum = service.weight + server.weight
        guard !service.hasQuorum, sum > 0, sum >= threshold else { return "" }
        let sorry = service.sorryServer.map { ": sorry server \($0) is relieved" } ?? ""
        return ", and \(service.name) gains its quorum\(sorry)"
    }
}

extension ServiceReport {
    /// - Parameter threshold: What the sum is compared with now.
    func quorumSentence(threshold: Int) -> ExplanationReport.Sentence {
        let living = servers.count { $0.isUp }
        var text = "\(name) \(hasQuorum ? "has its" : "has lost its") quorum: \(living) of \(servers.count) "
        text += "\(servers.count == 1 ? "server" : "servers") \(living == 1 ? "is" : "are") up and weigh"
        text += "\(living == 1 ? "s" : "") \(weight)"
        text += hasQuorum ? ", and it is lost below \(threshold)" : ", and it is gained from \(threshold) on"
        if let sorryServer {
            text += isSorry ? "; sorry server \(sorryServer) stands in" : "; sorry server \(sorryServer) is not needed"
        } else if !hasQuorum, living > 0 {
            text += "; without a sorry server the living go on serving"
        }
        return ExplanationReport.Sentence(
            .service, text + ".",
            [
                "virtualServer": name, "hasQuorum": "\(hasQuorum)", "weight": "\(weight)", "threshold": "\(threshold)",
                "isSorry": "\(isSorry)",
            ])
    }
}

extension ExplanationReport {
    /// Why a virtual server serves as it does.
    ///
    /// - Parameter threshold: What the sum of its servers' weights is compared with now.
    package init(_ service: ServiceReport, threshold: Int, at now: Timestamp) {
        var sentences = [service.quorumSentence(threshold: threshold)]
        for server in service.servers {
            let state = server.isUp ? "up" : "down"
            let failed = server.checks.filter { !$0.isUp }
                .map { "\($0.keyword) \($0.result ?? "has not succeeded yet")" }.joined(separator: ", ")
            sentences.append(
                Sentence(
                    .state,
                    "\(server.name) is \(state) for \(SpokenTime.rough(server.since, at: now)), with weight "
                        + "\(server.weight)\(failed.isEmpty ? "" : ": \(failed)").",
                    ["realServer": server.name, "isUp": "\(server.isUp)", "weight": "\(server.weight)"]))
        }
        if service.isSuspended {
            sentences.append(
                Sentence(
                    .check, "Its checks rest, because its address is not on this host: ha_suspend.",
                    ["rule": "ha-suspend"]))
        }
        self.init(kind: "virtualServer", subject: service.name, now: now, sentences: sentences)
    }
}
