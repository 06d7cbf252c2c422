import ControlProtocol
import Screens
import VRRPReporting

/// Everything that is known of one thing, a line for each fact.
struct DetailSheet {
    private(set) var lines: [ScreenLine] = []
    private let glyphs: GlyphSet
    private let now: Timestamp?

    private static let labelWidth = 18

    init(_ glyphs: GlyphSet, now: Timestamp?) {
        self.glyphs = glyphs
        self.now = now
    }

    mutating func title(_ text: String, _ style: CellStyle = .bold) {
        var line = ScreenLine(glyphs)
        line.append(ShownText.harmless(text), style)
        lines.append(line)
    }

    private mutating func fact(_ label: String, _ text: String, _ style: CellStyle = .plain) {
        var line = ScreenLine(glyphs)
        line.append("  ")
        line.append(label, width: Self.labelWidth, .left, .faint)
        line.append(ShownText.harmless(text), style)
        lines.append(line)
    }

    /// A line below a fact.
    private mutating func more(_ text: String, _ style: CellStyle = .plain) {
        fact("", text, style)
    }

    private func time(_ time: Timestamp) -> String {
        let clock = ShortText.clock(time, today: now) + "Z"
        guard let now else { return clock }
        return clock + ", \(ShortText.age(of: time, at: now)) ago"
    }

    private func order(_ order: SteeringReport) -> String {
        WatchWords.order(order, today: now) + ", since " + time(order.since)
    }

    // MARK: Virtual routers

    mutating func describe(_ instance: InstanceReport) {
        title("Virtual router \(instance.name)")
        let since = instance.since.map { " since " + time($0) } ?? ""
        fact("State", instance.state + since, WatchModel.style(ofState: instance.state))
        for fault in instance.faults { more("\(fault.name): \(fault.text)", CellStyle(.red)) }
        if let last = instance.lastTransition {
            fact("Last transition", "\(last.from) to \(last.to) at \(time(last.time))")
            more(last.text)
        }
        fact("Interface", instance.interface + (instance.source.map { ", sends from \($0)" } ?? ""))
        fact("VRID", "\(instance.virtualRouterID), VRRP version \(instance.version), \(instance.family)")
        fact("Priority", "\(instance.effectivePriority), configured \(instance.configuredPriority)")
        for tracker in instance.trackers { tell(tracker) }
        fact("Preempts", instance.preempts ? "yes" : "no")
        fact("Interval", "\(instance.intervalMilliseconds) ms; takes over after \(instance.activeDownMilliseconds) ms")
        if let peer = instance.activeRouter {
            let heard = peer.heardAt.map { ", heard " + time($0) } ?? ""
            fact(
                "Active router",
                (peer.isThis ? "this one, " : "") + "\(peer.address), priority \(peer.priority)" + heard)
        } else {
            fact("Active router", "nobody known")
        }
        let held = Set(instance.held)
        for (index, address) in instance.addresses.enumerated() {
            let isHeld = held.contains(address)
            fact(index == 0 ? "Addresses" : "", address + (isHeld ? "  held" : "  not held"), isHeld ? .plain : .faint)
        }
        if let group = instance.group { fact("Sync group", group) }
        for steering in instance.steering { fact("Ordered", order(steering), CellStyle(.yellow)) }
        tell(instance.counters)
    }

    private mutating func tell(_ tracker: TrackerReport) {
        var text = "\(tracker.kind) \(tracker.name): \(tracker.reading)"
        if let weight = tracker.weight { text += ", \(weight < 0 ? "" : "+")\(weight)" }
        if tracker.isFault { text += ", keeps it in fault" }
        more(text, tracker.isFault ? CellStyle(.red) : .plain)
    }

    private mutating func tell(_ counters: CountersReport) {
        fact("Advertisements", "\(counters.sent) sent, \(counters.received) received")
        fact(
            "Resignations", "\(counters.resignationsSent) sent, \(counters.resignationsReceived) received")
        fact("Became active", "\(counters.becameActive) times, left it \(counters.leftActive) times")
        if counters.unanswered > 0 { fact("Unanswered", "\(counters.unanswered) losers") }
        if counters.notEncoded > 0 { fact("Not encoded", "\(counters.notEncoded)", CellStyle(.red)) }
        for (index, rejected) in counters.rejected.sorted(by: { $0.key < $1.key }).enumerated() {
            fact(index == 0 ? "Rejected" : "", "\(rejected.value) \(rejected.key)", CellStyle(.yellow))
        }
    }

    // MARK: Virtual and real servers

    mutating func describe(_ service: ServiceReport) {
        title("Virtual server \(service.name)")
        fact("Scheduler", "\(service.scheduler), \(service.method)")
        let quorum = service.hasQuorum ? "has it" : "has it not"
        fact(
            "Quorum", "\(quorum): weight \(service.weight) of \(service.quorum)",
            service.hasQuorum ? .plain : CellStyle(.red, isBold: true))
        if service.isSuspended { fact("Suspended", "its address is elsewhere, its checks rest") }
        if let sorry = service.sorryServer {
            fact(
                "Sorry server", sorry + (service.isSorry ? ", stands in" : ""),
                service.isSorry ? CellStyle(.red) : .plain)
        }
        let up = service.servers.filter(\.isUp).count
        fact("Real servers", "\(up) up, \(service.servers.count - up) down")
        tell(service.traffic)
    }

    mutating func describe(_ server: ServerReport, in service: ServiceReport) {
        title("Real server \(server.name) of \(service.name)")
        fact(
            "State", (server.isUp ? "up" : "down") + " since " + time(server.since),
            server.isUp ? CellStyle(.green) : CellStyle(.red, isBold: true))
        fact("Weight", "\(server.weight), configured \(server.configuredWeight)")
        if let steering = server.steering { fact("Ordered", order(steering), CellStyle(.yellow)) }
        for check in server.checks {
            fact(check.keyword, check.isUp ? "up" : "down", check.isUp ? .plain : CellStyle(.red))
            guard let result = check.result else {
                more("no result yet")
                continue
            }
            var text = result
            if let time = check.time { text += ", at " + self.time(time) }
            if let duration = check.durationMicroseconds { text += ", in " + Self.milliseconds(duration) }
            more(text)
            if let next = check.next { more("next at " + ShortText.clock(next, today: now) + "Z") }
        }
        tell(server.traffic)
    }

    private static func milliseconds(_ microseconds: Int) -> String {
        let tenths = microseconds / 100
        return "\(tenths / 10).\(tenths % 10) ms"
    }

    private mutating func tell(_ traffic: TrafficReport?) {
        guard let traffic else {
            fact("Traffic", "it is not in the kernel's table")
            return
        }
        if let active = traffic.activeConnections {
            fact("Connections", "\(active) active, \(traffic.inactiveConnections ?? 0) inactive")
        }
        fact("Connections", "\(traffic.connectionRate)/s, \(traffic.connections) in all")
        fact("Packets in, out", "\(traffic.incomingPacketRate)/s, \(traffic.outgoingPacketRate)/s")
        fact("Bytes in, out", "\(traffic.incomingByteRate)/s, \(traffic.outgoingByteRate)/s")
        more("\(traffic.incomingBytes) in all, \(traffic.outgoingBytes) in all")
    }

    // MARK: Events

    mutating func describe(_ event: DirectorEvent) {
        title("Event \(event.sequence)")
        fact("Time", event.time.description)
        fact("Kind", event.kind.rawValue)
        if !event.subject.isEmpty { fact("About", event.subject) }
        fact("What", event.text)
        for (name, value) in event.fields.sorted(by: { $0.key < $1.key }) { fact(name, value) }
    }
}
