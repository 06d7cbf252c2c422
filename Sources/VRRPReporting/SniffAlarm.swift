package import Addresses
package import PacketFormats

/// Something that is wrong on the wire.
package struct SniffAlarm: Hashable, Sendable {
    /// What operators call it; the raw value is its name for programs.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Two hosts are active for one virtual router at the same time.
        case splitBrain = "split-brain"
        /// Two hosts claim to own the addresses, with priority 255.
        case duplicateOwner = "duplicate-owner"
        /// Two virtual routers, or two versions of one, have the same VRID on one segment.
        case vridClash = "vrid-clash"
        /// Password, digest or kind of authentication.
        case authentication
        /// Another interval than that of a peer, or of the configuration.
        case interval
        /// Other virtual addresses than those of a peer, or of the configuration.
        case addresses
        /// The TTL or hop limit.
        case hopLimit = "hop-limit"
        /// The checksum is wrong, or of the form that not every router understands.
        case checksumForm = "checksum"
        /// The configuration has no instance or peer for it.
        case unknown
        /// The packet breaks the protocol's form.
        case malformed
        /// Sent again, or too old.
        case replay
    }

    /// What it is about, exactly; one virtual router has one alarm for each at a time.
    package enum Cause: Hashable, Sendable {
        case splitBrain(SniffSenderName, SniffSenderName)
        case duplicateOwner(SniffSenderName, SniffSenderName)
        /// They have no virtual address in common.
        case disjointAddresses(SniffSenderName, SniffSenderName)
        case versionsDiffer(SniffSenderName, SniffSenderName)
        case authenticationDiffers(SniffSenderName, SniffSenderName)
        case passwordsDiffer(SniffSenderName, SniffSenderName)
        case intervalsDiffer(SniffSenderName, SniffSenderName)
        case addressesDiffer(SniffSenderName, SniffSenderName)
        case checksumFormsDiffer(SniffSenderName, SniffSenderName)
        case checksumOverMessage(SniffSenderName)
        case notConfiguredInterval(SniffSenderName)
        case notConfiguredAddresses(SniffSenderName)
        case rejected(SniffSenderName, Rejection)
    }

    package let cause: Cause
    package let router: SniffedRouter.Name
    /// What is wrong, who does it and what follows, as a sentence for people, without a full stop.
    package let sentence: String
    /// When it was raised; nil where the capture has no times.
    package let raised: WallTime?
    /// Whether it was right again at the end.
    package internal(set) var isOver = false

    package var interface: String? { router.interface }
    package var family: AddressFamily { router.family }
    package var virtualRouterID: UInt8 { router.virtualRouterID }

    package var kind: Kind {
        switch cause {
        case .splitBrain: .splitBrain
        case .duplicateOwner: .duplicateOwner
        case .disjointAddresses, .versionsDiffer: .vridClash
        case .authenticationDiffers, .passwordsDiffer: .authentication
        case .intervalsDiffer, .notConfiguredInterval: .interval
        case .addressesDiffer, .notConfiguredAddresses: .addresses
        case .checksumFormsDiffer, .checksumOverMessage: .checksumForm
        case .rejected(_, let rejection): rejection.alarm
        }
    }

    /// Whose packets it is about: one sender, or two.
    package var senders: [SniffSenderName] {
        switch cause {
        case .splitBrain(let one, let other), .duplicateOwner(let one, let other),
            .disjointAddresses(let one, let other),
            .versionsDiffer(let one, let other), .authenticationDiffers(let one, let other),
            .passwordsDiffer(let one, let other), .intervalsDiffer(let one, let other),
            .addressesDiffer(let one, let other), .checksumFormsDiffer(let one, let other):
            [one, other]
        case .checksumOverMessage(let one), .notConfiguredInterval(let one), .notConfiguredAddresses(let one),
            .rejected(let one, _):
            [one]
        }
    }
}

extension Rejection {
    /// What an operator would look for.
    fileprivate var alarm: SniffAlarm.Kind {
        switch self {
        case .authTypeMismatch, .invalidAuthType, .authenticationFailure: .authentication
        case .intervalError: .interval
        case .addressListError: .addresses
        case .ipTTLError: .hopLimit
        case .checksumError: .checksumForm
        case .replayError, .staleTimestamp: .replay
        case .vridError, .unknownPeer, .ownSource, .destinationError: .unknown
        case .versionError: .vridClash
        case .packetLengthError, .invalidType, .ipHeaderError, .ipProtocolError, .fragment, .sourceError: .malformed
        }
    }
}
