import Testing

@testable import KeepalivedConfig

@Suite("No text takes unbounded time or memory")
struct ReadingLimitsTests {
    private func read(_ text: String, _ change: (inout ReadingLimits) -> Void) -> [String] {
        var limits = ReadingLimits()
        change(&limits)
        let context = ReadingContext(configurationID: "", limits: limits)
        return ConfigurationReader.read(text: text, in: context).diagnostics.map(\.code)
    }

    @Test("Statements")
    func statements() {
        #expect(read("~SEQ(A,1,20) ~SEQ(B,1,20) x") { $0.statements = 100 } == ["too-many-statements"])
        #expect(read("~SEQ(A,1,2000000000) x") { $0.statements = 1_000 } == ["too-many-statements"])
    }

    @Test("Text that is repeated")
    func text() {
        #expect(read("~SEQ(A,1,1000) $B=x") { $0.expandedBytes = 1_000 } == ["too-much-text"])
    }

    @Test("Text that doubles with each definition")
    func doubling() {
        var text = "$A0=x\n"
        for number in 1...40 { text += "$A\(number)=${A\(number - 1)}${A\(number - 1)}\n" }
        #expect(read(text + "y ${A40}") { _ in } == ["expansion-too-long"])
        #expect(read("$A0=\n" + text.dropFirst(6) + "y ${A40}") { _ in } == ["expansion-too-long"])
    }

    @Test("Lines that stand for lines")
    func lines() {
        #expect(read("$A= \\\n x \\\n $A\n$A") { _ in } == ["expansion-too-deep"])
        #expect(read("$A= \\\n $A \\\n $A\n$A") { _ in } == ["expansion-too-deep"])
        #expect(read("$A= \\\n ~SEQ(I,1,9) $B\n$B= \\\n ~SEQ(I,1,9) $A\n$A") { _ in } == ["expansion-too-deep"])
    }

    @Test("Alternatives of an include")
    func alternatives() {
        #expect(read("include " + String(repeating: "{a,b}", count: 30)) { _ in } == ["too-many-files"])
    }

    @Test("Files")
    func files() {
        let context = ReadingContext(configurationID: "")
        let files = FilesInMemory(["a": "~SEQ(A,1,20000) include b", "b": ""])
        #expect(ConfigurationReader.read("a", in: context, from: files).diagnostics.map(\.code) == ["too-many-files"])
    }
}
