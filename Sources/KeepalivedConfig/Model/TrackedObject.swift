/// A line of a `track_…` block: what is watched, and its weight there.
package struct TrackedObject: Hashable, Sendable {
    /// The interface, or the name of the script, file, process or BFD session.
    package var name: String
    /// What the line says or else the object's own definition.
    package var weight: TrackWeight
    /// Whether the line itself gives the weight.
    package var hasOwnWeight: Bool

    package init(name: String, weight: TrackWeight = TrackWeight(), hasOwnWeight: Bool = false) {
        self.name = name
        self.weight = weight
        self.hasOwnWeight = hasOwnWeight
    }
}
