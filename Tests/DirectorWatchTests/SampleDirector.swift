import ControlProtocol

/// Reports of a director as tests need them: what is not said is quite ordinary.
enum SampleDirector {
    /// 2026-11-21T22:14:33.000Z
    static let now = Timestamp(milliseconds: 1_795_299_273_000)

    static func ago(_ seconds: Int64) -> Timestamp { Timestamp(milliseconds: now.milliseconds - seconds * 1000) }

    static func node(pid: Int = 812, maintenance: SteeringReport? = nil, routerID: String = "lb1") -> NodeReport {
        NodeReport(
            programVersion: "0.6.0", pid: pid, routerID: routerID, file: "/etc/keepalived/keepalived.conf",
            startedAt: ago(270_000), now: now, maintenance: maintenance)
    }

    static func instance(
        _ name: String, _ state: String = "active", since: Timestamp? = ago(7440), priority: Int = 150,
        effective: Int? = nil, active: PeerReport? = nil, addresses: [String] = ["10.91.0.10/24"],
        interface: String = "eth0", steering: [SteeringReport] = [], last: TransitionReport? = nil
    ) -> InstanceReport {
        InstanceReport(
            name: name, state: state, since: since, interface: interface, virtualRouterID: 51, family: "ipv4",
            version: 3, configuredPriority: priority, effectivePriority: effective ?? priority,
            trackers: [
                TrackerReport(kind: "script", name: "check_http", reading: "up", weight: 20, isFault: false)
            ], intervalMilliseconds: 1000, activeDownMilliseconds: 3414, preempts: true,
            activeRouter: active
                ?? (state == "active"
                    ? PeerReport(address: "10.91.0.1", priority: priority, isThis: true, heardAt: nil) : nil),
            source: "10.91.0.1", addresses: addresses, held: state == "active" ? addresses : [],
            faults: state == "fault" ? [FaultReport(kind: "interface", name: "eth0", text: "it is down")] : [],
            lastTransition: last, group: nil, steering: steering,
            counters: CountersReport(
                sent: 7440, received: 12, resignationsSent: 0, resignationsReceived: 1, becameActive: 1,
                leftActive: 0, unanswered: 0, notEncoded: 0, rejected: ["wrong password": 3]))
    }

    static func status(
        _ instances: [InstanceReport] = [instance("VI_1")], pid: Int = 812, maintenance: SteeringReport? = nil,
        routerID: String = "lb1"
    ) -> StatusReport {
        StatusReport(
            node: node(pid: pid, maintenance: maintenance, routerID: routerID), instances: instances, groups: [])
    }

    static func traffic(_ rate: UInt64, active: Int? = 12) -> TrafficReport {
        TrafficReport(
            activeConnections: active, inactiveConnections: active.map { $0 * 3 }, connections: 100_000,
            incomingPackets: 5_000_000, outgoingPackets: 4_000_000, incomingBytes: 123_456_789,
            outgoingBytes: 987_654_321, connectionRate: rate, incomingPacketRate: rate * 10,
            outgoingPacketRate: rate * 9, incomingByteRate: rate * 1000, outgoingByteRate: rate * 9000)
    }

    static func server(
        _ name: String, isUp: Bool = true, weight: Int? = nil, rate: UInt64? = 40, steering: SteeringReport? = nil
    ) -> ServerReport {
        ServerReport(
            name: name, isUp: isUp, weight: weight ?? (isUp ? 3 : 0), configuredWeight: 3, since: ago(60),
            steering: steering,
            checks: [
                CheckReport(
                    keyword: "TCP_CHECK", isUp: isUp, result: isUp ? "connected" : "connection refused", time: ago(2),
                    durationMicroseconds: 1234, next: Timestamp(milliseconds: now.milliseconds + 3000))
            ], traffic: rate.map { traffic($0) })
    }

    static func service(
        _ name: String = "[10.91.0.20]:tcp:80", _ servers: [ServerReport], hasQuorum: Bool = true, rate: UInt64? = 80
    ) -> ServiceReport {
        ServiceReport(
            name: name, transport: "tcp", scheduler: "wlc", method: "dr", hasQuorum: hasQuorum, quorum: 1,
            weight: servers.reduce(0) { $0 + $1.weight }, isSuspended: false, sorryServer: nil, isSorry: false,
            traffic: rate.map { traffic($0, active: nil) }, servers: servers)
    }

    static func servers(_ services: [ServiceReport]) -> ServersReport {
        ServersReport(now: now, services: services)
    }

    static func twoServers(rate: UInt64 = 40, secondIsUp: Bool = true) -> ServersReport {
        servers([
            service(
                "[10.91.0.20]:tcp:80",
                [
                    server("[192.168.0.2]:tcp:80", rate: rate),
                    server("[192.168.0.3]:tcp:80", isUp: secondIsUp, rate: rate / 2),
                ])
        ])
    }

    static func event(
        _ sequence: UInt64, _ kind: DirectorEvent.Kind = .transition, _ subject: String = "VI_1",
        _ text: String = "backup to active"
    ) -> DirectorEvent {
        DirectorEvent(
            sequence: sequence, time: ago(Int64(100 - min(sequence, 100))), kind: kind, subject: subject, text: text)
    }
}
