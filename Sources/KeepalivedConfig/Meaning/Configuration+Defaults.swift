extension Configuration {
    /// Fills in what follows from other settings: what a wider block says, and what one setting says about another.
    mutating func fillInDefaults() {
        global.fillInDefaults()
        for index in scripts.indices {
            let interval = scripts[index].interval
            scripts[index].timeout.settle(interval.value, .scriptInterval, interval.span)
        }
        let weights = DeclaredWeights(self)
        for index in instances.indices {
            instances[index].fillInDefaults(from: global)
            weights.fillIn(&instances[index].tracked)
        }
        for index in syncGroups.indices {
            weights.fillIn(&syncGroups[index].tracked)
            syncGroups[index].sendsMail.inherit(global.mail.ofVRRP, from: .globalDefinitions)
            syncGroups[index].notifiesPriorityChanges.inherit(
                global.scripts.notifiesPriorityChanges, from: .globalDefinitions)
        }
        for index in virtualServers.indices { virtualServers[index].fillInDefaults(from: global) }
    }
}

/// The weights of what can be tracked, by name.
private struct DeclaredWeights {
    private let scripts: [String: TrackWeight]
    private let files: [String: TrackWeight]
    private let processes: [String: TrackWeight]
    private let sessions: [String: TrackWeight]

    init(_ configuration: Configuration) {
        func byName<Tracker>(
            _ trackers: [Tracker], _ entry: (Tracker) -> (String, TrackWeight)
        ) -> [String: TrackWeight] {
            Dictionary(trackers.map(entry)) { first, _ in first }
        }
        scripts = byName(configuration.scripts) { ($0.name.value, $0.weight.value) }
        files = byName(configuration.trackFiles) { ($0.name.value, $0.weight.value) }
        processes = byName(configuration.trackProcesses) { ($0.name.value, $0.weight.value) }
        sessions = byName(configuration.bfdInstances) { ($0.name.value, $0.weight.value) }
    }

    /// A line that names no weight has that of what it names.
    func fillIn(_ tracked: inout TrackedObjects) {
        fill(&tracked.scripts, scripts)
        fill(&tracked.files, files)
        fill(&tracked.processes, processes)
        fill(&tracked.sessions, sessions)
    }

    private func fill(_ objects: inout [Setting<TrackedObject>], _ weights: [String: TrackWeight]) {
        for index in objects.indices where !objects[index].value.hasOwnWeight {
            if let weight = weights[objects[index].value.name] { objects[index].value.weight = weight }
        }
    }
}

extension GlobalDefinitions {
    fileprivate mutating func fillInDefaults() {
        if announcesOnce.value {
            announcements.repeats.settle(1, .minimalAnnouncements, announcesOnce.span)
            announcements.delay.settle(.zero, .minimalAnnouncements, announcesOnce.span)
        }
        announcements.followActive()
    }
}

extension MailDefinitions {
    /// Whether instances and groups send mail where they do not say.
    var ofVRRP: Setting<Bool> { pick(alertsOfVRRP, otherwise: false) }

    /// Whether virtual servers do; and real servers, with another default.
    func ofCheckers(otherwise standard: Bool) -> Setting<Bool> { pick(alertsOfCheckers, otherwise: standard) }

    private func pick(_ own: Setting<Bool?>, otherwise standard: Bool) -> Setting<Bool> {
        if let value = own.value { return Setting(value, own.origin) }
        if let value = alerts.value { return Setting(value, alerts.origin) }
        return Setting(standard)
    }
}

extension GratuitousARP {
    mutating func fillInDefaults(from wider: GratuitousARP) {
        delay.inherit(wider.delay, from: .globalDefinitions)
        repeats.inherit(wider.repeats, from: .globalDefinitions)
        refresh.inherit(wider.refresh, from: .globalDefinitions)
        refreshRepeats.inherit(wider.refreshRepeats, from: .globalDefinitions)
        // What the wider block only takes over from its own garp_master_… does not come before what is said here.
        if wider.lowerPriorityDelay.origin.isWritten {
            lowerPriorityDelay.inherit(wider.lowerPriorityDelay, from: .globalDefinitions)
        }
        if wider.lowerPriorityRepeats.origin.isWritten {
            lowerPriorityRepeats.inherit(wider.lowerPriorityRepeats, from: .globalDefinitions)
        }
        extra.inherit(wider.extra, from: .globalDefinitions)
        followActive()
    }

    /// What is done after a lower priority is what is done after becoming active.
    mutating func followActive() {
        if !delay.origin.isStandard { lowerPriorityDelay.settle(delay.value, .activeDelay, delay.span) }
        if !repeats.origin.isStandard { lowerPriorityRepeats.settle(repeats.value, .activeRepeat, repeats.span) }
    }
}
