import Addresses
import KeepalivedConfig
package import PacketFormats
import VRRPProtocol
package import VRRPSimulation

extension SimulationPlan {
    /// The simulation of configurations: each a node, on networks as `SimulatedNetworks` joins them. Packets are
    /// encoded and decoded as each configuration says.
    ///
    /// - Parameter digests: for configurations with authentication by a digest.
    package init(of hosts: [SimulatedHost], digests: any KeyedDigests) {
        let networks = SimulatedNetworks(hosts)
        self.init(
            nodes: hosts.enumerated().map { node, host in
                NodePlan(host, node: node, on: networks, digests: digests)
            })
    }
}

extension NodePlan {
    fileprivate init(
        _ host: SimulatedHost, node: Int, on networks: SimulatedNetworks, digests: any KeyedDigests
    ) {
        let configuration = host.configuration
        let routers = host.instances.compactMap { instance -> RouterPlan? in
            let address = networks.address(of: instance, node: node)
            guard let router = instance.routerConfiguration(in: configuration.global, from: address) else {
                return nil
            }
            let interface = instance.interface.value ?? ""
            var plan = RouterPlan(
                name: instance.name.value, lan: networks.lan(of: interface, node: node) ?? 0, configuration: router)
            plan.interface = interface
            plan.tracksInterface = instance.tracksOwnInterface.value
            if let delay = configuration.delay(of: interface) {
                plan.linkUpDelay = delay.up
                plan.linkDownDelay = delay.down
            }
            plan.peers = instance.unicastPeers.map(\.value.address)
            plan.tracking = configuration.tracking(of: instance)
            if let receiver = instance.receiver(in: configuration.global), let address {
                var wire = WireFormat(
                    receiver: receiver, transmission: instance.transmission(in: configuration.global, from: address),
                    digests: digests)
                wire.trailer = instance.sendingKey
                plan.wire = wire
            }
            return plan
        }
        self.init(name: host.name, routers: routers)
        aliases = host.aliases
        groups = configuration.syncGroups.compactMap { group in
            let members = group.members.compactMap { member in routers.firstIndex { $0.name == member.value } }
            guard !members.isEmpty else { return nil }
            var plan = GroupPlan(name: group.name.value, members: members)
            plan.tracking = configuration.tracking(of: group.tracked)
            return plan
        }
        trackers = configuration.trackerPlans { networks.lan(of: $0, node: node) }
    }
}

extension Configuration {
    fileprivate func delay(of interface: String) -> InterfaceDelay? {
        interfaceDelays.first { $0.value.interface == interface }?.value
    }

    /// Everything that an instance or a sync group tracks, each once.
    fileprivate func trackerPlans(lan: (String) -> Int?) -> [TrackerPlan] {
        var plans: [TrackerPlan] = []
        let trackings = instances.map { tracking(of: $0) } + syncGroups.map { tracking(of: $0.tracked) }
        for tracker in trackings.flatMap(\.trackers)
        where !plans.contains(where: { $0.kind == tracker.kind && $0.name == tracker.name }) {
            var plan = TrackerPlan(tracker.kind, name: tracker.name)
            if tracker.kind == .interface {
                plan.lan = lan(tracker.name)
                if let delay = delay(of: tracker.name) {
                    plan.goodDelay = delay.up
                    plan.badDelay = delay.down
                }
            }
            if tracker.kind == .process, let process = trackProcesses.first(where: { $0.name.value == tracker.name }) {
                plan.goodDelay = process.forkDelay.value
                plan.badDelay = process.terminateDelay.value
            }
            if tracker.kind == .script, let script = scripts.first(where: { $0.name.value == tracker.name }) {
                plan.interval = script.interval.value.nanoseconds
                plan.rise = script.rise.value
                plan.fall = script.fall.value
                plan.startsFailed = script.startsFailed.value
            }
            plans.append(plan)
        }
        return plans
    }
}
