import ControlProtocol
import Reporting
import Testing
import VRRPReporting

struct ServersTextTests {
    private static let now = Timestamp("2026-11-21T12:04:00.000Z") ?? Timestamp(milliseconds: 0)

    private func ago(_ seconds: Double) -> Timestamp {
        Timestamp(milliseconds: Self.now.milliseconds - Int64(seconds * 1000))
    }

    private func traffic(active: Int?, _ connections: UInt64, _ bytes: UInt64) -> TrafficReport {
        TrafficReport(
            activeConnections: active, inactiveConnections: active.map { $0 * 2 }, connections: 1,
            incomingPackets: 2, outgoingPackets: 3, incomingBytes: 4, outgoingBytes: 5, connectionRate: connections,
            incomingPacketRate: 6, outgoingPacketRate: 7, incomingByteRate: bytes, outgoingByteRate: bytes * 10)
    }

    private func text(_ services: [ServiceReport]) -> String {
        var text = Text()
        ServersText(ServersReport(now: Self.now, services: services), offset: { _ in 0 }).write(into: &text)
        return String(decoding: text.bytes, as: UTF8.self)
    }

    @Test
    func eachVirtualServerWithItsRealServers() {
        let services = [
            ServiceReport(
                name: "[10.0.0.1]:tcp:80", transport: "tcp", scheduler: "wrr", method: "dr", hasQuorum: true, quorum: 1,
                weight: 5, isSuspended: false, sorryServer: nil, isSorry: false,
                traffic: traffic(active: nil, 120, 34_000),
                servers: [
                    ServerReport(
                        name: "[192.168.0.2]:tcp:80", isUp: true, weight: 5, configuredWeight: 5, since: ago(3700),
                        steering: nil,
                        checks: [
                            CheckReport(
                                keyword: "TCP_CHECK", isUp: true, result: "succeeded", time: ago(0.5),
                                durationMicroseconds: 840, next: ago(-2)),
                            CheckReport(
                                keyword: "MISC_CHECK", isUp: true, result: nil, time: nil, durationMicroseconds: nil,
                                next: nil),
                        ], traffic: traffic(active: 12, 120, 34_000)),
                    ServerReport(
                        name: "[192.168.0.3]:tcp:80", isUp: false, weight: 0, configuredWeight: 1, since: ago(20),
                        steering: SteeringReport(order: "drain", since: ago(20)), checks: [], traffic: nil),
                ]),
            ServiceReport(
                name: "FWM 5", transport: "", scheduler: "rr", method: "nat", hasQuorum: false, quorum: 2, weight: 0,
                isSuspended: true, sorryServer: "[127.0.0.1]:none:80", isSorry: true, traffic: nil, servers: []),
        ]
        #expect(
            text(services) == """
                [10.0.0.1]:tcp:80, wrr, dr: quorum there, weight 5 of 1 needed; 120 conn/s, 34k B/s in, 340k B/s out
                  SERVER                STATE         SINCE                 WEIGHT  ACTIVE  INACTIVE  CONN/S  IN B\
                /S  OUT B/S  LAST CHECK
                  [192.168.0.2]:tcp:80  up            11:02:20 (1 h 1 min)       5      12        24     120     3\
                4k     340k  TCP_CHECK succeeded in 0.8 ms 0.5 s ago
                                                                                                                  \
                             MISC_CHECK: not made yet, taken to be up
                  [192.168.0.3]:tcp:80  down (drain)  12:03:40 (20 s)          0/1       -         -       -      \
                 -        -  none

                FWM 5, rr, nat: no quorum, weight 0 of 2 needed; sorry server [127.0.0.1]:none:80 stands in; its a\
                ddress is elsewhere and its checks rest; not in the kernel's table

                """)
    }

    @Test
    func withoutVirtualServers() {
        #expect(text([]) == "there is no virtual server\n")
    }
}
