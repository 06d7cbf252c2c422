import HealthPolicy
import TestSupport
import Testing
import VRRPProtocol

@Suite("What always holds")
struct RandomHealthTests {
    @Test("the table that the actions make is the snapshot; sorry server and living servers never serve together")
    func table() {
        for seed in 0..<400 as Range<UInt64> {
            var numbers = SeededNumbers(seed: seed)
            var bench = ServiceBench(ServiceHealth(settings(&numbers), servers: servers(&numbers)))
            for step in 0..<60 {
                let server = Int.random(in: -1...6, using: &numbers)
                let check = Int.random(in: 0...2, using: &numbers)
                switch Int.random(in: 0...11, using: &numbers) {
                case 10, 11: bench.handle(.ordered(server: server, order(&numbers)))
                case 0...3: bench.handle(.checkWentDown(server: server, check: check))
                case 4...6: bench.handle(.checkCameUp(server: server, check: check))
                case 7: bench.handle(.checkStayedDown(server: server, check: check))
                case 8: bench.handle(.weight(server: server, check: check, weight(&numbers)))
                default:
                    guard numbers.oneIn(4) else { continue }
                    let before = (0..<7).map { _ in numbers.oneIn(2) ? nil : Int.random(in: 0...7, using: &numbers) }
                    bench.handle(
                        .reconfigured(settings(&numbers), servers: servers(&numbers), before: before))
                    bench.table = ServiceBench.table(of: bench.health)
                }
                guard holds(bench, "seed \(seed), step \(step)") else { return }
            }
        }
    }

    private func holds(_ bench: ServiceBench, _ place: String) -> Bool {
        let health = bench.health
        let living = (0..<health.serverCount).filter { health.isUp($0) && health.order(of: $0) == nil }
        let drained = (0..<health.serverCount).filter { health.isUp($0) && health.order(of: $0) == .drain }
        let disabled = (0..<health.serverCount).filter { health.order(of: $0) == .disable }
        let isRight =
            bench.table == ServiceBench.table(of: health)
            && health.sum == living.reduce(0) { $0 + health.weight(of: $1) }
            && !(health.isSorry && bench.table.contains { $0.key != nil && $0.value > 0 })
            && (health.isSorry || (bench.table[Int?.none] ?? 0) == 0)
            && (health.isSorry || living.allSatisfy { bench.table[$0] == health.weight(of: $0) })
            && drained.allSatisfy { bench.table[$0] == 0 } && disabled.allSatisfy { bench.table[$0] == nil }
            && (!health.hasQuorum || health.sum > 0)
        #expect(isRight, "\(place): \(health), \(bench.table)")
        return isRight
    }

    private func settings(_ numbers: inout SeededNumbers) -> ServiceHealth.Settings {
        var settings = ServiceHealth.Settings()
        settings.quorum = Int.random(in: 0...6, using: &numbers)
        settings.hysteresis = Int.random(in: 0...max(settings.quorum - 1, 0), using: &numbers)
        if numbers.oneIn(2) { settings.sorryServer = .init(isInhibited: numbers.oneIn(2)) }
        settings.tellsAtStart = numbers.oneIn(3)
        return settings
    }

    private func servers(_ numbers: inout SeededNumbers) -> [ServiceHealth.Server] {
        (0..<Int.random(in: 0...5, using: &numbers)).map { _ in
            .init(
                weight: Int.random(in: 0...4, using: &numbers), isInhibited: numbers.oneIn(3),
                checks: (0..<Int.random(in: 0...2, using: &numbers)).map { _ in
                    .init(isUp: numbers.oneIn(2), weight: weight(&numbers))
                }, order: order(&numbers))
        }
    }

    private func order(_ numbers: inout SeededNumbers) -> ServerOrder? {
        switch Int.random(in: 0...3, using: &numbers) {
        case 0: .drain
        case 1: .disable
        default: nil
        }
    }

    private func weight(_ numbers: inout SeededNumbers) -> CheckResult.Weight {
        switch Int.random(in: 0...3, using: &numbers) {
        case 0: .absolute(Int.random(in: 0...253, using: &numbers))
        case 1: .added(Int.random(in: -4...4, using: &numbers))
        default: .unchanged
        }
    }

    @Test("a check that runs waits for an attempt or for a time; verdicts take turns")
    func checks() {
        for seed in 0..<400 as Range<UInt64> {
            var numbers = SeededNumbers(seed: seed)
            var machine = CheckMachine(
                settings(ofCheck: &numbers), known: numbers.oneIn(3) ? numbers.oneIn(2) : nil)
            var isUp = machine.isUp
            var isAttempting = false
            var isSuspended = false
            var now = Instant.origin
            var actions: [CheckMachine.Action] = []
            machine.handle(.started(after: .seconds(1)), at: now, into: &actions)
            for step in 0..<200 {
                actions = []
                let event = event(machine, &numbers)
                if case .timeReached = event { now = machine.deadline ?? now }
                now = now + .milliseconds(Int64.random(in: 0...50, using: &numbers))
                machine.handle(event, at: now, into: &actions)
                if case .suspended = event { isSuspended = true }
                if case .resumed = event { isSuspended = false }
                if case .finished = event { isAttempting = false }
                for action in actions {
                    switch action {
                    case .attempt(let step):
                        #expect(!isAttempting && step >= 0 && step < machine.settings.steps)
                        isAttempting = true
                    case .cancel:
                        #expect(isAttempting)
                        isAttempting = false
                    case .cameUp:
                        #expect(!isUp)
                        isUp = true
                    case .wentDown:
                        #expect(isUp)
                        isUp = false
                    case .confirmed(let confirmed, _): #expect(isUp == confirmed)
                    case .weight, .noteFailure, .noteUndecided: break
                    }
                }
                let place = "seed \(seed), step \(step): \(event) \(machine)"
                #expect(machine.isUp == isUp && machine.isAttempting == isAttempting, "\(place)")
                #expect((machine.deadline == nil) == (isAttempting || isSuspended), "\(place)")
                #expect(machine.isUp || machine.weight == .unchanged, "\(place)")
            }
        }
    }

    private func event(_ machine: CheckMachine, _ numbers: inout SeededNumbers) -> CheckMachine.Event {
        switch Int.random(in: 0...19, using: &numbers) {
        case 0: .suspended
        case 1, 2: .resumed(after: .milliseconds(Int64.random(in: 0...3_000, using: &numbers)))
        case 3: .reconfigured(settings(ofCheck: &numbers))
        case 4: .started(after: .zero)
        case 5...11: .timeReached
        case 12: .finished(.undecided("no port is left"))
        case 13...15: .finished(.passed(numbers.oneIn(4) ? .absolute(7) : .unchanged))
        default: .finished(.failed("refused the connection"))
        }
    }

    private func settings(ofCheck numbers: inout SeededNumbers) -> CheckSettings {
        var settings = CheckSettings(
            delayLoop: .milliseconds(Int64.random(in: 1...9_000, using: &numbers)),
            delayBeforeRetry: .milliseconds(Int64.random(in: 0...2_000, using: &numbers)), warmup: .seconds(1),
            retries: Int.random(in: 0...3, using: &numbers))
        settings.steps = Int.random(in: 1...3, using: &numbers)
        settings.startsOver = numbers.oneIn(2)
        settings.recoversFast = numbers.oneIn(2)
        settings.isAlpha = numbers.oneIn(2)
        settings.countsFromStart = numbers.oneIn(3)
        settings.repeatsSeries = numbers.oneIn(3)
        return settings
    }
}
