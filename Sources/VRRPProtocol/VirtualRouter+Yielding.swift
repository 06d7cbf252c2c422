import Addresses

extension VirtualRouter {
    /// The advertisement as the configuration is now.
    func advertise(priority: UInt8, into actions: inout [Action]) {
        actions.append(
            .sendAdvertisement(
                OutgoingAdvertisement(
                    priority: priority,
                    interval: .nanoseconds(ownInterval), addresses: configuration.virtualAddresses)))
    }

    func announce(count: Int, into actions: inout [Action]) {
        if !addresses.isEmpty { actions.append(.announce(addresses, count: max(count, 1))) }
    }

    mutating func releaseAddresses(into actions: inout [Action]) {
        if !addresses.isEmpty { actions.append(.removeAddresses(addresses)) }
        addresses = []
    }

    /// Priority 0, so that the backups need not wait for the silence, and the addresses released.
    mutating func resign(into actions: inout [Action]) {
        advertise(priority: 0, into: &actions)
        releaseAddresses(into: &actions)
    }

    /// From Active to Backup. A version 3 router learns the interval of the one that it yields to.
    mutating func becomeBackup(
        because cause: TransitionCause, heard: HeardAdvertisement?, at now: Instant, into actions: inout [Action]
    ) {
        if let heard { learn(from: heard, into: &actions) }
        phase = .backup(
            Backup(
                activeDownTimer: now.after(nanoseconds: timers.activeDown), takeover: .silence, heard: heard?.peer,
                heardAt: now, hasLearnedInterval: heard != nil))
        notify(from: .active, because: cause, at: now, into: &actions)
    }

    /// Somebody else removed an address of the active router.
    mutating func lose(_ address: IPAddress, at now: Instant, into actions: inout [Action]) {
        guard case .active = phase, addresses.contains(address) else { return }
        switch configuration.policy.answerToLostAddress {
        case .reinstall:
            actions.append(.installAddresses([address]))
            actions.append(.announce([address], count: max(configuration.policy.announcements.count, 1)))
            actions.append(.report(.addressReinstalled(address)))
        case .resign:
            resign(into: &actions)
            // All backups have heard the resignation: this one competes with them on equal terms.
            let takeover = configuration.primaryAddress.map { Takeover.resignation(of: $0) } ?? .silence
            phase = .backup(
                Backup(
                    activeDownTimer: now.after(nanoseconds: timers.skew), takeover: takeover, heard: nil,
                    heardAt: now))
            notify(from: .active, because: .addressLost(address), at: now, into: &actions)
        }
    }
}
