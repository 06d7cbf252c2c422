/// Where a value of the configuration came from.
package enum Origin: Hashable, Sendable {
    /// Nobody wrote it: it is the default.
    case standard
    /// It was written there.
    case file(SourceSpan)
    /// It was written there, for all blocks of this kind or of these within one.
    case inherited(from: Scope, SourceSpan)
    /// Another rule decides it, which was set off there.
    case because(Reason, SourceSpan?)

    /// The place that explains the value, if one does.
    package var span: SourceSpan? {
        switch self {
        case .standard: nil
        case .file(let span), .inherited(_, let span): span
        case .because(_, let span): span
        }
    }

    package var isStandard: Bool { self == .standard }

    /// Whether somebody wrote a value that is taken, for this block or for all.
    package var isWritten: Bool {
        switch self {
        case .file, .inherited: true
        case .standard, .because: false
        }
    }

    /// Whether no rule has decided yet.
    var isOpen: Bool {
        switch self {
        case .standard, .because(.notTaken, _): true
        default: false
        }
    }

    /// Why a value is not what was written, or not the usual default.
    package enum Reason: UInt8, Hashable, Sendable {
        case ipv6Addresses
        case stateMaster
        case ownerPriority
        case strictMode
        case minimalAnnouncements
        case activeDelay
        case activeRepeat
        case scriptInterval
        case notTaken
        case checkerKind
        case delayLoop
        case delayBothWays
        case emptyPersistence
        case sumOfWeights
        case version2Interval
        case moved

        /// The reason as a noun, to stand behind “because of”.
        package var text: String {
            switch self {
            case .ipv6Addresses: "IPv6 addresses"
            case .stateMaster: "state MASTER"
            case .ownerPriority: "priority 255"
            case .strictMode: "strict mode"
            case .minimalAnnouncements: "vrrp_min_garp"
            case .activeDelay: "garp_master_delay"
            case .activeRepeat: "garp_master_repeat"
            case .scriptInterval: "interval"
            case .notTaken: "a value that cannot be taken"
            case .checkerKind: "the kind of check"
            case .delayLoop: "delay_loop"
            case .delayBothWays: "delay"
            case .emptyPersistence: "persistence_timeout without a value"
            case .sumOfWeights: "the sum of the weights"
            case .version2Interval: "version 2's whole seconds"
            case .moved: "its place in virtual_ipaddress"
            }
        }
    }
}
