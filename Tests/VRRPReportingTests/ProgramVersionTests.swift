import Foundation
import Testing

@testable import VRRPReporting

@Suite("The version")
struct ProgramVersionTests {
    @Test("It is that of the first entry of CHANGELOG.md")
    func changelog() throws {
        let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let changes = try String(contentsOf: repository.appending(path: "CHANGELOG.md"), encoding: .utf8)
        let heading = try #require(changes.split(separator: "\n").first { $0.hasPrefix("## ") })
        #expect(heading.dropFirst(3).split(separator: " ").first == Substring(ProgramVersion.number))
    }
}
