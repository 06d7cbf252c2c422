extension Examination {
    /// Interfaces that this machine does not have, or that are down.
    mutating func examineInterfaces() {
        examineDelays()
        guard let host else { return }
        let made = Set(
            configuration.instances.compactMap { $0.virtualMAC.value?.interface ?? $0.ipvlan.value?.interface })
        var seen: Set<String> = []
        for (name, span, isOwn) in namedInterfaces where !made.contains(name) {
            guard let facts = host.interface(name) else {
                guard seen.insert(name).inserted else { continue }
                missing(name, span)
                continue
            }
            if isOwn, facts.isLoopback, name != "lo" {
                error("bad-interface", "VRRP does not run on the loopback interface \(name)", at: span)
            } else if isOwn, !facts.isUp, seen.insert(name).inserted {
                warn("interface-down", "\(name) is down: the instance is in fault until it is up", at: span)
            }
        }
    }

    private mutating func missing(_ name: String, _ span: SourceSpan?) {
        warn(
            "missing-interface", "this machine has no interface \(name) now: what needs it waits until it is there",
            at: span)
    }

    /// Every interface that something is done on; whether VRRP itself runs there.
    private var namedInterfaces: [(name: String, span: SourceSpan?, isOwn: Bool)] {
        var all: [(name: String, span: SourceSpan?, isOwn: Bool)] = []
        func add(_ name: String?, _ span: SourceSpan?, isOwn: Bool = false) {
            if let name { all.append((name, span, isOwn)) }
        }
        for instance in configuration.instances {
            add(instance.interface.value, instance.interface.span, isOwn: true)
            add(instance.vrf.value, instance.vrf.span)
            for line in instance.addresses + instance.excludedAddresses { add(line.value.interface, line.span) }
            for object in instance.tracked.interfaces { add(object.value.name, object.span) }
            for route in instance.routes {
                add(route.value.interface, route.span)
                for hop in route.value.nextHops { add(hop.interface, route.span) }
            }
            add(instance.syncDaemonInterface.value, instance.syncDaemonInterface.span)
        }
        for group in configuration.syncGroups {
            for object in group.tracked.interfaces { add(object.value.name, object.span) }
        }
        for line in configuration.staticAddresses { add(line.value.interface, line.span) }
        for route in configuration.staticRoutes { add(route.value.interface, route.span) }
        let global = configuration.global
        if configuration.staticAddresses.contains(where: { $0.value.interface == nil }) {
            add(global.defaultInterface.value, global.defaultInterface.span)
        }
        add(global.director.syncDaemon.value?.interface, global.director.syncDaemon.span)
        return all
    }

    /// A link that may be down for longer than a backup waits is noticed too late.
    private mutating func examineDelays() {
        for delay in configuration.interfaceDelays {
            for instance in configuration.instances where instance.interface.value == delay.value.interface {
                let limit = instance.advertisementInterval.value * (instance.downTimerAdvertisements.value - 1)
                guard delay.value.down >= limit else { continue }
                warn(
                    "delay-too-long",
                    "\(instance.name.value) notices a link that is down after \(delay.value.down.secondsText) seconds, "
                        + "when another node may have taken over",
                    at: delay.span, expected: "less than \(limit.secondsText) seconds",
                    related: Self.related("its interval is here", instance.advertisementInterval.span))
            }
        }
    }
}
