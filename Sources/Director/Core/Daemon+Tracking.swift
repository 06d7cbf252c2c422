import KeepalivedConfig
import VRRPAssembly
import VRRPProtocol

extension Daemon {
    var allTrackers: [Tracker] {
        instances.flatMap { configuration.tracking(of: $0.settings).trackers }
            + groups.flatMap { configuration.tracking(of: $0.settings.tracked).trackers }
    }

    /// Who tracks what, anew from the configuration; machines are told what is different by it.
    func resetTracking() {
        trackingInstances = [:]
        trackingGroups = [:]
        for instance in instances {
            let before = instance.tracking
            instance.tracking = withReadings(configuration.tracking(of: instance.settings))
            for thing in things(in: instance.tracking) { trackingInstances[thing, default: []].append(instance) }
            for change in changes(from: before, to: instance.tracking) { instance.handle(change.event) }
        }
        for group in groups {
            let before = group.tracking
            group.tracking = withReadings(configuration.tracking(of: group.settings.tracked))
            for thing in things(in: group.tracking) { trackingGroups[thing, default: []].append(group) }
            for change in changes(from: before, to: group.tracking) { group.handle(change.groupEvent) }
        }
    }

    /// Something tracked was read.
    func read(_ reading: Tracker.Reading, of thing: TrackedThing) {
        readings[thing] = reading
        for group in trackingGroups[thing] ?? [] {
            for change in group.tracking.record(reading, of: thing.kind, name: thing.name) {
                group.handle(change.groupEvent)
            }
        }
        for instance in trackingInstances[thing] ?? [] {
            for change in instance.tracking.record(reading, of: thing.kind, name: thing.name) {
                instance.handle(change.event)
            }
        }
    }

    private func withReadings(_ tracking: Tracking) -> Tracking {
        var tracking = tracking
        for thing in things(in: tracking) {
            if let reading = readings[thing] { _ = tracking.record(reading, of: thing.kind, name: thing.name) }
        }
        return tracking
    }

    private func things(in tracking: Tracking) -> Set<TrackedThing> {
        Set(tracking.trackers.map { TrackedThing(kind: $0.kind, name: $0.name) })
    }

    /// What a machine that knows the one has to be told to know the other: the priority first.
    private func changes(from old: Tracking, to new: Tracking) -> [Tracking.Change] {
        guard old != new else { return [] }
        let (before, after) = (old.faults, new.faults)
        return (old.adjustment == new.adjustment ? [] : [.adjusted(by: new.adjustment)])
            + after.filter { !before.contains($0) }.map(Tracking.Change.faulted)
            + before.filter { !after.contains($0) }.map(Tracking.Change.recovered)
    }
}
