import Addresses
import BFDProtocol
import KeepalivedConfig

extension BFDInstance {
    /// Nil without a neighbour, which is an error of the configuration.
    var endpoints: Endpoints? {
        neighbour.value.map { Endpoints(neighbour: $0, source: source.value, isMultihop: isMultihop.value) }
    }

    var session: Session.Configuration {
        Session.Configuration(
            desiredMinTx: Self.microseconds(transmitInterval.value),
            requiredMinRx: Self.microseconds(receiveInterval.value),
            idleInterval: Self.microseconds(idleInterval.value), multiplier: UInt8(clamping: multiplier.value),
            isPassive: isPassive.value)
    }

    /// Over IPv6 keepalived sends a hop limit of 64 where nothing else is written, and takes what has as much. RFC 5881
    /// demands 255. So 255 is sent, which keepalived takes, and 64 is taken, until `hoplimit` says what the neighbour
    /// sends. A session over several hops takes what comes, unless `max_hops` is written.
    var hops: HopLimits {
        let isIPv4 = neighbour.value?.family == .ipv4
        let written = (isIPv4 ? ttl.value : hopLimit.value).map { UInt8(clamping: $0) }
        let most = maximumHops.value
        let isAny = most < 0 || most >= 255 || isMultihop.value && maximumHops.origin.isStandard
        return HopLimits(sent: written ?? 255, expected: written ?? (isIPv4 ? 255 : 64), hops: isAny ? nil : most)
    }

    private static func microseconds(_ duration: Duration) -> UInt32 {
        UInt32(max(0, min(duration / .microseconds(1), Double(UInt32.max))))
    }
}
