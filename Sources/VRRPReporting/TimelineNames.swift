import Addresses
import VRRPProtocol
import VRRPSimulation

/// Who is who in a simulation.
struct TimelineNames {
    let plan: SimulationPlan

    /// `a (10.0.0.1)`, or the address alone where no node has it.
    func name(of address: IPAddress) -> String {
        for node in plan.nodes where node.routers.contains(where: { $0.configuration.primaryAddress == address }) {
            return "\(node.name) (\(address))"
        }
        return address.description
    }

    /// The virtual routers of other nodes for the same addresses, which should be the same virtual router.
    func counterparts(of node: Int, _ router: Int) -> [(node: Int, router: Int)] {
        let own = plan.nodes[node].routers[router].configuration.heldAddresses
        var found: [(node: Int, router: Int)] = []
        for (other, plan) in plan.nodes.enumerated() where other != node {
            for (index, router) in plan.routers.enumerated()
            where router.configuration.heldAddresses.contains(where: own.contains) {
                found.append((other, index))
            }
        }
        return found
    }

    func list(_ nodes: [Int]) -> String {
        let names = nodes.map { plan.nodes[$0].name }
        guard let last = names.last else { return "nobody" }
        return names.count == 1 ? last : names.dropLast().joined(separator: ", ") + " and " + last
    }
}
