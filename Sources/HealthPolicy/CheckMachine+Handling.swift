package import VRRPProtocol

extension CheckMachine {
    /// Takes an event in and appends what is to be done. Read `deadline` again afterwards.
    package mutating func handle(_ event: Event, at now: Instant, into actions: inout [Action]) {
        switch (event, phase) {
        case (_, .ended): break
        case (.started(let pause), .idle):
            let isKnownToHaveFailed = hasRun && !isUp
            phase = .waiting(until: isKnownToHaveFailed ? now : now + max(pause, .zero))
        case (.timeReached, .waiting(let deadline)) where deadline <= now: attempt(since: deadline, into: &actions)
        case (.finished(.passed(let weight)), .attempting(let start)):
            pass(weight, since: start, at: now, into: &actions)
        case (.finished(.failed(let reason)), .attempting(let start)):
            fail(reason, since: start, at: now, into: &actions)
        case (.finished(.undecided(let reason)), .attempting(let start)):
            actions.append(.noteUndecided(reason: reason))
            wait(settings.delayLoop, since: start, at: now)
        case (.suspended, _):
            stop(as: .suspended, into: &actions)
            // A failure before the pause and one after it are no series.
            if isUp && hasRun { failures = 0 }
        case (.resumed(let pause), .suspended): phase = .waiting(until: now + max(pause, .zero))
        case (.reconfigured(let settings), _): become(settings, at: now, into: &actions)
        case (.ended, _): stop(as: .ended, into: &actions)
        case (.started, _), (.timeReached, _), (.finished, _), (.resumed, _): break
        }
    }

    private mutating func attempt(since start: Instant, into actions: inout [Action]) {
        phase = .attempting(since: start)
        actions.append(.attempt(step: Int(step)))
    }

    private mutating func stop(as phase: Phase, into actions: inout [Action]) {
        if isAttempting { actions.append(.cancel) }
        self.phase = phase
    }

    private mutating func wait(_ pause: Duration, since start: Instant, at now: Instant) {
        phase = .waiting(until: settings.countsFromStart ? max(start + pause, now) : now + pause)
    }

    private mutating func pass(
        _ weight: CheckResult.Weight, since start: Instant, at now: Instant, into actions: inout [Action]
    ) {
        failures = 0
        let isKnownGood = isUp && hasRun
        let isComplete = !mustStartOver && Int(step) + 1 >= settings.steps
        if isComplete && self.weight != weight {
            self.weight = weight
            actions.append(.weight(weight))
        }
        step = mustStartOver || isComplete ? 0 : step + 1
        mustStartOver = false
        wait(settings.recoversFast && !isKnownGood && !isComplete ? .zero : settings.delayLoop, since: start, at: now)
        guard isComplete, !isKnownGood else { return }
        hasRun = true
        actions.append(isUp ? .confirmed(isUp: true, reason: nil) : .cameUp)
        isUp = true
    }

    private mutating func fail(
        _ reason: String, since start: Instant, at now: Instant, into actions: inout [Action]
    ) {
        if hasRun && failures < settings.retries {
            failures += 1
            actions.append(.noteFailure(reason: reason, willRetry: true))
            wait(settings.delayBeforeRetry, since: start, at: now)
            return
        }
        endSeries()
        mustStartOver = settings.startsOver
        wait(settings.delayLoop, since: start, at: now)
        if isUp {
            isUp = false
            weight = .unchanged
            let retries = hasRun && settings.retries > 0 ? settings.retries : nil
            actions.append(.wentDown(reason: reason, afterRetries: retries))
        } else if hasRun {
            actions.append(.noteFailure(reason: reason, willRetry: false))
        } else {
            actions.append(.confirmed(isUp: false, reason: reason))
        }
        hasRun = true
    }

    private mutating func become(_ settings: CheckSettings, at now: Instant, into actions: inout [Action]) {
        let hasOtherSteps = settings.steps != self.settings.steps
        self.settings = settings
        if hasOtherSteps {
            step = 0
            mustStartOver = false
        }
        if isUp { failures = min(failures, Int32(clamping: settings.retries)) } else { endSeries() }
        switch phase {
        case .waiting(let deadline):
            // What is due later than it could be by the new settings would be late.
            let longest = hasRun ? settings.delayLoop : max(settings.delayLoop, settings.warmup)
            phase = .waiting(until: min(deadline, now + longest))
        case .attempting(let start):
            actions.append(.cancel)
            attempt(since: start, into: &actions)
        case .idle, .suspended, .ended: break
        }
    }
}
