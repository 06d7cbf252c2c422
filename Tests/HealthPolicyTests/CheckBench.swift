import HealthPolicy
import VRRPProtocol

/// A machine with a real server that answers by a plan: which attempts pass, and how long each takes.
struct CheckBench {
    /// What happened, with its second.
    struct Deed: Equatable, CustomStringConvertible {
        var second: Double
        var text: String

        var description: String { "\(second)s \(text)" }
    }

    var machine: CheckMachine
    /// What an attempt of that step at that second finds.
    var result: (_ second: Double, _ step: Int) -> CheckResult = { _, _ in .passed }
    var takes = Duration.zero
    private(set) var deeds: [Deed] = []
    private var now = Instant.origin
    private var running: (step: Int, end: Instant)?

    init(_ settings: CheckSettings, known: Bool? = nil) {
        machine = CheckMachine(settings, known: known)
    }

    mutating func handle(_ event: CheckMachine.Event) {
        var actions: [CheckMachine.Action] = []
        machine.handle(event, at: now, into: &actions)
        for action in actions {
            if case .attempt(let step) = action { running = (step, now + takes) }
            if case .cancel = action { running = nil }
            deeds.append(Deed(second: second, text: Self.text(of: action)))
        }
    }

    /// Lets time pass until that second.
    mutating func run(until end: Double) {
        let end = Instant.origin + .milliseconds(Int64(end * 1000))
        while let next = running?.end ?? machine.deadline, next <= end {
            now = max(now, next)
            if let attempt = running {
                running = nil
                handle(.finished(result(second, attempt.step)))
            } else {
                handle(.timeReached)
            }
        }
        now = max(now, end)
    }

    var second: Double { Double((now - .origin) / .milliseconds(1)) / 1000 }

    /// The seconds of the attempts.
    var attempts: [Double] { deeds.filter { $0.text.hasPrefix("attempt") }.map(\.second) }

    /// What is more than an attempt and its failure.
    var verdicts: [String] {
        deeds.filter { !$0.text.hasPrefix("attempt") && !$0.text.hasPrefix("note") }.map(\.description)
    }

    private static func text(of action: CheckMachine.Action) -> String {
        switch action {
        case .attempt(let step): "attempt \(step)"
        case .cancel: "cancel"
        case .cameUp: "up"
        case .wentDown(let reason, let retries): "down: \(reason)" + (retries.map { " after \($0)" } ?? "")
        case .confirmed(let isUp, let reason): "confirmed \(isUp ? "up" : "down")" + (reason.map { ": \($0)" } ?? "")
        case .weight(.unchanged): "weight as configured"
        case .weight(.absolute(let weight)): "weight \(weight)"
        case .weight(.added(let weight)): "weight added \(weight)"
        case .noteFailure(let reason, let willRetry): "note \(reason)\(willRetry ? ", will retry" : "")"
        case .noteUndecided(let reason): "note undecided: \(reason)"
        }
    }
}
