package import PacketFormats

/// Something that changed on the wire.
package struct SniffEvent: Sendable {
    package enum Change: Sendable {
        /// A sender was heard for the first time, or advertises again after it had resigned or was silent.
        case advertises
        /// Its priority is another; the number is the one before.
        case priority(UInt8)
        /// It sent priority 0.
        case resigned
        /// Its advertisements stopped without that.
        case silent
        case alarm(SniffAlarm)
        case isOver(SniffAlarm)
    }

    package let change: Change
    package let router: SniffedRouter.Name
    /// Whose packet it was, as it is now; nil for an alarm.
    package let sender: SniffedSender?
    /// Nil where the capture has no times.
    package let time: WallTime?
}
