package import VRRPProtocol

/// A sync group of a node: virtual routers that are active together or not at all.
package struct GroupPlan: Sendable {
    package var name: String
    /// Indices into the node's virtual routers.
    package var members: [Int]
    /// What the group itself tracks.
    package var tracking = Tracking()

    package init(name: String, members: [Int]) {
        self.name = name
        self.members = members
    }
}
