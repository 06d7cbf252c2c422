import Addresses

extension VRRPInstance {
    mutating func fillInDefaults(from global: GlobalDefinitions) {
        family = decidedFamily
        isStrict.inherit(global.isStrict, from: .globalDefinitions)
        fillInElection(from: global)
        fillInProtocol(from: global)
        announcements.fillInDefaults(from: global.announcements)
        sendsMail.inherit(global.mail.ofVRRP, from: .globalDefinitions)
        notifiesPriorityChanges.inherit(global.scripts.notifiesPriorityChanges, from: .globalDefinitions)
    }

    /// The family of the first address that tells.
    private var decidedFamily: AddressFamily {
        addresses.first?.value.address.family
            ?? unicastSource.value?.family
            ?? unicastPeers.first?.value.address.family
            ?? multicastSource.value?.family
            ?? multicastGroup.value?.family
            ?? (isNativeIPv6.value ? .ipv6 : .ipv4)
    }

    private mutating func fillInElection(from global: GlobalDefinitions) {
        version.inherit(global.version, from: .globalDefinitions)
        if family == .ipv6, version.value == 2, !version.origin.isFile {
            version.force(3, .ipv6Addresses, addresses.first?.span ?? unicastSource.span)
        }
        if state.origin.isWritten, state.value == .active {
            priority.settle(255, .stateMaster, state.span)
        } else if priority.value == 255 {
            state.settle(.active, .ownerPriority, priority.span)
        }
        downTimerAdvertisements.inherit(global.downTimerAdvertisements, from: .globalDefinitions)
        ownerIgnoresAdvertisements.inherit(global.ownerIgnoresAdvertisements, from: .globalDefinitions)
    }

    private mutating func fillInProtocol(from global: GlobalDefinitions) {
        if isStrict.value {
            accepts.settle(priority.value == 255, .strictMode, isStrict.span)
            answersLowerPriority.force(false, .strictMode, isStrict.span)
            answersHigherPriority.force(false, .strictMode, isStrict.span)
            checksumAsV2.force(true, .strictMode, isStrict.span)
        }
        answersLowerPriority.inherit(global.answersLowerPriority, from: .globalDefinitions)
        answersHigherPriority.inherit(global.answersHigherPriority, from: .globalDefinitions)
        checksumAsV2.inherit(global.checksumAsV2, from: .globalDefinitions)
        skipsAddressCheck.inherit(global.skipsAddressCheck, from: .globalDefinitions)
        checksUnicastSource.inherit(global.checksUnicastSource, from: .globalDefinitions)
        guard multicastGroup.value == nil else { return }
        let wider = family == .ipv4 ? global.multicastGroup4 : global.multicastGroup6
        switch wider.origin {
        case .file(let span): multicastGroup = Setting(wider.value, .inherited(from: .globalDefinitions, span))
        default: multicastGroup.value = wider.value
        }
    }
}

extension Origin {
    /// Whether it was written for this block itself.
    var isFile: Bool { if case .file = self { true } else { false } }
}
