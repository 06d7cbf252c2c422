/// `track_group`: instances that go to fault when a static address, route or rule is gone.
package struct TrackGroup: Hashable, Sendable {
    package var name: Setting<String>
    package var members: [Setting<String>] = []

    package init(name: Setting<String>) { self.name = name }
}
