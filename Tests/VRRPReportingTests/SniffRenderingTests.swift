import Addresses
import CaptureFiles
import Foundation
import PacketFormats
import Reporting
import Testing
import VRRPReporting

@Suite("Rendering a capture")
struct SniffRenderingTests {
    private static let receivers = [receiver("VI_1"), receiver("VI_2", .v2, vrid: 8)]

    private static let capture: Capture = {
        var capture = Capture()
        capture.add(advertisement, transmission)
        var far = transmission
        far.hopLimit = 64
        capture.add(advertisement, far)
        var other = advertisement
        other.interval = .milliseconds(250)
        other.addresses = (1...6).map { .v4(IPv4Address(10, 0, 0, $0)) }
        other.priority = 0
        capture.add(other, transmission)
        var slow = advertisement
        slow.version = .v2
        slow.virtualRouterID = 8
        slow.interval = .seconds(3)
        capture.add(slow, transmission)
        capture.add(advertisement, transmission, cutTo: 30)
        return capture
    }()

    private func text(_ write: (inout Text) -> Void) -> String {
        var text = Text()
        write(&text)
        return String(decoding: text.bytes, as: UTF8.self)
    }

    @Test("One line for each packet, verdict and reason in words")
    func lines() {
        let packets = Self.capture.judged(by: Self.receivers)
        let lines = packets.map { packet in text { SniffText.write(packet, into: &$0) } }
        #expect(
            lines == [
                "     1  2026-11-21 12:00:00.250000  10.0.0.1 > 224.0.0.18         "
                    + "v3 vrid 7   priority 100 every 1 s            accepted by VI_1: 10.0.0.100\n",
                "     2  2026-11-21 12:00:01.250000  10.0.0.1 > 224.0.0.18         "
                    + "v3 vrid 7   priority 100 every 1 s            rejected by VI_1: ip-ttl-error, "
                    + "the TTL is 64 and not 255: it came through a router, or is forged\n",
                "     3  2026-11-21 12:00:02.250000  10.0.0.1 > 224.0.0.18         "
                    + "v3 vrid 7   priority 0   every 0.25 s         accepted by VI_1: "
                    + "10.0.0.1, 10.0.0.2, 10.0.0.3, 10.0.0.4 and 2 more; another interval than the configured 1 s; "
                    + "other addresses than the configured\n",
                "     4  2026-11-21 12:00:03.250000  10.0.0.1 > 224.0.0.18         "
                    + "v2 vrid 8   priority 100 every 3 s            rejected by VI_2: interval-error, "
                    + "the interval is 3 s, and 1 s is configured\n",
                "     5  2026-11-21 12:00:04.250000  10.0.0.1 > 224.0.0.18         "
                    + "v3 vrid 7   priority 100 every 1 s            not judged by VI_1: truncated, "
                    + "the capture kept too little of it: record with tcpdump -s 0\n",
            ])
    }

    @Test("A summary for each virtual router")
    func summary() {
        var summary = SniffSummary()
        for packet in Self.capture.judged(by: Self.receivers) { summary.add(packet) }
        #expect(
            text { summary.write(frames: 9, into: &$0) } == """

                9 frames, 5 of VRRP
                  IPv4 v3 vrid 7: 2 accepted, 1 rejected, 1 not judged (ip-ttl-error 1)
                    from 10.0.0.1: 4 packets, priority 100, and 0: it resigned, frames 1 to 5
                  IPv4 v2 vrid 8: 0 accepted, 1 rejected (interval-error 1)
                    from 10.0.0.1: 1 packet, priority 100, frames 4 to 4

                """)
    }

    @Test("JSON: one object a line, with what scripts need")
    func json() throws {
        let packets = Self.capture.judged(by: Self.receivers)
        let lines = packets.map { packet in text { SniffJSON.write(packet, into: &$0) } }
        #expect(
            lines[0]
                == #"{"type":"packet","number":1,"time":"2026-11-21T12:00:00.250000Z","source":"10.0.0.1","destination":"224.0.0.18","#
                + #""ttl":255,"protocol":112,"version":3,"vrid":7,"priority":100,"interval":1,"#
                + #""addresses":["10.0.0.100"],"authentication":null,"fragment":false,"truncated":false,"#
                + #""verdict":"accepted","reason":null,"checksum":"pseudo-header","remarks":[],"instance":"VI_1"}"#
                + "\n")
        for line in lines {
            #expect(line.hasSuffix("}\n") && line.filter { $0 == "\n" }.count == 1)
            let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            let keys: Set = [
                "number", "time", "source", "destination", "version", "vrid", "priority", "verdict", "reason",
            ]
            #expect(keys.isSubset(of: object.keys))
        }
        #expect(lines[1].contains(#""verdict":"rejected","reason":"ip-ttl-error""#))
        #expect(lines[2].contains(#""interval":0.25"#))
        #expect(lines[2].contains(#""remarks":["interval-differs","address-list-differs"]"#))
        #expect(lines[4].contains(#""truncated":true,"verdict":"rejected","reason":"truncated""#))
    }

    @Test(
        "Times of the calendar, leap days and all",
        arguments: [
            (0, "1970-01-01T00:00:00.250000Z"), (951_782_399, "2000-02-28T23:59:59.250000Z"),
            (951_782_400, "2000-02-29T00:00:00.250000Z"), (951_868_800, "2000-03-01T00:00:00.250000Z"),
            (4_107_542_400, "2100-03-01T00:00:00.250000Z"), (4_294_967_295, "2106-02-07T06:28:15.250000Z"),
            (-1, "1969-12-31T23:59:59.250000Z"),
        ] as [(Int64, String)])
    func times(seconds: Int64, written: String) {
        var capture = Capture()
        capture.add(advertisement, transmission, offset: seconds - Capture.start)
        let packet = capture.judged(by: nil)[0]
        #expect(text { SniffJSON.write(packet, into: &$0) }.contains(written))
    }

    @Test("What a configuration names cannot steer the terminal")
    func hostileNames() {
        let hostile = [receiver("VI\u{1b}[2J")]
        let packet = Self.capture.judged(by: hostile)[0]
        #expect(!text { SniffText.write(packet, into: &$0) }.contains("\u{1b}"))
        #expect(!text { SniffJSON.write(packet, into: &$0) }.contains("\u{1b}"))
    }

    @Test("Every reason has words of its own")
    func words() throws {
        var packet = Self.capture.judged(by: Self.receivers)[0]
        var seen: Set<String> = []
        for rejection in Rejection.allCases {
            packet.outcome = .rejected(rejection)
            let line = text { SniffText.write(packet, into: &$0) }
            let words = try #require(line.split(separator: ", ", maxSplits: 1).last)
            #expect(line.contains(rejection.rawValue))
            #expect(seen.insert(String(words)).inserted)
        }
    }
}
