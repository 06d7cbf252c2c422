import Addresses
import KeepalivedConfig
import PacketFormats
import Reactor
import Routing
import VRRPAssembly
import VRRPProtocol

extension RunningInstance {
    /// Looks at the interfaces anew: binds to what has come, lets go of what has gone, and tells the machine.
    func rebind() {
        guard let found = findBase() else {
            unbind()
            tell(baseFault, isBad: true)
            return
        }
        // Another interface under the old name is another interface.
        if let base, base.index != found.index {
            unbind()
            tell(baseFault, isBad: true)
        }
        let isNew = base == nil
        let isBack = base?.isRunning == false && found.isRunning
        base = found
        let isUp = !settings.tracksOwnInterface.value || daemon.interfaces[found.name]?.isUp ?? found.isRunning
        if !isUp { tell(baseFault, isBad: true) }

        bindVirtual(to: found)
        bindOtherVirtuals()
        let source = chooseSource(on: found)
        if isNew || source != self.source { change(to: source) }
        refreshWanted()
        let lacksVirtual = virtual == nil && daemon.virtualNames[name]?[""] != nil
        if !lacksVirtual, segment != segment(on: found) { listen(on: found) }
        let lacksPeers = settings.faultsWithoutPeer.value && settings.unicastPeers.isEmpty
        tell(FaultCause(.held, name: "it has no unicast peer"), isBad: lacksPeers)
        if segment != nil, isUp { tell(baseFault, isBad: false) }
        // The kernel takes IPv6 addresses and routes away with the link; a router that does not track its interface
        // has them still.
        if isBack, holdsResources, !surroundings.network.reinstall(claimed).isEmpty { claimAgainLater() }
    }

    private var currentExit: Int32 {
        guard settings.interface.value != nil else { return 0 }
        if let virtual, virtual.isRunning, !settings.transmitsOnBase.value, !settings.isUnicast {
            return virtual.index
        }
        return base?.index ?? 0
    }

    /// The fault of an instance without its interface.
    private var baseFault: FaultCause {
        settings.interface.value.map { FaultCause(.interface, name: $0) } ?? FaultCause(.noPrimaryAddress)
    }

    private func findBase() -> NetworkInterface? {
        if let name = settings.interface.value { return daemon.interfaces[name]?.current }
        return settings.configuredSource.flatMap { surroundings.network.interface(with: $0) }
    }

    /// Lets go of the interface. The machine must be told of the fault.
    private func unbind() {
        if let segment { daemon.listeners.remove(self, on: segment, receiver: receiver) }
        segment = nil
        // What is still to be said about addresses needs to know where they were.
        if base != nil { tell(baseFault, isBad: true) }
        base = nil
        virtual = nil
        source = nil
        packets = nil
        renewWill()
    }

    /// Ends for good: nothing is heard or held any more.
    func end() {
        if let segment { daemon.listeners.remove(self, on: segment, receiver: receiver) }
        segment = nil
        isEnded = true
        withdrawWill()
        daemon.announcer.forget(name)
        for reason in surroundings.network.release(.instance(name)) {
            surroundings.log.warning("\(name): \(reason)", event: "kernel-refused", ["instance": name])
        }
    }

    private func tell(_ cause: FaultCause, isBad: Bool) {
        let faults = router.faults
        guard faults.contains(cause) != isBad else { return }
        handle(isBad ? .faulted(cause) : .recovered(cause))
    }

    // MARK: Where from

    /// The address that advertisements come from.
    func chooseSource() -> IPAddress? { base.flatMap { chooseSource(on: $0) } }

    private func chooseSource(on interface: NetworkInterface) -> IPAddress? {
        if let configured = settings.configuredSource {
            guard settings.tracksSource.value else { return configured }
            return surroundings.network.interface(with: configured) == nil ? nil : configured
        }
        let virtualAddresses = Set(receiver.addresses)
        let candidates = interface.addresses.filter { candidate in
            guard candidate.address.family == receiver.family else { return false }
            guard case .v6(let address) = candidate.address else { return true }
            // Unicast may go where link-local addresses do not reach.
            return settings.isUnicast ? address.isLinkLocal == peersAreLinkLocal : address.isLinkLocal
        }
        let own = candidates.filter { !virtualAddresses.contains($0.address) }
        // The interface's own address is a secondary one where a virtual address of its network came first. And a
        // virtual address that is the interface's own is the source only where there is no other: its owner's.
        return (own.first { !$0.isSecondary } ?? own.first ?? candidates.first)?.address
    }

    private var peersAreLinkLocal: Bool {
        settings.unicastPeers.allSatisfy { peer in
            if case .v6(let address) = peer.value.address { address.isLinkLocal } else { false }
        }
    }

    private func change(to source: IPAddress?) {
        self.source = source
        receiver.ownAddresses = [source, settings.unicastSource.value, settings.multicastSource.value]
            .compactMap(\.self)
        makePackets()
        if router.configuration.primaryAddress != source { handle(.primaryAddressChanged(source)) }
    }

    /// The packets anew, from the configuration as it is.
    func makePackets() {
        renewWill()
        guard let source else {
            packets = nil
            return
        }
        let global = daemon.configuration.global
        let destinations: [IPAddress?] =
            settings.isUnicast
            ? settings.unicastPeers.map(\.value.address).filter { $0.family == source.family } : [nil]
        packets = AdvertisementPackets(
            destinations.map { settings.transmission(in: global, from: source, to: $0) }, of: receiver,
            trailer: settings.sendingKey)
    }

