import PacketFormats
import VRRPProtocol
import VRRPSimulation

/// The rules that are broken on purpose, one at a time, by changing what a machine hears and what it has done.
enum Mutation: String, CaseIterable, Sendable {
    /// Active, equal priority, higher address: stays (rule 50).
    case tieIsIgnored
    /// Active, equal priority: the lower address wins (rule 50).
    case tieIsReversed
    /// Active: stays active when it hears a higher priority (rule 50).
    case staysActive
    /// Active: yields to whom it should beat (rule 51).
    case yieldsToAnyone
    /// Active: does not answer a resignation (rule 49).
    case resignationIsNotAnswered
    /// Backup: the timer is set once and not again (rule 45).
    case timerIsNotRestarted
    /// Backup: obeys a lower priority although it preempts (rule 46).
    case backupAcceptsEverything
    /// Backup: preempts although it must not (rule 45).
    case preemptsAlways
    /// Backup: does not wait for `preempt_delay` (rule 59).
    case preemptDelayIsIgnored
    /// Backup: waits for the whole silence after a resignation (rule 36).
    case resignationIsIgnored
    /// Backup: the skew time is left out (rule 33).
    case skewIsIgnored
    /// Backup of version 3: the interval of the active router is not learned (rule 37).
    case intervalIsNotLearned
    /// The addresses stay when the router is not active any more (rule 55).
    case addressesStay
    /// The addresses are not installed (rule 43).
    case addressesAreNotInstalled
    /// Nothing is sent on becoming active (rule 43).
    case firstAdvertisementIsMissing
    /// Half of the advertisements are not sent (rule 48).
    case advertisesHalfAsOften
    /// Nothing is sent on shutdown and fault (rule 47).
    case resignsSilently
    /// What is tracked has no effect on the priority.
    case weightsAreIgnored
    /// The configured priority is advertised instead of the effective one (rule 13).
    case advertisesConfiguredPriority
    /// A late node looks at the clock before it looks at its packets (rule 39).
    case timersBeforePackets
    /// Members of a sync group go their own ways.
    case groupsAreIgnored

    var mutant: Mutant {
        var mutant = Mutant()
        switch self {
        case .timersBeforePackets: mutant.timersBeforePackets = true
        case .groupsAreIgnored: mutant.ignoresGroups = true
        case .skewIsIgnored:
            mutant.deadline = { router in
                guard router.state == .backup, let deadline = router.deadline else { return router.deadline }
                return deadline - router.skewTime
            }
            mutant.handle = { router, event, now, actions in
                let isEarly = event == .timeReached && router.state == .backup
                router.handle(event, at: isEarly ? now + router.skewTime : now, into: &actions)
            }
        default:
            mutant.handle = { router, event, now, actions in
                handle(&router, event, now, &actions)
            }
        }
        return mutant
    }

    private func handle(
        _ router: inout VirtualRouter, _ event: VirtualRouter.Event, _ now: Instant,
        _ actions: inout [VirtualRouter.Action]
    ) {
        let before = router.state
        guard let event = changed(event, for: router) else { return }
        router.handle(event, at: now, into: &actions)
        actions = actions.compactMap { changed($0, of: router, was: before, at: now) }
    }

    /// What the machine is told instead; nil for nothing.
    private func changed(_ event: VirtualRouter.Event, for router: VirtualRouter) -> VirtualRouter.Event? {
        if self == .weightsAreIgnored, case .priorityAdjusted = event { return nil }
        guard case .advertisement(let heard) = event else { return event }
        switch router.state {
        case .active: return changedInActive(heard, for: router).map { .advertisement($0) }
        case .backup: return changedInBackup(heard, for: router).map { .advertisement($0) }
        default: return event
        }
    }

    private func changedInActive(_ heard: HeardAdvertisement, for router: VirtualRouter) -> HeardAdvertisement? {
        let isTie = heard.priority == router.effectivePriority
        let isHigher = router.configuration.primaryAddress.map { heard.source > $0 } ?? false
        var changed = heard
        switch self {
        case .tieIsIgnored where isTie && isHigher: return nil
        case .tieIsReversed where isTie:
            changed.priority = isHigher ? max(heard.priority, 2) - 1 : min(heard.priority, 254) + 1
        case .staysActive where heard.priority > router.effectivePriority: return nil
        case .yieldsToAnyone where heard.priority != 0: changed.priority = 255
        case .resignationIsNotAnswered where heard.priority == 0: return nil
        default: break
        }
        return changed
    }

    private func changedInBackup(_ heard: HeardAdvertisement, for router: VirtualRouter) -> HeardAdvertisement? {
        let isLower = heard.priority != 0 && heard.priority < router.effectivePriority
        let configuration = router.configuration
        var changed = heard
        switch self {
        case .timerIsNotRestarted where heard.priority != 0 && router.activeRouter != nil: return nil
        case .backupAcceptsEverything where isLower: changed.priority = 255
        case .preemptsAlways where isLower && !configuration.preempts: return nil
        case .preemptDelayIsIgnored where isLower && configuration.preemptDelay > .zero: return nil
        case .resignationIsIgnored where heard.priority == 0: return nil
        case .intervalIsNotLearned: changed.interval = configuration.advertisementInterval
        default: break
        }
        return changed
    }

    /// What is done instead; nil for nothing.
    private func changed(
        _ action: VirtualRouter.Action, of router: VirtualRouter, was before: VirtualRouter.State, at now: Instant
    ) -> VirtualRouter.Action? {
        switch (self, action) {
        case (.addressesStay, .removeAddresses): return nil
        case (.addressesAreNotInstalled, .installAddresses): return nil
        case (.firstAdvertisementIsMissing, .sendAdvertisement) where before == .backup: return nil
        case (.advertisesHalfAsOften, .sendAdvertisement(let sent)) where sent.priority != 0 && before == .active:
            let interval = router.configuration.advertisementInterval
            let beat = (now - Instant.origin) / interval
            return Int(beat) % 2 == 0 ? action : nil
        case (.resignsSilently, .sendAdvertisement(let sent)) where sent.priority == 0: return nil
        case (.advertisesConfiguredPriority, .sendAdvertisement(var sent)) where sent.priority != 0:
            sent.priority = router.configuration.priority
            return .sendAdvertisement(sent)
        default: return action
        }
    }
}
