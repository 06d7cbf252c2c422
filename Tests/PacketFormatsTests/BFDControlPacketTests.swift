import Foundation
import PacketFormats
import TestSupport
import Testing

@Suite("BFD control packets")
struct BFDControlPacketTests {
    /// A line of `Fixtures/bfd.txt`, whose head describes its form.
    struct Captured: CustomTestStringConvertible {
        var packet: BFDControlPacket
        var octets: [UInt8]
        var testDescription: String

        static let all: [Captured] = {
            guard let url = Bundle.module.url(forResource: "Fixtures/bfd", withExtension: "txt"),
                let text = try? String(contentsOf: url, encoding: .utf8)
            else { fatalError("Fixtures/bfd.txt is missing") }
            return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
                let words = line.split(separator: " ")
                func number(_ place: Int, _ radix: Int = 10) -> UInt32 { UInt32(words[place], radix: radix) ?? .max }
                guard words.count == 11, let state = BFDState.allCases.first(where: { $0.name == words[1] }) else {
                    fatalError("not a packet: \(line)")
                }
                var packet = BFDControlPacket(
                    state: state, detectMultiplier: UInt8(number(4)), myDiscriminator: number(5, 16),
                    yourDiscriminator: number(6, 16), desiredMinTx: number(7), requiredMinRx: number(8))
                packet.diagnostic = BFDDiagnostic(rawValue: UInt8(number(3)))
                packet.requiredMinEchoRx = number(9)
                packet.isPoll = words[2].contains("P")
                packet.isFinal = words[2].contains("F")
                return Captured(
                    packet: packet, octets: PacketFormatsTests.octets(String(words[10])), testDescription: String(line))
            }
        }()
    }

    @Test("What bfdd and keepalived sent is read, and written again as it was", arguments: Captured.all)
    func captured(_ captured: Captured) throws {
        #expect(try BFDControlPacket(parsing: captured.octets[...]) == captured.packet)
        #expect(captured.packet.octets == captured.octets)
    }

    /// Up, with both discriminators.
    private static let good = octets("20c00318 c4cd5225 c9307269 0000c350 0000c350 00000000")

    @Test(
        "What section 6.8.6 discards without a session is discarded, and its neighbour is not",
        arguments: [
            // If the version number is not correct (1).
            ("00c00318", BFDRejection.versionError), ("40c00318", .versionError), ("e0c00318", .versionError),
            // If the Length field is less than the minimum correct value (24 if the A bit is clear, or 26).
            ("20c00317", .lengthError), ("20c00300", .lengthError), ("20c40318", .lengthError),
            ("20c40319", .lengthError),
            // If the Length field is greater than the payload of the encapsulating protocol.
            ("20c00319", .lengthError), ("20c003ff", .lengthError),
            // If the Detect Mult field is zero; if the Multipoint (M) bit is nonzero.
            ("20c00018", .zeroMultiplier), ("20c10318", .multipoint),
            // Section 6.5: both bits MUST NOT be set.
            ("20f00318", .pollAndFinal),
        ])
    func discarded(_ head: String, _ rejection: BFDRejection) {
        let packet = octets(head) + Self.good.dropFirst(4)
        #expect(throws: rejection) { try BFDControlPacket(parsing: packet[...]) }
        #expect(throws: Never.self) { try BFDControlPacket(parsing: Self.good[...]) }
    }

    @Test("If the A bit is set and no authentication is in use, the packet is discarded, whatever its type")
    func authenticated() {
        for section in ["0109 01 736563726574", "0218 01 00 00000001 00000000000000000000000000000000", "0003 00"] {
            let section = octets(section)
            var packet = Self.good + section
            packet[1] |= 0x04
            packet[3] = UInt8(24 + section.count)
            #expect(throws: BFDRejection.authenticated) { try BFDControlPacket(parsing: packet[...]) }
        }
    }

    @Test("If My Discriminator is zero, the packet is discarded")
    func myDiscriminator() {
        var packet = Self.good
        packet.replaceSubrange(4..<8, with: [0, 0, 0, 0])
        #expect(throws: BFDRejection.zeroDiscriminator) { try BFDControlPacket(parsing: packet[...]) }
    }

    @Test("Your Discriminator may be zero while the state is Down or AdminDown only", arguments: BFDState.allCases)
    func yourDiscriminator(_ state: BFDState) throws {
        var packet = Self.good
        packet.replaceSubrange(8..<12, with: [0, 0, 0, 0])
        packet[1] = state.rawValue << 6
        if state == .down || state == .adminDown {
            #expect(try BFDControlPacket(parsing: packet[...]).state == state)
        } else {
            #expect(throws: BFDRejection.missingDiscriminator) { try BFDControlPacket(parsing: packet[...]) }
        }
    }

    @Test("Octets behind the packet's own length are no part of it; too few are no packet")
    func lengths() throws {
        #expect(
            try BFDControlPacket(parsing: (Self.good + [1, 2, 3])[...]) == BFDControlPacket(parsing: Self.good[...]))
        for count in 0..<24 {
            #expect(throws: BFDRejection.lengthError) { try BFDControlPacket(parsing: Self.good.prefix(count)) }
        }
        // A slice of something longer.
        let room = [9, 9, 9] + Self.good + [9]
        #expect(try BFDControlPacket(parsing: room[3..<27]).octets == Self.good)
    }

    @Test("Every flag, state and diagnostic survives being written and read")
    func roundTrip() throws {
        var numbers = SeededNumbers(seed: 5880)
        for _ in 0..<2000 {
            var packet = BFDControlPacket(
                state: numbers.pick(BFDState.allCases), detectMultiplier: UInt8.random(in: 1...255, using: &numbers),
                myDiscriminator: .random(in: 1...UInt32.max, using: &numbers),
                yourDiscriminator: .random(in: 1...UInt32.max, using: &numbers),
                desiredMinTx: .random(in: 0...UInt32.max, using: &numbers),
                requiredMinRx: .random(in: 0...UInt32.max, using: &numbers))
            packet.diagnostic = BFDDiagnostic(rawValue: .random(in: 0...255, using: &numbers))
            packet.requiredMinEchoRx = .random(in: 0...UInt32.max, using: &numbers)
            packet.isPoll = Bool.random(using: &numbers)
            packet.isFinal = !packet.isPoll && Bool.random(using: &numbers)
            packet.isControlPlaneIndependent = Bool.random(using: &numbers)
            packet.isDemand = Bool.random(using: &numbers)
            #expect(packet.octets.count == BFDControlPacket.length)
            #expect(try BFDControlPacket(parsing: packet.octets[...]) == packet)
        }
    }

    @Test("Random octets are read or refused, and what is read is written as it came")
    func random() {
        var numbers = SeededNumbers(seed: 1)
        var read = 0
        for _ in 0..<50_000 {
            var octets = (0..<Int.random(in: 0...40, using: &numbers)).map { _ in
                UInt8.random(in: 0...255, using: &numbers)
            }
            // Most are to get past the first checks.
            if octets.count >= 24, Bool.random(using: &numbers) {
                octets[0] = 0x20 | octets[0] & 0x1f
                octets[3] = 24
            }
            guard let packet = try? BFDControlPacket(parsing: octets[...]) else { continue }
            read += 1
            let written = packet.octets
            #expect(written.dropFirst(4) == octets[4..<24])
            #expect(written.prefix(3) == octets.prefix(3))
        }
        #expect(read > 1000)
    }

    @Test("Section 4.1: numbers and words of states and diagnostics")
    func words() {
        #expect(BFDState.allCases.map(\.rawValue) == [0, 1, 2, 3])
        #expect(BFDState.allCases.map(\.name) == ["AdminDown", "Down", "Init", "Up"])
        #expect(BFDDiagnostic.detectionTimeExpired.words == "control detection time expired")
        #expect(BFDDiagnostic.neighbourSignaledDown.words == "neighbor signaled session down")
        #expect(BFDDiagnostic(rawValue: 31).words == "diagnostic 31")
        #expect(BFDDiagnostic(rawValue: 33) == .detectionTimeExpired)
        #expect(Set((0...8).map { BFDDiagnostic(rawValue: $0).words }).count == 9)
    }
}
