import Addresses
import Routing

/// What the virtual routers have decided in this turn of the loop, until it is carried out.
///
/// Advertisements, then changes of the kernel, then announcements, then notices, each kind for all instances together:
/// five hundred routers that become active at once cost one batch. The order of one router's actions stays what its
/// machine said: an action that would have to come before one that waits already has everything carried out first.
final class Agenda {
    /// The kinds in their order.
    enum Stage: UInt8, Comparable {
        case advertisement, kernel, announcement, notice

        static func < (left: Stage, right: Stage) -> Bool { left.rawValue < right.rawValue }
    }

    private let surroundings: Surroundings
    private let announcer: Announcer
    private var claims: [(instance: RunningInstance, resources: [Resource])] = []
    private var announcements: [(instance: RunningInstance, addresses: [IPAddress], count: Int)] = []
    private var notices: [Notice] = []
    /// Counts up with each time that everything is carried out.
    private var round = 1

    init(_ surroundings: Surroundings, _ announcer: Announcer) {
        self.surroundings = surroundings
        self.announcer = announcer
    }

    /// An action of this kind is about to be added for the instance.
    func enter(_ stage: Stage, for instance: RunningInstance) {
        if instance.agendaRound == round, stage < instance.agendaStage { carryOut() }
        instance.agendaRound = round
        instance.agendaStage = stage
    }

    func claim(_ resources: [Resource], for instance: RunningInstance) {
        claims.append((instance, resources))
    }

    func announce(_ addresses: [IPAddress], count: Int, of instance: RunningInstance) {
        announcements.append((instance, addresses, count))
    }

    func tell(_ notice: Notice) { notices.append(notice) }

    /// Carries everything out.
    func carryOut() {
        round += 1
        if !claims.isEmpty {
            // What was advertised leaves before the addresses move.
            surroundings.wire.flush()
            let claims = self.claims
            self.claims.removeAll(keepingCapacity: claims.count < 64)
            let refused = surroundings.network.replace(
                claims.map { NetworkClaim(.active($0.instance.name), $0.resources) })
            if !refused.isEmpty { report(refused, claims.map(\.instance)) }
        }
        if !announcements.isEmpty {
            for announcement in announcements {
                announcer.announce(announcement.addresses, count: announcement.count, of: announcement.instance)
            }
            announcements.removeAll(keepingCapacity: announcements.count < 64)
        }
        surroundings.wire.flush()
        if !notices.isEmpty {
            let notices = self.notices
            self.notices.removeAll(keepingCapacity: notices.count < 64)
            for notice in notices { surroundings.listener.tell(notice) }
        }
    }

    private func report(_ refused: [String], _ instances: [RunningInstance]) {
        for reason in refused {
            surroundings.log.limited(
                "refused \(reason)", at: surroundings.time.now, .error, reason, event: "kernel-refused")
        }
        for instance in instances where instance.holdsResources { instance.claimAgainLater() }
    }
}
