package import Addresses

/// `bfd_instance`: a session of bidirectional forwarding detection (RFC 5880).
package struct BFDInstance: Hashable, Sendable {
    package var name: Setting<String>
    package var neighbour = Setting<IPAddress?>(nil)
    package var source = Setting<IPAddress?>(nil)
    package var receiveInterval = Setting(Duration.milliseconds(10))
    package var transmitInterval = Setting(Duration.milliseconds(10))
    package var idleInterval = Setting(Duration.milliseconds(1000))
    package var multiplier = Setting(5)
    package var isPassive = Setting(false)
    /// What leaves over IPv4, and what packets are to come with; nil for 255.
    package var ttl = Setting<Int?>(nil)
    /// The same over IPv6. Nil for 255, where 64 is taken too: keepalived sends that.
    package var hopLimit = Setting<Int?>(nil)
    package var maximumHops = Setting(0)
    package var isMultihop = Setting(false)
    package var weight = Setting(TrackWeight())
    package var tellsVRRP = Setting(false)
    package var tellsCheckers = Setting(false)

    package init(name: Setting<String>) { self.name = name }

    /// Whether virtual routers may track it. `vrrp` and `checker` say who is told; with neither, everybody.
    package var isForVRRP: Bool { tellsVRRP.value || !tellsCheckers.value }

    /// Whether BFD_CHECK may name it.
    package var isForCheckers: Bool { tellsCheckers.value || !tellsVRRP.value }
}
