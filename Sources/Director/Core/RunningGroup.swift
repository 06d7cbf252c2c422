import KeepalivedConfig
import VRRPProtocol
import VRRPReporting

/// A sync group as it runs, with the machines of its members.
final class RunningGroup {
    unowned let daemon: Daemon
    let name: String
    /// Where its settings are in the configuration.
    var place: Int
    let members: [RunningInstance]
    var machine: VRRPProtocol.SyncGroup
    var tracking = Tracking()
    private var alarm: (any Alarm)?

    /// A group of instances that may run already.
    init(_ place: Int, members: [RunningInstance], of daemon: Daemon) {
        self.daemon = daemon
        self.place = place
        self.members = members
        name = daemon.configuration.syncGroups[place].name.value
        machine = VRRPProtocol.SyncGroup(name: name, adopting: members.map { ($0.name, $0.machine) })
        for (seat, member) in members.enumerated() { member.join(self, seat: seat) }
        setAlarm()
    }

    var settings: KeepalivedConfig.SyncGroup { _read { yield daemon.configuration.syncGroups[place] } }

    /// Gives an event to the group and does what it says.
    func handle(_ event: VRRPProtocol.SyncGroup.Event) {
        var actions: [VRRPProtocol.SyncGroup.Action] = []
        machine.handle(event, at: daemon.surroundings.time.now, into: &actions)
        carryOut(actions)
        setAlarm()
    }

    /// Ends; the members go on alone.
    func dissolve() {
        alarm?.set(nil)
        var actions: [VRRPProtocol.SyncGroup.Action] = []
        let routers = machine.dissolve(at: daemon.surroundings.time.now, into: &actions)
        for (member, router) in zip(members, routers) { member.leaveGroup(with: router) }
        carryOut(actions)
    }

    private func carryOut(_ actions: [VRRPProtocol.SyncGroup.Action]) {
        for action in actions {
            switch action {
            case .member(let seat, let action): members[seat].carryOut(action)
            case .notify(let transition): notify(transition)
            }
        }
    }

    private func setAlarm() {
        if alarm == nil {
            alarm = daemon.surroundings.time.alarm { [unowned self] _ in handle(.timeReached) }
        }
        alarm?.set(machine.deadline)
    }

    private func notify(_ transition: Transition) {
        let state: Notice.State =
            switch transition.to {
            case .active: .active
            case .backup: .backup
            case .fault: .fault
            case .initialize: .stop
            }
        daemon.agenda.tell(
            Notice(
                .group, name, state, priority: Int(transition.priority), scripts: settings.notify,
                sendsMail: settings.sendsMail.value))
        daemon.surroundings.log.notice(
            "sync group \(name): \(transition.from) → \(transition.to)", event: "group-transition",
            [
                "group": name, "from": "\(transition.from)", "to": "\(transition.to)",
                "cause": transition.cause.name,
            ])
    }
}
