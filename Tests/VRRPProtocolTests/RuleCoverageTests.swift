import Foundation
import Testing

/// The rules of VRRP that this package follows have numbers, 1 to 71, and tests name them: `@Test("Rule 45: …")`.
///
/// | rules | about | tested in |
/// |---|---|---|
/// | 1–13 | packets that are sent | PacketFormatsTests; 12 and 13 in VRRPProtocolTests too |
/// | 14–32 | packets that are received | PacketFormatsTests; 25, 26 and 29 in VRRPProtocolTests too |
/// | 33–39 | timers | VRRPProtocolTests |
/// | 40–59 | the state machine | VRRPProtocolTests |
/// | 60–70 | ARP, ND and the data plane | VRRPProtocolTests: what the machine asks for; PacketFormatsTests: packets |
/// | 71 | version 2 and IPv6 | PacketFormatsTests |
@Suite("Rules")
struct RuleCoverageTests {
    @Test("each of the rules 1 to 71 is named by the title of a test")
    func everyRuleHasATest() throws {
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        var titles = 0
        var named: Set<Int> = []
        let files = try #require(FileManager.default.enumerator(at: tests, includingPropertiesForKeys: nil))
        for case let file as URL in files where file.pathExtension == "swift" {
            let source = try String(contentsOf: file, encoding: .utf8)
            for test in source.split(separator: "@Test(").dropFirst() {
                guard let title = title(of: test) else { continue }
                titles += 1
                if let rule = rule(in: title) { named.insert(rule) }
            }
        }
        #expect(titles > 100, "the tests' sources were found")
        let missing = Set(1...71).subtracting(named).sorted()
        #expect(missing == [], "rules without a test")
        #expect(named.subtracting(1...71) == [], "rules that do not exist")
    }

    /// The first argument of `@Test`, if it is a string.
    private func title(of test: Substring) -> Substring? {
        let text = test.drop { $0.isWhitespace }
        guard text.first == "\"" else { return nil }
        return text.dropFirst().prefix { $0 != "\"" }
    }

    /// The number in `Rule 45: …`.
    private func rule(in title: Substring) -> Int? {
        guard title.hasPrefix("Rule ") else { return nil }
        let number = title.dropFirst(5).prefix { $0.isNumber }
        return title.dropFirst(5 + number.count).first == ":" ? Int(number) : nil
    }
}
