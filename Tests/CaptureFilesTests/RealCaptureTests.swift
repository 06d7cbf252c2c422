import Addresses
import CaptureFiles
import Foundation
import PacketFormats
import Testing

/// Files that tcpdump, tshark and editcap wrote; `Fixtures/README` says how.
@Suite("Captures of real tools")
struct RealCaptureTests {
    private func frames(_ name: String) throws -> [CapturedFrame] {
        let url = try #require(Bundle.module.url(forResource: "Fixtures/\(name)", withExtension: nil))
        return try read(Array(try Data(contentsOf: url)))
    }

    /// Source, and what VRRP says of itself, for each frame that holds it.
    private func advertisements(_ frames: [CapturedFrame]) throws -> [String] {
        try frames.compactMap { frame -> String? in
            guard case .ip(let bytes) = frame.payload else { return nil }
            let glance = try #require(PacketGlance(bytes))
            guard [51, 112].contains(glance.protocolNumber) else { return nil }
            let identity = try #require(AdvertisementIdentity(try Datagram(ipPacket: bytes)))
            return "\(frame.number) \(glance.source) v\(identity.version) \(identity.virtualRouterID)"
        }
    }

    @Test("pcapng of tshark: its interface, time in nanoseconds, all frames")
    func pcapng() throws {
        let frames = try frames("ethernet.pcapng")
        #expect(frames.count == 11)
        #expect(frames.allSatisfy { $0.interface == "v0" && $0.linkLayer == .ethernet && !$0.isCut })
        #expect(frames[1].time == WallTime(seconds: 1_795_264_153, nanoseconds: 694_513_834))
        #expect(
            try advertisements(frames).prefix(5) == [
                "1 fe80::5072:54ff:fee0:1594 v3 71", "2 10.77.0.1 v2 51", "3 10.77.0.1 v2 52", "4 10.77.0.1 v3 66",
                "5 10.77.0.1 v3 61",
            ])
    }

    @Test("pcap of tcpdump with nanoseconds, other protocols between")
    func nanoseconds() throws {
        let frames = try frames("ethernet-nanoseconds.pcap")
        #expect(frames.count == 17)
        let times = frames.compactMap(\.time)
        #expect(times == times.sorted())
        #expect(times.contains { $0.nanoseconds % 1000 != 0 })
        #expect(try advertisements(frames).contains { $0.hasSuffix("10.77.0.1 v2 52") })
        #expect(try advertisements(frames).count < frames.count)
    }

    @Test("Linux cooked, version 2")
    func linuxCooked() throws {
        let frames = try frames("linux-cooked-v2.pcap")
        #expect(frames.count == 11)
        #expect(frames.allSatisfy { $0.linkLayer == .linuxCooked2 })
        #expect(try advertisements(frames).count == 11)
    }

    @Test("Frames that were cut after 60 octets say so, and what is whole is whole")
    func cut() throws {
        let frames = try frames("cut.pcap")
        #expect(frames.map(\.isCut).contains(true) && frames.map(\.isCut).contains(false))
        for frame in frames {
            guard case .ip(let bytes) = frame.payload else { continue }
            if frame.isCut {
                #expect(throws: Rejection.packetLengthError) { try Datagram(ipPacket: bytes) }
            } else {
                _ = try Datagram(ipPacket: bytes)
            }
        }
    }
}
