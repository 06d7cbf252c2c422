package import Addresses
package import VRRPProtocol

/// Everything that decides how a simulation goes: two runs of the same plan are the same to the last packet.
package struct SimulationPlan: Sendable {
    package var nodes: [NodePlan]
    package var conditions = NetworkConditions.quiet
    /// Nanoseconds that a node may take to notice a packet or a timer; drawn each time.
    package var longestWakeUp: Int64 = 0
    package var faults: [TimedFault] = []
    package var seed: UInt64 = 1

    package init(nodes: [NodePlan]) {
        self.nodes = nodes
    }
}

/// A node and what runs on it.
package struct NodePlan: Sendable {
    package var name: String
    /// Other names by which it can be called.
    package var aliases: [String] = []
    package var routers: [RouterPlan]
    package var trackers: [TrackerPlan] = []
    package var groups: [GroupPlan] = []
    /// When it is started; nil for a node that a fault starts.
    package var start: Instant? = .origin

    package init(name: String, routers: [RouterPlan]) {
        self.name = name
        self.routers = routers
    }
}

/// A virtual router of a node.
package struct RouterPlan: Sendable {
    /// The instance's name.
    package var name: String
    /// The network that its interface is on. Nodes hear each other on the same one only.
    package var lan: Int
    /// The interface's name on its node.
    package var interface = ""
    /// Whether the loss of the link is a fault (keepalived: unless `dont_track_primary`).
    package var tracksInterface = true
    /// How long the link must be there, or away, before that counts (`interface_up_down_delays`).
    package var linkUpDelay = Duration.zero
    package var linkDownDelay = Duration.zero
    package var configuration: VirtualRouter.Configuration
    /// Where advertisements are sent instead of to the multicast group.
    package var peers: [IPAddress] = []
    /// What it tracks, each by the kind and name of one of the node's trackers.
    package var tracking = Tracking()
    /// How packets look; nil for a simulation that hands over what is in them without encoding it.
    package var wire: WireFormat?

    package init(name: String, lan: Int = 0, configuration: VirtualRouter.Configuration) {
        self.name = name
        self.lan = lan
        self.configuration = configuration
    }
}
