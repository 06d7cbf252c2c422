import Addresses
import KeepalivedConfig

/// What is different between two configurations, as an operator says it.
struct ConfigurationDifference {
    private(set) var phrases: [String] = []

    init(from old: Configuration, to new: Configuration) {
        compareInstances(old, new)
        compareGroups(old, new)
        compareLists(
            "static addresses", old.staticAddresses.map { Self.text($0.value) },
            new.staticAddresses.map { Self.text($0.value) })
        compareLists("static routes", old.staticRoutes.map(\.value.text), new.staticRoutes.map(\.value.text))
        compareLists("static rules", old.staticRules.map(\.value.text), new.staticRules.map(\.value.text))
        compareNamed("vrrp_script", old.scripts, new.scripts, \.name.value)
        compareNamed("vrrp_track_process", old.trackProcesses, new.trackProcesses, \.name.value)
        compareNamed("track_file", old.trackFiles, new.trackFiles, \.name.value)
        compareNamed("bfd_instance", old.bfdInstances, new.bfdInstances, \.name.value)
        if old.global != new.global { phrases.append("global_defs change") }
        if old.interfaceDelays != new.interfaceDelays { phrases.append("interface_up_down_delays change") }
        if old.announcementGroups != new.announcementGroups { phrases.append("garp_group changes") }
        phrases += VirtualServerDifference(from: old, to: new).phrases
    }

    private mutating func compareInstances(_ old: Configuration, _ new: Configuration) {
        let before = Dictionary(
            old.instances.map { ($0.name.value, $0) }, uniquingKeysWith: { first, _ in first })
        let after = Set(new.instances.map(\.name.value))
        for instance in old.instances where !after.contains(instance.name.value) {
            phrases.append("\(instance.name.value) goes: it resigns and releases its addresses")
        }
        for instance in new.instances {
            guard let earlier = before[instance.name.value] else {
                phrases.append("\(instance.name.value) is new")
                continue
            }
            guard earlier != instance else { continue }
            compare(earlier, instance)
        }
    }

    private mutating func compare(_ old: VRRPInstance, _ new: VRRPInstance) {
        let name = new.name.value
        let count = phrases.count
        func change<Value: Equatable>(_ label: String, _ path: KeyPath<VRRPInstance, Value>) -> String? {
            let (before, after) = (old[keyPath: path], new[keyPath: path])
            return before == after ? nil : "\(name): \(label) \(before) → \(after)"
        }
        func optional<Value: Equatable>(_ label: String, _ path: KeyPath<VRRPInstance, Value?>) -> String? {
            let (before, after) = (old[keyPath: path], new[keyPath: path])
            guard before != after else { return nil }
            return "\(name): \(label) \(before.map { "\($0)" } ?? "none") → \(after.map { "\($0)" } ?? "none")"
        }
        phrases += [
            optional("interface", \.interface.value), optional("virtual_router_id", \.virtualRouterID.value),
            change("priority", \.priority.value), change("advert_int", \.advertisementInterval.value),
            change("version", \.version.value), change("preempt", \.preempts.value),
            change("preempt_delay", \.preemptDelay.value), optional("unicast_src_ip", \.unicastSource.value),
            optional("mcast_src_ip", \.multicastSource.value), change("strict_mode", \.isStrict.value),
        ].compactMap(\.self)
        compareLists(
            "\(name): virtual_ipaddress", old.addresses.map { Self.text($0.value) },
            new.addresses.map { Self.text($0.value) })
        compareLists(
            "\(name): virtual_ipaddress_excluded", old.excludedAddresses.map { Self.text($0.value) },
            new.excludedAddresses.map { Self.text($0.value) })
        compareLists(
            "\(name): unicast_peer", old.unicastPeers.map { "\($0.value.address)" },
            new.unicastPeers.map { "\($0.value.address)" })
        compareLists("\(name): virtual_routes", old.routes.map(\.value.text), new.routes.map(\.value.text))
        compareLists("\(name): virtual_rules", old.rules.map(\.value.text), new.rules.map(\.value.text))
        // Passwords and keys are not named.
        if old.authentication != new.authentication || old.messageAuthentication != new.messageAuthentication {
            phrases.append("\(name): authentication changes")
        }
        if old.tracked != new.tracked || old.tracksOwnInterface != new.tracksOwnInterface {
            phrases.append("\(name): what it tracks changes")
        }
        if old.notify != new.notify { phrases.append("\(name): its notify scripts change") }
        if old.announcements != new.announcements { phrases.append("\(name): its announcements change") }
        if old.virtualMAC != new.virtualMAC || old.ipvlan != new.ipvlan {
            phrases.append("\(name): its virtual interface changes")
        }
        if phrases.count == count { phrases.append("\(name): other settings change") }
    }

    private mutating func compareGroups(_ old: Configuration, _ new: Configuration) {
        let before = Dictionary(old.syncGroups.map { ($0.name.value, $0) }, uniquingKeysWith: { first, _ in first })
        let after = Set(new.syncGroups.map(\.name.value))
        for group in old.syncGroups where !after.contains(group.name.value) {
            phrases.append("sync group \(group.name.value) goes")
        }
        for group in new.syncGroups {
            guard let earlier = before[group.name.value] else {
                phrases.append("sync group \(group.name.value) is new")
                continue
            }
            let count = phrases.count
            compareLists(
                "sync group \(group.name.value)", earlier.members.map(\.value), group.members.map(\.value))
            if earlier != group, phrases.count == count { phrases.append("sync group \(group.name.value) changes") }
        }
    }

    private mutating func compareLists(_ label: String, _ old: [String], _ new: [String]) {
        guard old != new else { return }
        let gone = old.filter { !new.contains($0) }
        let added = new.filter { !old.contains($0) }
        let parts = gone.map { "without \($0)" } + added.map { "with \($0)" }
        phrases.append("\(label): \(parts.isEmpty ? "another order" : parts.joined(separator: ", "))")
    }

    private mutating func compareNamed<Element: Equatable>(
        _ label: String, _ old: [Element], _ new: [Element], _ name: (Element) -> String
    ) {
        let before = Dictionary(old.map { (name($0), $0) }, uniquingKeysWith: { first, _ in first })
        let after = Dictionary(new.map { (name($0), $0) }, uniquingKeysWith: { first, _ in first })
        for element in old where after[name(element)] == nil { phrases.append("\(label) \(name(element)) goes") }
        for element in new {
            guard let earlier = before[name(element)] else {
                phrases.append("\(label) \(name(element)) is new")
                continue
            }
            if earlier != element { phrases.append("\(label) \(name(element)) changes") }
        }
    }

    private static func text(_ address: VirtualAddress) -> String {
        "\(address.prefix)" + (address.interface.map { " dev \($0)" } ?? "")
    }
}
