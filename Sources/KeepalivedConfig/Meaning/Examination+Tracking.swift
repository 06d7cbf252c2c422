extension Examination {
    mutating func examineTracked() {
        for instance in configuration.instances {
            examineNames(instance.tracked, of: "vrrp_instance \(instance.name.value)")
            examineOwnInterface(instance)
            examineWeights(instance)
        }
        for group in configuration.syncGroups {
            examineNames(group.tracked, of: "vrrp_sync_group \(group.name.value)")
        }
        examineUnused()
    }

    // MARK: Names

    private mutating func examineNames(_ tracked: TrackedObjects, of owner: String) {
        let scripts = configuration.scripts.map(\.name.value)
        let files = configuration.trackFiles.map(\.name.value)
        let processes = configuration.trackProcesses.map(\.name.value)
        let sessions = configuration.bfdInstances.map(\.name.value)
        examine(tracked.scripts, among: scripts, kind: "vrrp_script", code: "unknown-script")
        examine(tracked.files, among: files, kind: "track_file", code: "unknown-track-file")
        examine(tracked.processes, among: processes, kind: "vrrp_track_process", code: "unknown-track-process")
        examine(tracked.sessions, among: sessions, kind: "bfd_instance", code: "unknown-bfd-instance")
        for object in tracked.sessions {
            guard let session = configuration.bfdInstances.first(where: { $0.name.value == object.value.name }),
                !session.isForVRRP
            else { continue }
            error(
                "untold-session", "bfd_instance \(object.value.name) tells only checks: \(owner) never hears of it",
                at: object.span, related: Self.related("`checker` is here", session.tellsCheckers.span))
        }
        for objects in [
            tracked.interfaces, tracked.scripts, tracked.files, tracked.processes, tracked.sessions,
        ] {
            var seen: [String: SourceSpan?] = [:]
            for object in objects {
                if let first = seen[object.value.name] {
                    warn(
                        "duplicate-tracker", "\(owner) tracks \(object.value.name) twice", at: object.span,
                        related: Self.related("the first is here", first))
                }
                seen[object.value.name] = .some(object.span)
            }
        }
    }

    private mutating func examine(
        _ objects: [Setting<TrackedObject>], among names: [String], kind: String, code: String
    ) {
        for object in objects where !names.contains(object.value.name) {
            error(
                code, "there is no \(kind) \(object.value.name)", at: object.span,
                expected: names.isEmpty ? "\(kind) \(object.value.name) { … }" : nil,
                suggestion: Spelling.nearest(to: object.value.name, among: names))
        }
    }

    private mutating func examineOwnInterface(_ instance: VRRPInstance) {
        guard let own = instance.interface.value, instance.tracksOwnInterface.value else { return }
        for object in instance.tracked.interfaces where object.value.name == own {
            warn(
                "tracks-own-interface", "its own interface is tracked anyway, without a weight", at: object.span,
                expected: "dont_track_primary, if \(own) is to count by its weight",
                related: Self.related("the interface is here", instance.interface.span))
        }
    }

    /// Names that nobody tracks: their objects do nothing.
    private mutating func examineUnused() {
        let all = configuration.instances.map(\.tracked) + configuration.syncGroups.map(\.tracked)
        let scripts = Set(all.flatMap { $0.scripts.map(\.value.name) })
        let processes = Set(all.flatMap { $0.processes.map(\.value.name) })
        var files = Set(all.flatMap { $0.files.map(\.value.name) })
        var sessions = Set(all.flatMap { $0.sessions.map(\.value.name) })
        configuration.forEachChecker { kind in
            switch kind {
            case .file(let check): if let name = check.file.value { files.insert(name) }
            case .bfd(let check): if let name = check.session.value { sessions.insert(name) }
            default: break
            }
        }
        for script in configuration.scripts where !scripts.contains(script.name.value) {
            unused("vrrp_script", script.name, "so it is never run")
        }
        for process in configuration.trackProcesses where !processes.contains(process.name.value) {
            unused("vrrp_track_process", process.name, "so nothing comes of it")
        }
        for file in configuration.trackFiles where !files.contains(file.name.value) {
            unused("track_file", file.name, "so it is never read")
        }
        for session in configuration.bfdInstances where !sessions.contains(session.name.value) {
            unused("bfd_instance", session.name, "so nothing comes of it")
        }
    }

    private mutating func unused(_ kind: String, _ name: Setting<String>, _ consequence: String) {
        guard !name.value.isEmpty else { return }
        warn("unused", "nothing tracks the \(kind) \(name.value), \(consequence)", at: name.span)
    }

    // MARK: Weights

    /// What can be said about weights from one node's file alone.
    private mutating func examineWeights(_ instance: VRRPInstance) {
        let weighted = weightedObjects(of: instance)
        guard let first = weighted.first else { return }
        let priority = instance.priority
        if priority.value == 255 {
            warn(
                "weight-of-owner", "priority 255 is never changed: the weights do nothing", at: first.span,
                expected: "a priority from 1 to 254, or weight 0",
                related: Self.related("the priority is here", priority.span))
            return
        }
        if !instance.preempts.value {
            warn(
                "weight-with-nopreempt",
                "with nopreempt this node does not take over when the other's priority falls below its own",
                at: first.span, expected: "weight 0, which makes the failing node give up, or no nopreempt",
                related: Self.related("nopreempt is here", instance.preempts.span))
        }
        // Each weight moves the priority between `worst` and `best`; a file's number has no such bounds.
        guard weighted.allSatisfy({ object in !instance.tracked.files.contains { $0.value == object.value } }) else {
            return
        }
        var (worst, gain) = (priority.value, 0)
        for object in weighted {
            let weight = object.value.weight
            let signed = weight.isReversed ? -weight.value : weight.value
            if signed < 0 { worst += signed } else { gain += signed }
        }
        worst = max(1, min(254, worst))
        if priority.value == 1, gain == 0 {
            warn("weight-too-small", "priority 1 cannot be lowered: the weights do nothing", at: first.span)
        } else if priority.value == 254, worst == 254 {
            warn("weight-too-small", "priority 254 cannot be raised: the weights do nothing", at: first.span)
        } else if worst > 100 + gain {
            warn(
                "weight-too-small",
                "when all that is tracked is bad the priority is still \(worst): a node of priority 100 "
                    + "\(gain > 0 ? "with the same weights has \(min(254, 100 + gain)) and " : "")does not take over",
                at: first.span, expected: "a weight that takes the priority below every other node's, or weight 0",
                related: Self.related("the priority is here", priority.span))
        }
    }

    /// What moves the priority of an instance: its own trackers, or those of its group.
    private func weightedObjects(of instance: VRRPInstance) -> [Setting<TrackedObject>] {
        let group = configuration.syncGroups.first { group in
            group.members.contains { $0.value == instance.name.value }
        }
        let own = group == nil || group?.tracksWeights.value == true ? instance.tracked.all : []
        return (own + (group?.tracked.all ?? [])).filter { $0.value.weight.value != 0 }
    }
}
