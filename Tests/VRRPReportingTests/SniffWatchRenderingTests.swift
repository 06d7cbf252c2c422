import Foundation
import PacketFormats
import Reporting
import Testing
import VRRPReporting

@Suite("Rendering what the wire shows")
struct SniffWatchRenderingTests {
    /// Two actives and a third host behind a router.
    private static let segment: Segment = {
        var segment = Segment()
        for second in 0...3 {
            segment.send(1, priority: 150, at: Int64(second) * 1000)
            segment.send(2, at: Int64(second) * 1000 + 400)
        }
        segment.send(3, at: 3600) { sent, transmission in
            sent.virtualRouterID = 9
            transmission.hopLimit = 64
        }
        return segment
    }()

    private func text(_ write: (inout Text) -> Void) -> String {
        var text = Text()
        write(&text)
        return String(decoding: text.bytes, as: UTF8.self)
    }

    @Test("A table of the senders, and what is wrong")
    func table() {
        #expect(
            text { SniffWatchText.write(Self.segment.watch, into: &$0) } == """
                INTERFACE  VRID  IP  V  SOURCE    MAC                STATE   PRIORITY  EVERY  MEASURED    JITTER  \
                PACKETS  TTL  ADDRESSES
                eth0          7   4  3  10.0.0.1  02:00:00:00:00:01  active       150    1 s   1.000 s  0.000 ms  \
                      4  255  10.0.0.100
                eth0          7   4  3  10.0.0.2  02:00:00:00:00:02  active       100    1 s   1.000 s  0.000 ms  \
                      4  255  10.0.0.100
                eth0          9   4  3  10.0.0.3  02:00:00:00:00:03  active       100    1 s         -         -  \
                      1   64  10.0.0.100
                9 packets of VRRP from 3 senders
                is wrong:
                  split-brain, VRID 7 for IPv4 on eth0: 10.0.0.1 (priority 150) and 10.0.0.2 (priority 100) both \
                advertise, so that two hosts answer for 10.0.0.100; packets are lost between them, such as in a \
                firewall that drops protocol 112
                  hop-limit, VRID 9 for IPv4 on eth0: packets of 10.0.0.3 (priority 100) are rejected: the TTL is 64 \
                and not 255: it came through a router, or is forged

                """)
    }

    @Test("Lines for changes")
    func lines() {
        let lines = Self.segment.events.map { event in text { SniffWatchText.write(event, into: &$0) } }
        #expect(
            lines.first == "2026-11-21 12:00:00.000000  VRID 7 for IPv4 on eth0: 10.0.0.1 (02:00:00:00:00:01) "
                + "advertises: version 3, priority 150, every 1 s, TTL 255, 10.0.0.100\n")
        #expect(lines.contains { $0.hasPrefix("2026-11-21 12:00:02.000000  ALARM split-brain, VRID 7 for IPv4") })
    }

    @Test("JSON: one object on a line for each change, and for all of it")
    func json() throws {
        let lines =
            Self.segment.events.map { event in text { SniffWatchJSON.write(event, into: &$0) } }
            + [text { SniffWatchJSON.write(Self.segment.watch, into: &$0) }]
        var objects: [[String: Any]] = []
        for line in lines {
            #expect(line.hasSuffix("}\n") && line.filter { $0 == "\n" }.count == 1)
            objects.append(try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]))
        }
        let alarm = try #require(objects.first { $0["alarm"] as? String == "split-brain" })
        #expect(alarm["event"] as? String == "alarm")
        #expect(alarm["vrid"] as? Int == 7)
        #expect(
            (alarm["senders"] as? [[String: Any]])?.compactMap { $0["source"] as? String } == ["10.0.0.1", "10.0.0.2"])
        let summary = try #require(objects.last)
        #expect(summary["type"] as? String == "summary")
        #expect(summary["packets"] as? Int == 9)
        let routers = try #require(summary["routers"] as? [[String: Any]])
        let senders = try #require(routers[0]["senders"] as? [[String: Any]])
        #expect(senders[0]["measuredInterval"] as? Double == 1.0)
        #expect(senders[0]["state"] as? String == "active")
        #expect((summary["alarms"] as? [[String: Any]])?.compactMap { $0["over"] as? Bool } == [false, false])
    }
}
