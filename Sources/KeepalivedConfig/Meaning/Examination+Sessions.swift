import Addresses

extension Examination {
    /// `bfd_instance`: with whom, and how far away.
    mutating func examineSessions() {
        for (place, session) in configuration.bfdInstances.enumerated() {
            guard let neighbour = session.neighbour.value else {
                if session.neighbour.origin.isStandard {
                    error(
                        "missing-keyword", "bfd_instance \(session.name.value) has no neighbor_ip",
                        at: session.name.span, expected: "neighbor_ip ADDRESS")
                }
                continue
            }
            if let source = session.source.value, neighbour.family != source.family {
                error("mixed-families", "the two ends of the session are of two families", at: session.source.span)
            }
            if let other = configuration.bfdInstances[..<place].first(where: { Self.isTheSame($0, session) }) {
                error(
                    "duplicate-neighbor",
                    "bfd_instance \(other.name.value) is with \(neighbour) already: there can be one session only",
                    at: session.neighbour.span, related: Self.related("the other is here", other.neighbour.span))
            }
            if case .v6(let address) = neighbour { examine(session, with: address) }
        }
    }

    /// Two sessions of the same kind with the same neighbour must at least have two addresses of ours.
    private static func isTheSame(_ one: BFDInstance, _ other: BFDInstance) -> Bool {
        guard one.neighbour.value == other.neighbour.value, one.isMultihop.value == other.isMultihop.value else {
            return false
        }
        guard let source = one.source.value, let otherSource = other.source.value else { return true }
        return source == otherSource
    }

    private mutating func examine(_ session: BFDInstance, with neighbour: IPv6Address) {
        if neighbour.high >> 54 == 0xfe80 >> 6 {
            warn(
                "link-local-neighbor",
                "\(neighbour) is on every link, and bfd_instance cannot say on which: nothing can be sent to it",
                at: session.neighbour.span, expected: "an address that is routed")
        } else if session.hopLimit.value == nil, session.maximumHops.value == 0, !session.isMultihop.value {
            warn(
                "hop-limit",
                "hop limits from 64 on are taken, as keepalived sends them: somebody far away can pretend to be "
                    + "\(neighbour)", at: session.neighbour.span,
                expected: "hoplimit 255, if the neighbour sends that too")
        }
    }
}
