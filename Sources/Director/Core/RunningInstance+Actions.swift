import Addresses
import KeepalivedConfig
import PacketFormats
import Routing
import VRRPProtocol
import VRRPReporting

extension RunningInstance {
    /// Does, or puts on the agenda, what the machine says.
    func carryOut(_ action: VirtualRouter.Action) {
        switch action {
        case .sendAdvertisement(let outgoing):
            daemon.agenda.enter(.advertisement, for: self)
            send(outgoing)
        case .installAddresses(let addresses):
            daemon.agenda.enter(.kernel, for: self)
            if isHealing {
                reinstall(addresses)
            } else {
                held.formUnion(addresses)
                claim()
            }
        case .removeAddresses(let addresses):
            daemon.agenda.enter(.kernel, for: self)
            held.subtract(addresses)
            daemon.announcer.forget(name)
            claim()
        case .announce(let addresses, let count):
            daemon.agenda.enter(.announcement, for: self)
            daemon.agenda.announce(addresses, count: count, of: self)
        case .notify(let transition):
            notify(transition)
        case .report(let observation):
            report(observation)
        }
    }

    private func send(_ outgoing: OutgoingAdvertisement) {
        do {
            let packets = try packets?.say(
                outgoing, replay: &replay, at: { surroundings.time.wallTime }, digests: surroundings.digests)
            guard let packets else { return }
            for packet in packets { surroundings.wire.send(packet, by: exit) }
            counters.sent += 1
        } catch {
            counters.encodingFailures += 1
            surroundings.log.limited(
                "\(name) encoding", at: surroundings.time.now, .error,
                "\(name): its advertisement cannot be encoded: \(error)", event: "not-encoded", ["instance": name])
            return
        }
        if outgoing.priority == 0 {
            counters.resignationsSent += 1
            withdrawWill()
        } else {
            leaveWill(for: outgoing, by: exit)
        }
    }

    /// Tells the kernel, at its turn, what is to be there now.
    func claim() {
        daemon.agenda.enter(.kernel, for: self)
        let isActive = state == .active
        guard isActive || !held.isEmpty else {
            if holdsResources { daemon.agenda.claim([], for: self) }
            holdsResources = false
            return
        }
        holdsResources = true
        daemon.agenda.claim(claimed, for: self)
    }

    /// What is to be in the kernel now.
    var claimed: [Resource] {
        wanted.resources.filter { resource in
            if case .address(let spec) = resource { held.contains(spec.address) } else { true }
        }
    }

    private func reinstall(_ addresses: [IPAddress]) {
        let resources = wanted.resources.filter { resource in
            if case .address(let spec) = resource { addresses.contains(spec.address) } else { false }
        }
        daemon.agenda.carryOut()
        let refused = surroundings.network.reinstall(resources)
        for reason in refused {
            surroundings.log.limited(
                "\(name) \(reason)", at: surroundings.time.now, .error, "\(name): \(reason)", event: "kernel-refused",
                ["instance": name])
        }
        if !refused.isEmpty { daemon.loseAgain(resources, of: self) }
    }

    private func notify(_ transition: Transition) {
        if transition.to == .active {
            counters.becameActive += 1
            // Routes and rules without an address.
            if held.isEmpty, !wanted.resources.isEmpty { claim() }
        } else if transition.from == .active {
            counters.leftActive += 1
            withdrawWill()
            if holdsResources, held.isEmpty { claim() }
        }
        if (transition.to == .active) != (transition.from == .active) {
            daemon.transitions(name, transition.to == .active)
        }
        remind(transition.to == .active)
        daemon.agenda.enter(.notice, for: self)
        let state: Notice.State =
            switch transition.to {
            case .active: .active
            case .backup: .backup
            case .fault: .fault
            case .initialize: isDeleted ? .deleted : .stop
            }
        tell(state, transition.priority)
        surroundings.log.notice(
            "\(name): \(TransitionWords.text(transition, of: router))", event: "transition",
            [
                "instance": name, "from": "\(transition.from)", "to": "\(transition.to)",
                "cause": transition.cause.name, "priority": "\(transition.priority)",
            ])
    }

    private func tell(_ state: Notice.State, _ priority: UInt8) {
        daemon.agenda.tell(
            Notice(
                .instance, name, state, priority: Int(priority), scripts: settings.notify,
                sendsMail: settings.sendsMail.value))
    }

    private func report(_ observation: Observation) {
        let (now, log) = (surroundings.time.now, surroundings.log)
        switch observation {
        case .loserHeard(let peer):
            daemon.agenda.enter(.notice, for: self)
            tell(.activeHeardLowerPriority, router.effectivePriority)
            log.limited(
                "\(name) loser", at: now, .notice,
                "\(name): \(peer.address) advertises with priority \(peer.priority) while this router is active",
                event: "loser-heard", ["instance": name, "source": "\(peer.address)"])
        case .priorityChanged(let before, let after):
            if settings.notifiesPriorityChanges.value, state == .active || state == .backup {
                daemon.agenda.enter(.notice, for: self)
                tell(state == .active ? .activePriority : .backupPriority, after)
            }
            log.notice(
                "\(name): the effective priority is \(after), was \(before)", event: "priority",
                ["instance": name, "from": "\(before)", "to": "\(after)"])
        case .addressReinstalled(let address):
            log.limited(
                "\(name) \(address)", at: now, .warning, "\(name): somebody removed \(address); it was put back",
                event: "address-reinstalled", ["instance": name, "address": "\(address)"])
        case .duplicateOwner(let address):
            log.limited(
                "\(name) owner", at: now, .error,
                "\(name): \(address) has priority 255 as well; one of the two configurations is wrong",
                event: "duplicate-owner", ["instance": name, "source": "\(address)"])
        case .ownAddressHeard(let peer):
            log.limited(
                "\(name) own", at: now, .warning,
                "\(name): an advertisement came from this router's own \(peer.address)",
                event: "own-address-heard", ["instance": name])
        case .late(let lateness):
            // One key for all: what keeps one router from its time keeps the others, too.
            log.limited(
                "late", at: now, .warning,
                "\(name): an advertisement is \(TransitionWords.seconds(lateness)) late", event: "late",
                ["instance": name])
        default:
            // Others can cause these at will.
            guard log.level >= .info, let text = TransitionWords.text(observation) else { return }
            log.limited("\(name) \(text)", at: now, .info, "\(name): \(text)", event: "observed", ["instance": name])
        }
    }
}
