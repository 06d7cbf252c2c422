import Addresses
import KeepalivedConfig
import Routing
import VRRPProtocol

/// What somebody took away, until it is put back.
///
/// Not at once: an interface that is being removed loses its addresses first. And whoever keeps taking something away
/// gets slower answers, so that two programs do not fight with all their strength.
final class Healer {
    var lost: [(resource: Resource, owners: [ResourceOwner])] = []
    var alarm: (any Alarm)?
    /// When each was put back for the last time.
    private var healed: [Resource: Instant] = [:]

    /// When what was lost now is to be put back.
    func time(for resources: [Resource], lostAt now: Instant) -> Instant {
        let isFight = resources.contains { healed[$0].map { $0 + .seconds(2) > now } ?? false }
        return now + (isFight ? .milliseconds(500) : .milliseconds(20))
    }

    func note(_ resource: Resource, healedAt now: Instant) {
        if healed.count > 10_000 { healed = healed.filter { $0.value + .seconds(2) > now } }
        healed[resource] = now
    }
}

extension Daemon {
    func lose(_ resources: [(resource: Resource, owners: [ResourceOwner])]) {
        guard !resources.isEmpty else { return }
        let wasEmpty = healer.lost.isEmpty
        healer.lost += resources
        guard wasEmpty else { return }
        healer.alarm?.set(healer.time(for: resources.map(\.resource), lostAt: surroundings.time.now))
    }

    func loseAgain(_ resources: [Resource], of instance: RunningInstance) {
        let now = surroundings.time.now
        healer.lost += resources.map { ($0, [.active(instance.name)]) }
        healer.alarm?.set(now + .milliseconds(500))
    }

    func heal() {
        let lost = healer.lost
        healer.lost = []
        for (resource, _) in lost { healer.note(resource, healedAt: surroundings.time.now) }
        var others: [Resource] = []
        for (resource, owners) in lost {
            var isHealed = false
            if case .address(let spec) = resource {
                for case .active(let name) in owners {
                    guard let instance = byName[name] else { continue }
                    isHealed = true
                    guard instance.held.contains(spec.address), instance.isTracked(spec.address) else { continue }
                    instance.isHealing = true
                    instance.handle(.addressLost(spec.address))
                    instance.isHealing = false
                }
            }
            // Meanwhile nobody may want it any more.
            let isWanted = owners.contains { owner in
                switch owner {
                case .active(let name): byName[name].map { $0.holdsResources && $0.claimed.contains(resource) } ?? false
                case .instance: true
                case .configuration: statics.contains(resource)
                }
            }
            if !isHealed, isWanted { others.append(resource) }
        }
        guard !others.isEmpty else { return }
        for reason in surroundings.network.reinstall(others) {
            surroundings.log.limited(reason, at: surroundings.time.now, .error, reason, event: "kernel-refused")
        }
        for resource in others {
            surroundings.log.limited(
                "\(resource)", at: surroundings.time.now, .warning,
                "somebody removed \(Self.text(resource)); it was put back", event: "resource-reinstalled")
        }
    }

    private static func text(_ resource: Resource) -> String {
        switch resource {
        case .address(let spec): "\(spec.address)/\(spec.prefixLength)"
        case .route: "a route"
        case .rule: "a rule"
        }
    }
}

extension RunningInstance {
    /// Whether it matters when the address is gone: not with `no_track`.
    func isTracked(_ address: IPAddress) -> Bool {
        !(settings.addresses + settings.excludedAddresses).contains {
            $0.value.address == address && $0.value.flags.contains(.isNotTracked)
        }
    }
}
