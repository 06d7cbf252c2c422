package import Addresses
package import KeepalivedConfig
import PacketFormats
package import VRRPProtocol

extension VRRPInstance {
    /// What the machine of this instance is told; nil without a VRID.
    ///
    /// - Parameter address: what it sends from: the interface's primary address, unless the configuration names one.
    package func routerConfiguration(
        in global: GlobalDefinitions, from address: IPAddress?
    ) -> VirtualRouter.Configuration? {
        guard let vrid = virtualRouterID.value.flatMap({ UInt8(exactly: $0) }), vrid != 0 else { return nil }
        var configuration = VirtualRouter.Configuration(
            version: protocolVersion, virtualRouterID: vrid, family: family, primaryAddress: address,
            virtualAddresses: addresses.map(\.value.address), policy: policy)
        configuration.excludedAddresses = excludedAddresses.map(\.value.address)
        configuration.priority = UInt8(clamping: max(priority.value, 1))
        configuration.advertisementInterval = advertisementInterval.value
        configuration.preempts = preempts.value
        configuration.preemptDelay = preemptDelay.value
        configuration.startupDelay = global.startupDelay.value
        return configuration
    }

    /// The address that the configuration says advertisements come from.
    package var configuredSource: IPAddress? {
        isUnicast ? unicastSource.value ?? multicastSource.value : multicastSource.value ?? unicastSource.value
    }

    private var policy: VirtualRouter.Policy {
        var policy: VirtualRouter.Policy = isStrict.value ? .strict(protocolVersion) : .keepalived
        if !answersLowerPriority.value { policy.answerToLoser = .silence }
        policy.advertisesBeforeYielding = answersHigherPriority.value
        policy.activeDownAdvertisements = downTimerAdvertisements.value
        policy.ownerIgnoresAdvertisements = ownerIgnoresAdvertisements.value
        // Without a number any router may be the one that took over, so the slowest is waited for.
        policy.yieldsWhenLateTo = timerExpiredPriority.value.map { UInt8(clamping: max($0.priority ?? 1, 1)) }
        policy.accepts = accepts.value
        if !isStrict.value { policy.announcements = announcements.schedule }
        return policy
    }
}

extension KeepalivedConfig.GratuitousARP {
    package var schedule: AnnouncementSchedule {
        var schedule = AnnouncementSchedule()
        schedule.count = repeats.value
        schedule.delay = delay.value
        schedule.refresh = refresh.value
        schedule.refreshCount = refreshRepeats.value
        schedule.lowerPriorityCount = lowerPriorityRepeats.value
        schedule.lowerPriorityDelay = lowerPriorityDelay.value
        return schedule
    }
}
