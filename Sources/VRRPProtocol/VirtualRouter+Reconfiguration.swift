import Addresses
import PacketFormats

extension VirtualRouter {
    /// What the configured priority and the weights amount to now; 1 while the router stands back.
    var currentPriority: UInt8 {
        if isStandingBack { return 1 }
        let base = hasYieldedOwnership ? min(configuration.priority, 254) : configuration.priority
        return EffectivePriority.of(base: base, adjustment: adjustment)
    }

    /// Another priority or interval takes effect on the timer that runs: it ends when it would have ended had it been
    /// set by the new values, but not before now.
    mutating func updateTimers(at now: Instant, into actions: inout [Action]) {
        let before = (priority: effectivePriority, timers: timers)
        effectivePriority = currentPriority
        retime()
        if case .backup(var backup) = phase {
            let isResigned = if case .resignation = backup.takeover { true } else { false }
            let change =
                isResigned ? timers.skew - before.timers.skew : timers.activeDown - before.timers.activeDown
            if change != 0 {
                backup.activeDownTimer = max(now, backup.activeDownTimer.after(nanoseconds: change))
                phase = .backup(backup)
            }
        }
        if effectivePriority != before.priority {
            actions.append(.report(.priorityChanged(from: before.priority, to: effectivePriority)))
        }
    }

    mutating func reconfigure(_ new: Configuration, at now: Instant, into actions: inout [Action]) {
        guard new.isSameRouter(as: configuration) else {
            becomeAnother(new, at: now, into: &actions)
            return
        }
        let old = configuration
        configuration = new
        hasYieldedOwnership = false
        let interval = new.version.intervalWithinRange(new.advertisementInterval)
        ownInterval = interval.wholeNanoseconds
        // A backup of version 3 keeps the interval that it has learned, even after a resignation: the skew follows it.
        let hasLearned =
            if case .backup(let backup) = phase { new.version == .v3 && backup.hasLearnedInterval } else { false }
        if !hasLearned { activeAdvertisementInterval = interval }
        updateTimers(at: now, into: &actions)
        if case .active(var active) = phase {
            active.adverTimer = min(active.adverTimer, now.after(nanoseconds: ownInterval))
            phase = .active(active)
            exchangeAddresses(from: old, at: now, into: &actions)
        }
        if new.primaryAddress != old.primaryAddress {
            handle(.primaryAddressChanged(new.primaryAddress), at: now, into: &actions)
        }
    }

    /// Addresses that are gone are removed, new ones installed and announced, and advertised at once where they are
    /// advertised at all.
    private mutating func exchangeAddresses(from old: Configuration, at now: Instant, into actions: inout [Action]) {
        let wanted = configuration.heldAddresses
        guard wanted != addresses || configuration.virtualAddresses != old.virtualAddresses else { return }
        let gone = addresses.filter { !wanted.contains($0) }
        let added = wanted.filter { !addresses.contains($0) }
        addresses = wanted
        if !gone.isEmpty { actions.append(.removeAddresses(gone)) }
        if !added.isEmpty {
            actions.append(.installAddresses(added))
            actions.append(.announce(added, count: max(configuration.policy.announcements.count, 1)))
        }
        if configuration.virtualAddresses.contains(where: { !old.virtualAddresses.contains($0) }) {
            advertise(priority: effectivePriority, into: &actions)
        }
    }

    /// Another version, VRID or family is another virtual router: the old one resigns, the new one starts.
    private mutating func becomeAnother(_ new: Configuration, at now: Instant, into actions: inout [Action]) {
        let wasStarted = isStarted
        shutDown(because: .reconfiguration, at: now, into: &actions)
        configuration = new
        effectivePriority = currentPriority
        learnOwnInterval()
        faults.removeAll { $0.kind == .noPrimaryAddress }
        if new.primaryAddress == nil { faults.append(FaultCause(.noPrimaryAddress)) }
        faults.sort()
        if wasStarted { start(at: now, into: &actions) }
    }
}
