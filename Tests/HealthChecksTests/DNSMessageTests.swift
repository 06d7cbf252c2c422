import HealthChecks
import KeepalivedConfig
import TestSupport
import Testing

struct DNSMessageTests {
    /// The bytes that keepalived 2.2.7 sends for `type A`, `name www.example.org`.
    @Test func asksAsKeepalivedDoes() throws {
        let name = try #require(DNSName("www.example.org"))
        #expect(
            DNSMessage.query(name, .a, identifier: 0x1c93)
                == [0x1c, 0x93, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0] + [3] + Array("www".utf8) + [7] + Array("example".utf8)
                + [3] + Array("org".utf8) + [0, 0, 1, 0, 1])
    }

    @Test(
        arguments: zip(
            DNSCheck.RecordType.allCases, [1, 2, 5, 6, 15, 16, 28] as [UInt8]))
    func asksForTheType(_ type: DNSCheck.RecordType, _ number: UInt8) {
        #expect(
            DNSMessage.query(.root, type, identifier: 1) == [0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, number, 0, 1])
    }

    @Test(
        arguments: [(".", [0]), ("a", [1, 0x61, 0]), ("a.", [1, 0x61, 0]), ("a.B", [1, 0x61, 1, 0x42, 0])]
            as [(String, [UInt8])])
    func readsNames(_ text: String, _ octets: [UInt8]) {
        #expect(DNSName(text)?.octets == octets)
    }

    @Test func refusesWhatIsNoName() {
        for text in ["", "..", ".org", "a..b", "a.b..", String(repeating: "x", count: 64) + ".org"] {
            #expect(DNSName(text) == nil, "\(text)")
        }
        let longest = String(repeating: "abcdefg.", count: 31) + "abcde"
        #expect(DNSName(longest)?.octets.count == 255)
        #expect(DNSName(longest + "f") == nil)
    }

    @Test func readsTheHeaderOfAResponse() {
        let response = DNSMessage.Response([0x1c, 0x93, 0x81, 0x83, 0, 0, 0, 0, 0, 0, 0, 0])
        #expect(response?.identifier == 0x1c93)
        #expect(response?.code == 3)
        #expect(response?.codeName == "NXDOMAIN")
    }

    @Test func takesNoQueryAndNothingShortForAResponse() {
        #expect(DNSMessage.Response([0x1c, 0x93, 0x01, 0x00, 0, 0, 0, 0, 0, 0, 0, 0]) == nil)
        for count in 0..<12 { #expect(DNSMessage.Response([UInt8](repeating: 0xff, count: count)) == nil) }
    }

    @Test func survivesAnyBytes() {
        var numbers = SeededNumbers(seed: 5)
        for _ in 0..<20_000 {
            let count = Int.random(in: 0...40, using: &numbers)
            let octets = (0..<count).map { _ in UInt8.random(in: 0...255, using: &numbers) }
            let response = DNSMessage.Response(octets)
            #expect((response != nil) == (count >= 12 && octets[2] & 0x80 != 0))
            #expect(response.map { !$0.codeName.isEmpty } ?? true)
        }
    }
}
