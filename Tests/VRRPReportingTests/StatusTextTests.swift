import ControlProtocol
import Reporting
import Testing
import VRRPReporting

/// Whole pages, as an operator whose clock is two hours ahead of UTC sees them at 14:04 on 21 November 2026.
struct StatusTextTests {
    private static let now = Timestamp("2026-11-21T12:04:00.000Z") ?? Timestamp(milliseconds: 0)

    private func ago(_ seconds: Double) -> Timestamp {
        Timestamp(milliseconds: Self.now.milliseconds - Int64(seconds * 1000))
    }

    private func node(maintenance: SteeringReport? = nil) -> NodeReport {
        NodeReport(
            programVersion: "1.0", pid: 4711, routerID: "lb1", file: "/etc/vrrpctl/vrrpctl.conf",
            startedAt: ago(100_000), now: Self.now, maintenance: maintenance)
    }

    private func counters(_ sent: Int = 0, _ received: Int = 0, rejected: [String: Int] = [:]) -> CountersReport {
        CountersReport(
            sent: sent, received: received, resignationsSent: 0, resignationsReceived: received == 0 ? 0 : 1,
            becameActive: 1, leftActive: 0, unanswered: 0, notEncoded: 0, rejected: rejected)
    }

    private func active() -> InstanceReport {
        InstanceReport(
            name: "VI_1", state: "active", since: ago(12.3), interface: "eth0", virtualRouterID: 51, family: "ipv4",
            version: 3, configuredPriority: 100, effectivePriority: 90,
            trackers: [
                TrackerReport(kind: "script", name: "web", reading: "down", weight: -10, isFault: false),
                TrackerReport(kind: "interface", name: "eth1", reading: "up", weight: nil, isFault: false),
            ], intervalMilliseconds: 1000, activeDownMilliseconds: 3609, preempts: true,
            activeRouter: PeerReport(address: "10.0.0.2", priority: 90, isThis: true, heardAt: nil),
            source: "10.0.0.2", addresses: ["10.0.0.3/24", "10.0.0.4/24"], held: ["10.0.0.3/24", "10.0.0.4/24"],
            faults: [],
            lastTransition: TransitionReport(
                from: "backup", to: "active", cause: "silence", text: "no advertisement from 10.0.0.1 for 3.609 s",
                time: ago(12.3)), group: "VG", steering: [], counters: counters(12, 34, rejected: ["ttl": 2]))
    }

    private func backup() -> InstanceReport {
        var instance = active()
        instance.name = "VI_long\u{1b}[2J"
        instance.state = "backup"
        instance.since = ago(200_000)
        instance.virtualRouterID = 152
        instance.effectivePriority = 1
        instance.activeRouter = PeerReport(address: "10.0.0.1", priority: 150, isThis: false, heardAt: ago(0.4))
        instance.held = []
        instance.lastTransition = nil
        instance.steering = [SteeringReport(order: "priority", since: ago(60), until: ago(-600), priority: 1)]
        return instance
    }

    private func text(_ report: StatusReport) -> String {
        var text = Text()
        StatusText(report, offset: { _ in 7200 }).write(into: &text)
        return String(decoding: text.bytes, as: UTF8.self)
    }

