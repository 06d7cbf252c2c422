package import ControlProtocol
package import Reporting

/// What `vrrpctl status INSTANCE` shows to people: everything that is known of one virtual router.
package struct InstanceText {
    private let instance: InstanceReport
    private let node: NodeReport
    private let time: ShownTime

    /// - Parameter offset: How many seconds the clock on the wall is ahead of UTC at a time.
    package init(_ instance: InstanceReport, on node: NodeReport, offset: @escaping (Timestamp) -> Int) {
        self.instance = instance
        self.node = node
        time = ShownTime(now: node.now, offset: offset)
    }

    package func write(into text: inout Text) {
        let since = instance.since.map { " since \(time.since($0))" } ?? ""
        text.append(ShownText.harmless("\(instance.name) is \(instance.state)\(since)"))
        text.newline()
        for (name, lines) in facts {
            for (index, line) in lines.enumerated() {
                text.append("  ")
                text.left(16) { $0.append(index == 0 ? name : "") }
                text.append(ShownText.harmless(line))
                text.newline()
            }
        }
    }

    private var facts: [(String, [String])] {
        [
            ("last change", [lastChange]), ("faults", instance.faults.map(\.text)),
            ("orders", orders),
            ("active router", [activeRouter]),
            ("priority", ["\(instance.effectivePriority), configured \(instance.configuredPriority)"]),
            ("interface", [interface]), ("virtual router", [virtualRouter]), ("takes over", [takeover]),
            ("addresses", addresses), ("sync group", instance.group.map { [$0] } ?? []),
            ("tracks", instance.trackers.map(Self.words)), ("sent", [sent]), ("received", [received]),
            ("not believed", rejected),
        ]
    }

    private var lastChange: String {
        guard let last = instance.lastTransition else { return "none yet" }
        return "\(last.from) → \(last.to) at \(time.clock(last.time)): \(last.text)"
    }

    private var orders: [String] {
        instance.steering.map { "\(StatusWords.order($0)) \(StatusWords.term(of: $0, time))" }
            + (node.maintenance.map { ["maintenance of the whole node \(StatusWords.term(of: $0, time))"] } ?? [])
    }

    private var activeRouter: String {
        guard let active = instance.activeRouter else { return "nobody is known to be active" }
        if active.isThis { return "this one" }
        return "\(active.address) with priority \(active.priority)"
            + (active.heardAt.map { ", heard \(time.age($0)) ago" } ?? "")
    }

    private var interface: String {
        (instance.interface.isEmpty ? "none" : instance.interface)
            + (instance.source.map { ", sends from \($0)" } ?? "")
    }

    private var virtualRouter: String {
        let family = instance.family == "ipv6" ? "IPv6" : "IPv4"
        return "VRID \(instance.virtualRouterID), VRRP version \(instance.version), \(family), advertised every "
            + StatusWords.seconds(milliseconds: instance.intervalMilliseconds)
    }

    private var takeover: String {
        "after \(StatusWords.seconds(milliseconds: instance.activeDownMilliseconds)) of silence"
            + (instance.preempts ? ", and from an active router of lower priority" : "; it does not preempt")
    }

    private var addresses: [String] {
        instance.addresses.isEmpty
            ? ["none"] : instance.addresses.map { $0 + (instance.held.contains($0) ? ": here" : ": not here") }
    }

    private static func words(_ tracker: TrackerReport) -> String {
        let effect =
            tracker.isFault
            ? "a fault" : tracker.weight.map { "\($0 < 0 ? "" : "+")\($0) to the priority" } ?? "no fault"
        return "\(tracker.kind) \(tracker.name): \(tracker.reading), \(effect)"
    }

    private var sent: String {
        let counters = instance.counters
        return StatusWords.count(counters.sent, "advertisement")
            + (counters.resignationsSent == 0 ? "" : ", of them \(counters.resignationsSent) with priority 0")
            + (counters.notEncoded == 0 ? "" : "; \(counters.notEncoded) could not be encoded")
            + "; became active \(StatusWords.count(counters.becameActive, "time"))"
    }

    private var received: String {
        let counters = instance.counters
        return StatusWords.count(counters.received, "packet")
            + (counters.resignationsReceived == 0 ? "" : ", of them \(counters.resignationsReceived) with priority 0")
            + (counters.unanswered == 0 ? "" : ", \(counters.unanswered) not answered")
    }

    private var rejected: [String] {
        instance.counters.rejected.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    }
}
