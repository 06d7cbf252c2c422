package import KeepalivedConfig
package import VRRPProtocol

extension Configuration {
    /// What an instance tracks. As a member of a sync group it may not move its priority alone, unless the group says
    /// `sync_group_tracking_weight`: its weighted trackers do not count.
    package func tracking(of instance: VRRPInstance) -> Tracking {
        let group = syncGroups.first { $0.members.contains { $0.value == instance.name.value } }
        return tracking(of: instance.tracked, weighted: group?.tracksWeights.value ?? true)
    }

    /// Everything tracked, with its weights.
    ///
    /// - Parameter weighted: whether trackers that move the priority count; those that decide about fault always do.
    package func tracking(of objects: TrackedObjects, weighted: Bool = true) -> Tracking {
        let trackers =
            objects.interfaces.map { tracker(.interface, $0.value, nil) }
            + objects.scripts.map { object in
                tracker(.script, object.value, scripts.first { $0.name.value == object.value.name }?.weight.value)
            }
            + objects.files.map { object in
                tracker(.file, object.value, trackFiles.first { $0.name.value == object.value.name }?.weight.value)
            }
            + objects.processes.map { object in
                let process = trackProcesses.first { $0.name.value == object.value.name }
                return tracker(.process, object.value, process?.weight.value)
            }
            + objects.sessions.map { object in
                tracker(.bfd, object.value, bfdInstances.first { $0.name.value == object.value.name }?.weight.value)
            }
        return Tracking(trackers.filter { weighted || $0.weight == 0 })
    }

    /// The weight is what the line says, or else what the object's own block says.
    private func tracker(_ kind: Tracker.Kind, _ object: TrackedObject, _ standard: TrackWeight?) -> Tracker {
        let weight = object.hasOwnWeight ? object.weight : standard ?? object.weight
        return Tracker(kind, name: object.name, weight: weight.value, isReversed: weight.isReversed)
    }
}
