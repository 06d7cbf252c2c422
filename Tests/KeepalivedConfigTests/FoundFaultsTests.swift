import KeepalivedConfig
import Testing

@Suite("Faults that repeat")
struct FoundFaultsTests {
    @Test("A line that a sequence repeats a thousand times has one fault, not a thousand")
    func repeatedLine() {
        #expect(
            Understood("~SEQ(N, 1, 1000) nonsense ${N}").faults == [
                "warning nothing-to-do 0", "error unknown-keyword 1",
            ])
    }

    @Test("Two faults of one line are both told, and equal faults of two lines")
    func distinctFaults() {
        #expect(
            Understood("nonsense\nnonsense\n" + instance("priority 300 5")).faults
                == [
                    "error unknown-keyword 1", "error unknown-keyword 2", "error out-of-range 9",
                    "warning extra-words 9",
                ])
    }
}
