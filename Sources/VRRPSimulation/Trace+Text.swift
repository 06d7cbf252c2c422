import Addresses
import PacketFormats
import VRRPProtocol

/// The trace as text: one line for each machine, then one for each event with a line for each action below it.
///
///     vrrp-trace 1
///     router 0 0 VI_1 version 3 vrid 51 address 10.0.0.1 priority 150 interval 1000000000 preempt yes delay 0 …
///     group 0 0 VG_1 members 0,1
///     0 0 start
///     0 0 router 0 startup
///      0 state initialize backup
///     3413125000 0 router 0 time
///      0 advertise 150 1000000000
///
/// A line of an event begins with the instant in nanoseconds and the node; a line of an action with a blank and the
/// virtual router. `#` begins a comment line.
extension Trace {
    package var text: String {
        var lines = ["vrrp-trace 1"]
        for machine in machines {
            lines.append(
                "router \(machine.node) \(machine.router) \(machine.name) \(Trace.text(machine.configuration))")
        }
        for group in groups {
            let members = group.members.map(String.init).joined(separator: ",")
            lines.append("group \(group.node) \(group.group) \(group.name) members \(members)")
        }
        for entry in entries {
            if case .remark(let remark) = entry.input {
                lines.append("# \(entry.time.nanoseconds) \(remark)")
                continue
            }
            lines.append("\(entry.time.nanoseconds) \(entry.node) \(Trace.text(entry.input))")
            lines += entry.outputs
        }
        return lines.joined(separator: "\n") + "\n"
    }

    static func text(_ configuration: VirtualRouter.Configuration) -> String {
        let policy = configuration.policy
        let address = configuration.primaryAddress.map(\.description) ?? "none"
        return "version \(configuration.version.rawValue) vrid \(configuration.virtualRouterID) address \(address) "
            + "family \(configuration.family.rawValue) priority \(configuration.priority) "
            + "interval \(configuration.advertisementInterval.nanoseconds) preempt \(configuration.preempts ? "yes" : "no") "
            + "delay \(configuration.preemptDelay.nanoseconds) startup \(configuration.startupDelay.nanoseconds) "
            + "missed \(policy.activeDownAdvertisements) answer \(policy.answerToLoser.rawValue) "
            + "accept \(policy.accepts ? "yes" : "no") "
            + "addresses \(text(configuration.virtualAddresses)) excluded \(text(configuration.excludedAddresses))"
    }

    static func text(_ addresses: [IPAddress]) -> String {
        addresses.isEmpty ? "none" : addresses.map(\.description).joined(separator: ",")
    }

    private static func text(_ input: Input) -> String {
        switch input {
        case .start: "start"
        case .remark(let remark): remark
        case .router(let router, let event): "router \(router) \(text(event))"
        case .group(let group, let event): "group \(group) \(text(event))"
        }
    }

    private static func text(_ event: SyncGroup.Event) -> String {
        switch event {
        case .member(let place, let event): "member \(place) \(text(event))"
        case .startup: text(VirtualRouter.Event.startup)
        case .shutdown: text(VirtualRouter.Event.shutdown)
        case .timeReached: text(VirtualRouter.Event.timeReached)
        case .faulted(let cause): text(VirtualRouter.Event.faulted(cause))
        case .recovered(let cause): text(VirtualRouter.Event.recovered(cause))
        case .priorityAdjusted(let sum): text(VirtualRouter.Event.priorityAdjusted(by: sum))
        case .standBack(let standsBack): text(VirtualRouter.Event.standBack(standsBack))
        }
    }

    private static func text(_ event: VirtualRouter.Event) -> String {
        switch event {
        case .startup: "startup"
        case .shutdown: "shutdown"
        case .timeReached: "time"
        case .advertisement(let heard): "hear \(heard.source) \(heard.priority) \(heard.interval.nanoseconds)"
        case .faulted(let cause): "fault \(text(cause))"
        case .recovered(let cause): "recover \(text(cause))"
        case .priorityAdjusted(let sum): "adjust \(sum)"
        case .primaryAddressChanged(let address): "address \(address.map(\.description) ?? "none")"
        case .addressLost(let address): "lost \(address)"
        case .reconfigured(let configuration): "configure \(text(configuration))"
        case .standBack(let standsBack): "stand-back \(standsBack ? 1 : 0)"
        case .groupTakesOver: "take-over"
        case .groupStepsDown(let member): "step-down \(member)"
        }
    }

    private static func text(_ cause: FaultCause) -> String {
        "\(cause.kind.rawValue) \(cause.name.isEmpty ? "-" : cause.name)"
    }

    static func text(_ actions: [SyncGroup.Action], of members: [Int]) -> [String] {
        actions.compactMap { action in
            guard case .member(let place, let action) = action else { return nil }
            return text(action, of: members[place])
        }
    }

    /// An action as it is compared. What is only reported counts by its kind.
    static func text(_ action: VirtualRouter.Action, of router: Int) -> String {
        let action =
            switch action {
            case .sendAdvertisement(let sent): "advertise \(sent.priority) \(sent.interval.nanoseconds)"
            case .installAddresses(let addresses): "install \(text(addresses))"
            case .announce(let addresses, let count): "announce \(text(addresses)) \(count)"
            case .removeAddresses(let addresses): "remove \(text(addresses))"
            case .notify(let transition): "state \(transition.from) \(transition.to) priority \(transition.priority)"
            case .report(let observation): "report \(text(observation))"
            }
        return " \(router) \(action)"
    }

    private static func text(_ observation: Observation) -> String {
        switch observation {
        case .intervalLearned: "interval-learned"
        case .loserHeard: "loser-heard"
        case .resignationHeard: "resignation-heard"
        case .duplicateOwner: "duplicate-owner"
        case .ownAddressHeard: "own-address-heard"
        case .preemptionDelayed: "preemption-delayed"
        case .priorityChanged(let before, let after): "priority-changed \(before) \(after)"
        case .faultAdded: "fault-added"
        case .faultRemoved: "fault-removed"
        case .addressReinstalled: "address-reinstalled"
        case .late: "late"
        }
    }
}
