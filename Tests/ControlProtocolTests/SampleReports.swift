import ControlProtocol

/// Reports with every member filled, and with every optional member left out.
enum SampleReports {
    static let time = Timestamp(milliseconds: 1_795_261_434_123)

    static let steering = SteeringReport(
        order: "priority", since: time, until: Timestamp(milliseconds: 1_795_261_500_000), priority: 120)

    static let counters = CountersReport(
        sent: 3, received: 4, resignationsSent: 1, resignationsReceived: 2, becameActive: 1, leftActive: 0,
        unanswered: 5, notEncoded: 0, rejected: ["checksum-error": 3, "ip-ttl-error": 1])

    static let fullInstance = InstanceReport(
        name: "VI \"1\"\n\u{1f600}", state: "active", since: time, interface: "eth0", virtualRouterID: 51,
        family: "ipv4", version: 3, configuredPriority: 100, effectivePriority: 90,
        trackers: [TrackerReport(kind: "script", name: "check", reading: "down", weight: -10, isFault: false)],
        intervalMilliseconds: 1000, activeDownMilliseconds: 3609, preempts: true,
        activeRouter: PeerReport(address: "10.0.0.1", priority: 100, isThis: false, heardAt: time),
        source: "10.0.0.2", addresses: ["10.0.0.3/24"], held: ["10.0.0.3/24"],
        faults: [FaultReport(kind: "interface", name: "eth0", text: "interface eth0 is down or missing")],
        lastTransition: TransitionReport(from: "backup", to: "active", cause: "silence", text: "it was so", time: time),
        group: "G", steering: [steering], counters: counters)

    static let emptyInstance = InstanceReport(
        name: "", state: "initialize", since: nil, interface: "", virtualRouterID: 1, family: "ipv6", version: 2,
        configuredPriority: 1, effectivePriority: 1, trackers: [], intervalMilliseconds: 10,
        activeDownMilliseconds: 0, preempts: false, activeRouter: nil, source: nil, addresses: [], held: [],
        faults: [], lastTransition: nil, group: nil, steering: [],
        counters: CountersReport(
            sent: 0, received: 0, resignationsSent: 0, resignationsReceived: 0, becameActive: 0, leftActive: 0,
            unanswered: 0, notEncoded: 0, rejected: [:]))

    static func node(maintenance: SteeringReport?) -> NodeReport {
        NodeReport(
            programVersion: "1.0", pid: 7, routerID: "lb1", file: "/etc/vrrpctl/vrrpctl.conf", startedAt: time,
            now: time, maintenance: maintenance)
    }

    static let statuses = [
        StatusReport(
            node: node(maintenance: steering), instances: [fullInstance, emptyInstance],
            groups: [GroupReport(name: "G", state: "active", members: ["a", "b"])]),
        StatusReport(node: node(maintenance: nil), instances: [], groups: []),
    ]

    static let traffic = TrafficReport(
        activeConnections: 1, inactiveConnections: 2, connections: .max, incomingPackets: 4, outgoingPackets: 5,
        incomingBytes: 6, outgoingBytes: 7, connectionRate: 8, incomingPacketRate: 9, outgoingPacketRate: 10,
        incomingByteRate: 11, outgoingByteRate: 12)

    static let fullServer = ServerReport(
        name: "[192.168.0.2]:tcp:80", isUp: true, weight: 0, configuredWeight: 5, since: time,
        steering: SteeringReport(order: "drain", since: time),
        checks: [
            CheckReport(
                keyword: "TCP_CHECK", isUp: true, result: "connected", time: time, durationMicroseconds: 800,
                next: time),
            CheckReport(
                keyword: "MISC_CHECK", isUp: false, result: nil, time: nil, durationMicroseconds: nil, next: nil),
        ], traffic: traffic)

    static let servers = ServersReport(
        now: time,
        services: [
            ServiceReport(
                name: "[10.0.0.1]:tcp:80", transport: "tcp", scheduler: "wrr", method: "dr", hasQuorum: true, quorum: 1,
                weight: 5, isSuspended: false, sorryServer: "[127.0.0.1]:tcp:80", isSorry: false, traffic: traffic,
                servers: [
                    fullServer,
                    ServerReport(
                        name: "[192.168.0.3]:tcp:80", isUp: false, weight: 0, configuredWeight: 1, since: time,
                        steering: nil, checks: [], traffic: nil),
                ]),
            ServiceReport(
                name: "[fwmark 1]", transport: "", scheduler: "rr", method: "nat", hasQuorum: false, quorum: 2,
                weight: 0, isSuspended: true, sorryServer: nil, isSorry: true, traffic: nil, servers: []),
        ])

    static let events = DirectorEvent.Kind.allCases.map {
        DirectorEvent(
            sequence: .max, time: time, kind: $0, subject: "VI_1", text: "a \\ b", fields: ["x": "1", "": "empty"])
    }
}
