package import Addresses

/// `vrrp_instance`: a virtual router.
package struct VRRPInstance: Hashable, Sendable {
    package enum InitialState: String, Hashable, Sendable, CaseIterable {
        case active = "MASTER"
        case backup = "BACKUP"
    }

    package var name: Setting<String>
    package var state = Setting(InitialState.backup)
    package var interface = Setting<String?>(nil)
    /// 1…255; nil where it is missing or wrong, which is an error.
    package var virtualRouterID = Setting<Int?>(nil)
    package var priority = Setting(100)
    package var advertisementInterval = Setting(Duration.seconds(1))
    /// 2 or 3.
    package var version = Setting(2)

    package var addresses: [Setting<VirtualAddress>] = []
    package var excludedAddresses: [Setting<VirtualAddress>] = []
    package var routes: [Setting<Route>] = []
    package var rules: [Setting<RoutingRule>] = []
    package var needsNoAddress = Setting(false)
    package var promotesSecondaries = Setting(false)

    package var authentication: Authentication?
    package var messageAuthentication: MessageAuthentication?

    package var unicastSource = Setting<IPAddress?>(nil)
    package var unicastPeers: [Setting<UnicastPeer>] = []
    package var unicastTTL = Setting(255)
    /// Unlike keepalived, unless it is switched off: unicast has no TTL that would tell where a packet is from.
    package var checksUnicastSource = Setting(true)
    package var faultsWithoutPeer = Setting(false)
    package var oldUnicastChecksum = Setting<OldChecksum?>(nil)
    package var multicastSource = Setting<IPAddress?>(nil)
    package var multicastGroup = Setting<IPAddress?>(nil)
    package var tracksSource = Setting(false)
    /// The family that the addresses, or without them the sources, are of.
    package var family = AddressFamily.ipv4

    package var preempts = Setting(true)
    package var preemptDelay = Setting(Duration.zero)
    package var timerExpiredPriority = Setting<TimerExpired?>(nil)
    package var ownerIgnoresAdvertisements = Setting(false)
    package var answersLowerPriority = Setting(true)
    package var answersHigherPriority = Setting(false)
    package var downTimerAdvertisements = Setting(3)
    package var isStrict = Setting(false)
    package var accepts = Setting(true)
    package var skipsAddressCheck = Setting(false)
    package var checksumAsV2 = Setting(false)

    package var tracked = TrackedObjects()
    package var tracksOwnInterface = Setting(true)

    @Rare package var notify = NotifyScripts()
    package var notifiesPriorityChanges = Setting(false)
    package var sendsMail = Setting(false)

    package var announcements = GratuitousARP()

    package var virtualMAC = Setting<VirtualMAC?>(nil)
    package var addressesUseVMAC = Setting(false)
    package var transmitsOnBase = Setting(false)
    package var ipvlan = Setting<IPVLAN?>(nil)
    package var vrf = Setting<String?>(nil)
    package var receiveBuffer = Setting<Int?>(nil)
    package var isNativeIPv6 = Setting(false)
    package var polls = Setting(false)
    /// The old way to say `lvs_sync_daemon` for this instance.
    package var syncDaemonInterface = Setting<String?>(nil)

    package init(name: Setting<String>) { self.name = name }

    /// Whether advertisements go to peers instead of the multicast group.
    package var isUnicast: Bool { !unicastPeers.isEmpty || faultsWithoutPeer.value }

    package enum OldChecksum: Hashable, Sendable {
        /// Sent.
        case always
        /// Not even recognised.
        case never
    }

    package struct TimerExpired: Hashable, Sendable {
        /// Nil for the lowest.
        package var priority: Int?
    }
}
