import HealthChecks
import HealthPolicy
import KeepalivedConfig
import VRRPProtocol

/// A check that makes attempts: it binds a `CheckMachine` to a probe and an alarm.
///
/// There may be ten thousand, so what can be asked of the configuration is not kept here.
final class ProbedCheck: RunningCheck {
    private enum Phase: UInt8 {
        case idle
        /// An attempt is due, but there are no descriptors for it.
        case waiting
        case running
    }

    unowned let server: RunningServer
    private(set) var machine: CheckMachine
    private(set) var outcome: CheckOutcome?
    private var probe: any Probe
    private var alarm: (any Alarm)?
    private var began: Instant
    private var failingSince: Instant?
    private var phase = Phase.idle
    private var hasBegun = false
    private var step: Int32 = 0
    private var shortPlace: Int32
    private let fewDescriptors: Int32
    /// What it is known by over restarts.
    var key: CheckKey

    init(
        _ place: Int, of server: RunningServer, asking probe: any Probe, _ settings: CheckSettings, descriptors: Int,
        key: CheckKey
    ) {
        self.server = server
        shortPlace = Int32(clamping: place)
        self.probe = probe
        fewDescriptors = Int32(clamping: descriptors)
        self.key = key
        let known = server.service.balancer.surroundings.states.check(key)
        machine = CheckMachine(settings, known: known?.isUp, weight: known?.weight ?? .unchanged)
        began = server.service.balancer.now
        alarm = server.service.balancer.surroundings.time.alarm { [unowned self] _ in handle(.timeReached) }
    }

    var place: Int {
        get { Int(shortPlace) }
        set { shortPlace = Int32(clamping: newValue) }
    }

    /// What an attempt takes.
    var descriptors: Int { Int(fewDescriptors) }

    var isUp: Bool { machine.isUp }
    var weight: CheckResult.Weight { machine.weight }
    var isWaiting: Bool { phase == .waiting }
    var next: Instant? { machine.deadline }

    // MARK: What it is told

    func begin() {
        guard !hasBegun else { return }
        hasBegun = true
        handle(.started(after: warmup()))
        if service.isSuspended { handle(.suspended) }
    }

    func suspend() { if hasBegun { handle(.suspended) } }

    func resume() { if hasBegun { handle(.resumed(after: warmup())) } }

    func end() {
        handle(.ended)
        alarm?.set(nil)
    }

    /// The configuration says something else about when it is made, or how.
    ///
    /// - Parameter probe: Another one to ask, if what is asked for is another thing.
    func become(_ settings: CheckSettings, asking probe: (any Probe)?) {
        if let probe {
            if phase == .running { self.probe.cancel() }
            self.probe = probe
            if phase == .running { attempt() }
        }
        if settings != machine.settings { handle(.reconfigured(settings)) }
    }

    private func warmup() -> Duration { service.balancer.spread.next(in: checker.timing.warmup.value) }

    // MARK: The machine

    private func handle(_ event: CheckMachine.Event) {
        let balancer = service.balancer
        balancer.withActions { actions in
            machine.handle(event, at: balancer.now, into: &actions)
            for action in actions { carryOut(action) }
        }
        alarm?.set(machine.deadline)
    }

    private func carryOut(_ action: CheckMachine.Action) {
        switch action {
        case .attempt(let step):
            self.step = Int32(clamping: step)
            if service.balancer.gate.enter(self) { mayBegin() } else { phase = .waiting }
        case .cancel:
            if phase == .running {
                probe.cancel()
                phase = .idle
                service.balancer.gate.leave(self)
            }
            phase = .idle
        case .cameUp:
            remember()
            service.checkCameUp(self, after: failingSince.map { service.balancer.now - $0 })
            failingSince = nil
        case .wentDown(let reason, let retries):
            remember()
            service.checkWentDown(self, reason, retries: retries, since: failingSince)
        case .confirmed(let isUp, let reason):
            remember()
            service.checkConfirmed(self, isUp: isUp, reason)
        case .weight(let weight):
            remember()
            service.checkMovesWeight(self, weight)
        case .noteUndecided(let reason): service.checkUndecided(self, reason)
        case .noteFailure(let reason, let willRetry): service.checkFailed(self, reason, willRetry: willRetry)
        }
    }

    private func remember() {
        service.balancer.surroundings.states.note(key, KnownCheck(isUp: machine.isUp, weight: machine.weight))
    }

    // MARK: Attempts

    /// There are descriptors for the attempt that is due.
    func mayBegin() {
        phase = .running
        attempt()
    }

    private func attempt() {
        began = service.balancer.now
        probe.attempt(step: Int(step)) { [unowned self] result in finish(result) }
    }

    private func finish(_ result: CheckResult) {
        guard phase == .running else { return }
        phase = .idle
        let balancer = service.balancer
        let now = balancer.now
        outcome = CheckOutcome(result: result, time: now, duration: now - began)
        if !result.isSuccess, failingSince == nil { failingSince = began }
        if result.isSuccess, machine.isUp { failingSince = nil }
        balancer.gate.leave(self)
        handle(.finished(result))
    }
}
