import KeepalivedConfig
import Testing

@testable import Director

/// Which processes count: what keepalived 2.2.7 counted when these were started.
struct ProcessPatternTests {
    private func pattern(
        _ words: [String], _ match: TrackProcess.ParameterMatch? = nil, full: Bool = false
    ) -> ProcessPattern {
        var process = TrackProcess(name: Setting("p"))
        process.process.value = words
        process.parameterMatch.value = match
        process.matchesFullCommand.value = full
        return ProcessPattern(process)
    }

    private func matches(_ pattern: ProcessPattern, _ name: String, _ words: [String]) -> Bool {
        pattern.matches(
            name: Array(name.utf8)[...], words: Array(words.map { $0 + "\0" }.joined().utf8)[...])
    }

    @Test
    func withoutParametersTheNameCounts() {
        let sleep = pattern(["sleep"])
        #expect(matches(sleep, "sleep", ["sleep", "3600"]))
        #expect(matches(sleep, "sleep", ["/usr/bin/sleep", "3600"]))
        #expect(matches(sleep, "sleep", ["foo"]))
        #expect(!matches(sleep, "mysleep", ["sleep", "1"]))
        #expect(!matches(sleep, "sleepy", ["sleep", "1"]))
        #expect(!matches(pattern(["/usr/bin/sleep"]), "sleep", ["/usr/bin/sleep", "3600"]))
        // The kernel keeps fifteen octets.
        #expect(matches(pattern(["a-very-long-name-of-a-program"]), "a-very-long-nam", []))
    }

    @Test
    func withParametersAllWordsCount() {
        let sleep = pattern(["sleep", "3600"])
        #expect(matches(sleep, "sleep", ["sleep", "3600"]))
        #expect(!matches(sleep, "sleep", ["/usr/bin/sleep", "3600"]))
        #expect(!matches(sleep, "sleep", ["sleep", "36000"]))
        #expect(!matches(sleep, "sleep", ["sleep", "3600", "1"]))
        #expect(!matches(sleep, "sleep", ["sleep", "1", "3600"]))
        #expect(!matches(sleep, "sleep", ["sleep"]))
    }

    @Test
    func initialLetsTheLastParameterBeLonger() {
        let sleep = pattern(["sleep", "36"], .initial)
        #expect(matches(sleep, "sleep", ["sleep", "36"]))
        #expect(matches(sleep, "sleep", ["sleep", "3600"]))
        #expect(matches(sleep, "sleep", ["sleep", "3600", "1"]))
        #expect(!matches(sleep, "sleep", ["sleep", "1", "3600"]))
        #expect(!matches(sleep, "sleep", ["/usr/bin/sleep", "3600"]))
    }

    @Test
    func partialLetsMoreParametersFollow() {
        let sleep = pattern(["sleep", "36"], .partial)
        #expect(matches(sleep, "sleep", ["sleep", "36"]))
        #expect(matches(sleep, "sleep", ["sleep", "36", "1"]))
        #expect(!matches(sleep, "sleep", ["sleep", "360"]))
    }

    @Test
    func aMatchWithoutParametersMeansThatThereAreNone() {
        for match in TrackProcess.ParameterMatch.allCases {
            #expect(matches(pattern(["sleep"], match), "sleep", ["sleep"]))
            #expect(!matches(pattern(["sleep"], match), "sleep", ["sleep", "1"]))
        }
    }

    @Test
    func theFullCommandIsTheFirstWord() {
        let sleep = pattern(["/usr/bin/sleep"], full: true)
        #expect(matches(sleep, "sleep", ["/usr/bin/sleep", "3600"]))
        #expect(!matches(sleep, "sleep", ["sleep", "3600"]))
        #expect(!matches(sleep, "sleep", ["/usr/bin/sleepy"]))
        #expect(!matches(sleep, "sleep", []))
    }
}
