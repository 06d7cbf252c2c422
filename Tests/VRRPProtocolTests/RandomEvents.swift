import Addresses
import PacketFormats
import TestSupport
import VRRPProtocol

/// Events and configurations from a seed: mostly sensible, sometimes far out of range.
struct RandomEvents {
    var numbers: SeededNumbers
    let flavour: Flavour

    init(seed: UInt64) {
        numbers = SeededNumbers(seed: seed)
        flavour = numbers.pick(Flavour.allCases)
    }

    mutating func configuration() -> VirtualRouter.Configuration {
        var configuration = numbers.oneIn(2) ? flavour.strict() : flavour.keepalived()
        configuration.priority = priority()
        configuration.advertisementInterval = interval()
        configuration.preempts = numbers.oneIn(2)
        if numbers.oneIn(3) { configuration.preemptDelay = duration() }
        if numbers.oneIn(4) { configuration.startupDelay = duration() }
        if numbers.oneIn(4) { configuration.excludedAddresses = [flavour.another] }
        if numbers.oneIn(4) { configuration.virtualAddresses = [flavour.virtual[1], flavour.host(104)] }
        if numbers.oneIn(20) { configuration.virtualAddresses = [] }
        if numbers.oneIn(20) { configuration.primaryAddress = nil }
        if numbers.oneIn(20) { configuration.virtualRouterID = 8 }
        if numbers.oneIn(4) { configuration.policy.advertisesBeforeYielding = true }
        if numbers.oneIn(4) { configuration.policy.ownerIgnoresAdvertisements = true }
        if numbers.oneIn(4) { configuration.policy.yieldsWhenLateTo = priority() }
        if numbers.oneIn(4) { configuration.policy.answerToLostAddress = .reinstall }
        if numbers.oneIn(4) {
            configuration.policy.activeDownAdvertisements = numbers.pick([.min, -1, 1, 2, 50, .max])
        }
        if numbers.oneIn(4) {
            configuration.policy.announcements.refresh = duration()
            configuration.policy.announcements.delay = duration()
            configuration.policy.announcements.lowerPriorityDelay = duration()
            configuration.policy.announcements.count = numbers.pick([.min, 0, 1, 3])
        }
        return configuration
    }

    mutating func event(for configuration: VirtualRouter.Configuration) -> VirtualRouter.Event {
        switch numbers.next() % 33 {
        case 32: return .standBack(numbers.oneIn(2))
        case 0...11: return .advertisement(advertisement())
        case 12...21: return .timeReached
        case 22, 23: return .startup
        case 24: return numbers.oneIn(4) ? .shutdown : .timeReached
        case 25: return .faulted(cause())
        case 26, 27: return .recovered(cause())
        case 28: return .priorityAdjusted(by: numbers.pick([0, 0, -20, 20, -300, 300, .min, .max]))
        case 29: return .primaryAddressChanged(numbers.oneIn(4) ? nil : numbers.pick([flavour.own, flavour.host(2)]))
        case 30: return .addressLost(numbers.pick(flavour.virtual + [flavour.another]))
        default:
            if numbers.oneIn(2) { return .reconfigured(self.configuration()) }
            var changed = configuration
            changed.priority = priority()
            changed.advertisementInterval = interval()
            return .reconfigured(changed)
        }
    }

    /// Time that passes before the next event.
    mutating func pause() -> Duration {
        switch numbers.next() % 8 {
        case 0: .zero
        case 1: .seconds(Int64(numbers.next() % 200))
        case 2: .nanoseconds(0 - Int64(numbers.next() % 1_000_000_000))
        default: .milliseconds(Int64(numbers.next() % 1500))
        }
    }

    private mutating func advertisement() -> HeardAdvertisement {
        HeardAdvertisement(
            source: numbers.pick([flavour.lower, flavour.higher, flavour.higher, flavour.own]),
            priority: numbers.oneIn(4) ? 0 : priority(), interval: interval())
    }

    private mutating func priority() -> UInt8 {
        numbers.oneIn(3) ? numbers.pick([1, 100, 100, 254, 255]) : UInt8(truncatingIfNeeded: numbers.next())
    }

    private mutating func interval() -> Duration {
        numbers.pick([
            .seconds(1), .seconds(1), .milliseconds(10), .milliseconds(500), .milliseconds(40_950), .seconds(255),
            .zero, .seconds(-5), .seconds(Int64.max), .nanoseconds(1_234_567_891),
        ])
    }

    private mutating func duration() -> Duration {
        numbers.pick([.zero, .milliseconds(1), .seconds(4), .seconds(1000), .seconds(-4), .seconds(Int64.max)])
    }

    private mutating func cause() -> FaultCause {
        numbers.pick([
            FaultCause(.interface, name: "eth0"), FaultCause(.script, name: "a"), FaultCause(.script, name: "b"),
        ])
    }
}
