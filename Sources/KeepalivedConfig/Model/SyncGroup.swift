/// `vrrp_sync_group`: instances that are active together or not at all.
package struct SyncGroup: Hashable, Sendable {
    package var name: Setting<String>
    package var members: [Setting<String>] = []
    package var tracked = TrackedObjects()
    package var notify = NotifyScripts()
    package var sendsMail = Setting(false)
    package var notifiesPriorityChanges = Setting(false)
    package var tracksWeights = Setting(false)
    package var sharesTracking = Setting(false)

    package init(name: Setting<String>) { self.name = name }
}
