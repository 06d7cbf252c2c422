import PacketFormats

extension Daemon {
    /// Packets that were for no instance, by the reason.
    var rejectedByNobody: [Rejection: Int] { listeners.rejected }

    /// Writes what has been counted: a line for each instance, and one for packets that were for none.
    package func logCounters() {
        for instance in instances {
            let counters = instance.counters
            let rejected = Self.words(counters.rejected)
            let unanswered = counters.unanswered == 0 ? "" : ", \(counters.unanswered) not answered"
            surroundings.log.notice(
                """
                \(instance.name): \(counters.sent) advertisements sent, \(counters.received) packets received\
                \(unanswered)\(rejected.isEmpty ? "" : ", not believed: \(rejected)")
                """,
                event: "counters",
                [
                    "instance": instance.name, "sent": "\(counters.sent)", "received": "\(counters.received)",
                    "becameActive": "\(counters.becameActive)", "unanswered": "\(counters.unanswered)",
                    "rejected": rejected,
                ])
        }
        let rejected = Self.words(listeners.rejected)
        guard !rejected.isEmpty else { return }
        surroundings.log.notice(
            "packets for no instance: \(rejected)", event: "counters", ["rejected": rejected])
    }

    /// `checksum-error 3, ip-ttl-error 1`
    private static func words(_ rejected: [Rejection: Int]) -> String {
        rejected.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.key.rawValue) \($0.value)" }
            .joined(separator: ", ")
    }
}