    /// The packets anew where they would be others than they are.
    func makePacketsIfOthers() {
        let before = packets
        makePackets()
        if let before, packets?.areAs(before) == true { packets = before }
    }

    // MARK: Where to

    /// What is demanded of packets from now on.
    func receive(as settings: VRRPInstance, _ global: GlobalDefinitions) {
        guard var new = settings.receiver(in: global) else { return }
        new.ownAddresses = receiver.ownAddresses
        guard new != receiver else { return }
        guard let segment else {
            receiver = new
            return
        }
        daemon.listeners.remove(self, on: segment, receiver: receiver)
        receiver = new
        self.segment = nil
        if let base { listen(on: base) }
    }

    /// Where to hear others. A macvlan in private mode keeps frames that come from its own address for itself, and the
    /// other routers of a virtual router have just that address.
    private func segment(on interface: NetworkInterface) -> Segment {
        if let virtual, settings.virtualMAC.value != nil, !settings.transmitsOnBase.value, !settings.isUnicast {
            return Segment(receiver.family, on: virtual.index)
        }
        return Segment(receiver.family, on: settings.interface.value == nil ? 0 : interface.index)
    }

    private func listen(on interface: NetworkInterface) {
        if let segment { daemon.listeners.remove(self, on: segment, receiver: receiver) }
        segment = nil
        let wanted = segment(on: interface)
        do {
            try daemon.listeners.add(self, on: wanted)
            segment = wanted
        } catch {
            surroundings.log.limited(
                "\(name) listen", at: surroundings.time.now, .error,
                "\(name): \(interface.name) cannot be listened on: \(error.operation), error \(error.code)",
                event: "no-socket", ["instance": name])
            daemon.rebindLater(self)
        }
    }

    /// What the instance asks of the kernel with the interfaces as they are now.
    func refreshWanted() {
        guard let base else { return }
        let new = surroundings.network.wanted(by: settings, base: base.index, virtual: virtual?.index)
        guard new.resources != wanted.resources || new.addresses != wanted.addresses else { return }
        let before = Set(wanted.addresses)
        settle(new)
        for fault in new.faults {
            surroundings.log.limited(
                "\(name) \(fault)", at: surroundings.time.now, .warning, "\(name): \(fault)",
                event: "not-installed", ["instance": name])
        }
        guard holdsResources else { return }
        claim()
        // The same address, elsewhere or with another mask.
        let moved = new.addresses.filter { !before.contains($0) }.map(\.address).filter(held.contains)
        if !moved.isEmpty {
            daemon.agenda.enter(.announcement, for: self)
            daemon.agenda.announce(moved, count: max(settings.announcements.repeats.value, 1), of: self)
        }
    }

    // MARK: Virtual MAC

    private func bindVirtual(to parent: NetworkInterface) {
        if settings.promotesSecondaries.value {
            _ = surroundings.network.set(
                [SysctlSetting(Sysctl(.ipv4, parent.name, "promote_secondaries"), 1)], for: .instance(name))
        }
        guard let virtual = daemon.virtualNames[name]?[""],
            let plan = VirtualInterfacePlan(settings, on: parent, named: virtual)
        else {
            exit = currentExit
            return
        }
        if let before = self.virtual, surroundings.network.interface(before.index) == nil {
            // Gone: perhaps with the interface below it, which is told of next. It is made anew when that is still there.
            self.virtual = nil
            daemon.rebindLater(self, after: .milliseconds(50))
        } else if self.virtual != nil || !daemon.isToBindLater(self) {
            self.virtual = bind(plan)
        }
        // A last advertisement leaves by the interface below.
        exit = currentExit
        tell(FaultCause(.virtualMACInterface), isBad: self.virtual?.isRunning != true)
    }

    /// `use_vmac_addr` and the addresses that say `use_vmac`: the virtual MAC on other interfaces too.
    private func bindOtherVirtuals() {
        for name in VirtualInterfacePlan.otherInterfaces(of: settings) {
            guard let parent = daemon.interfaces[name]?.current,
                let virtual = daemon.virtualNames[self.name]?[name],
                let plan = VirtualInterfacePlan(addressesOf: settings, on: parent, named: virtual)
            else { continue }
            _ = bind(plan)
        }
    }

    /// The interface as planned: the one that is there, or a new one.
    private func bind(_ plan: VirtualInterfacePlan) -> NetworkInterface? {
        let found = surroundings.network.interface(named: plan.spec.name)
        if let found, plan.hardwareAddress == nil || found.hardwareAddress == plan.hardwareAddress,
            madeVirtuals[plan.spec.name] == found.index
        {
            return found
        }
        do {
            try surroundings.network.make(plan.spec, settings: plan.settings, for: .instance(name))
        } catch {
            surroundings.log.limited(
                "\(name) virtual", at: surroundings.time.now, .error,
                "\(name): \(plan.spec.name) cannot be made: \(error)", event: "no-virtual-interface",
                ["instance": name, "interface": plan.spec.name])
            return nil
        }
        let made = surroundings.network.interface(named: plan.spec.name)
        madeVirtuals[plan.spec.name] = made?.index
        return made
    }
}