    @Test
    func aRowForEachInstance() {
        let report = StatusReport(
            node: node(), instances: [active(), backup()],
            groups: [GroupReport(name: "VG", state: "active", members: ["VI_1", "VI_2"])])
        #expect(
            text(report) == """
                lb1: vrrpctl 1.0 runs /etc/vrrpctl/vrrpctl.conf, process 4711, since 2026-11-20 10:17:20 (1 d 3 h)

                INSTANCE          STATE   SINCE                          INTERFACE  VRID  PRIORITY  ACTIVE ROUTER \
                  ADDRESSES                LAST CHANGE
                VI_1              active  14:03:47 (12 s)                eth0         51    90/100  this one      \
                  10.0.0.3/24 10.0.0.4/24  backup → active: no advertisement from 10.0.0.1 for 3.609 s
                VI_long\\u{1b}[2J  backup  2026-11-19 06:30:40 (2 d 7 h)  eth0        152     1/100  10.0.0.1 (150\
                )  -                        [priority 1] none yet

                SYNC GROUP  STATE   MEMBERS
                VG          active  VI_1, VI_2

                """)
    }

    @Test
    func aNodeInMaintenanceWithoutInstances() {
        let report = StatusReport(
            node: node(maintenance: SteeringReport(order: "maintenance", since: ago(90), until: ago(-1710))),
            instances: [], groups: [])
        #expect(
            text(report) == """
                lb1: vrrpctl 1.0 runs /etc/vrrpctl/vrrpctl.conf, process 4711, since 2026-11-20 10:17:20 (1 d 3 h)
                maintenance since 14:02:30 (1 min 30 s), until 14:32:30: this node gives way to others
                it has no virtual router

                """)
    }

    @Test
    func everythingOfOneInstance() {
        var text = Text()
        InstanceText(active(), on: node(), offset: { _ in 7200 }).write(into: &text)
        #expect(
            String(decoding: text.bytes, as: UTF8.self) == """
                VI_1 is active since 14:03:47 (12 s)
                  last change     backup → active at 14:03:47: no advertisement from 10.0.0.1 for 3.609 s
                  active router   this one
                  priority        90, configured 100
                  interface       eth0, sends from 10.0.0.2
                  virtual router  VRID 51, VRRP version 3, IPv4, advertised every 1 s
                  takes over      after 3.609 s of silence, and from an active router of lower priority
                  addresses       10.0.0.3/24: here
                                  10.0.0.4/24: here
                  sync group      VG
                  tracks          script web: down, -10 to the priority
                                  interface eth1: up, no fault
                  sent            12 advertisements; became active 1 time
                  received        34 packets, of them 1 with priority 0
                  not believed    ttl 2

                """)
    }

    @Test
    func anInstanceInFaultUnderOrders() {
        var instance = backup()
        instance.state = "fault"
        instance.activeRouter = nil
        instance.source = nil
        instance.trackers = [TrackerReport(kind: "bfd", name: "b", reading: "down", weight: nil, isFault: true)]
        instance.faults = [FaultReport(kind: "bfd", name: "b", text: "BFD session b is down")]
        instance.preempts = false
        instance.group = nil
        instance.counters = counters()
        var text = Text()
        InstanceText(
            instance, on: node(maintenance: SteeringReport(order: "maintenance", since: ago(5))),
            offset: { _ in 7200 }
        ).write(into: &text)
        #expect(
            String(decoding: text.bytes, as: UTF8.self) == """
                VI_long\\u{1b}[2J is fault since 2026-11-19 06:30:40 (2 d 7 h)
                  last change     none yet
                  faults          BFD session b is down
                  orders          priority 1 since 14:03:00 (1 min), until 14:14:00
                                  maintenance of the whole node since 14:03:55 (5 s)
                  active router   nobody is known to be active
                  priority        1, configured 100
                  interface       eth0
                  virtual router  VRID 152, VRRP version 3, IPv4, advertised every 1 s
                  takes over      after 3.609 s of silence; it does not preempt
                  addresses       10.0.0.3/24: not here
                                  10.0.0.4/24: not here
                  tracks          bfd b: down, a fault
                  sent            0 advertisements; became active 1 time
                  received        0 packets

                """)
    }

    @Test(
        arguments: [
            (0, "0 s"), (99, "0 s"), (400, "0.4 s"), (9_950, "9.9 s"), (12_300, "12 s"), (60_000, "1 min"),
            (185_000, "3 min 5 s"), (14_400_000, "4 h"), (273_600_000, "3 d 4 h"),
        ] as [(Int64, String)])
    func spansHaveTwoUnits(milliseconds: Int64, text: String) {
        #expect(ShownTime.span(milliseconds: milliseconds) == text)
    }

    @Test(
        arguments: [
            (0, "0"), (999, "999"), (1000, "1.0k"), (1250, "1.2k"), (9999, "9.9k"), (10_000, "10k"), (999_999, "999k"),
            (1_500_000, "1.5M"), (UInt64.max, "18E"),
        ] as [(UInt64, String)])
    func ratesAreShort(number: UInt64, text: String) {
        #expect(ShownRate.text(number) == text)
    }
}
