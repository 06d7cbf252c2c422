import Testing

@testable import IPVSAdmin

@Suite("Look-ups side by side")
struct SideBySideTests {
    @Test("Every key gets its own answer, however many there are", arguments: [0, 1, 63, 64, 65, 5_000])
    func answers(count: Int) {
        let keys = Array(0..<count)
        let values = SideBySide<Int, Int>.run(keys, patience: 60) { .value($0 * 2) }
        #expect(values == keys.map { $0 * 2 })
    }

    @Test("What has no answer, and what nobody answered, is nothing")
    func nothing() {
        let values = SideBySide<Int, String>.run(Array(0..<300), patience: 60) { key in
            switch key % 3 {
            case 0: .value("\(key)")
            case 1: .nothing
            default: .unanswered
            }
        }
        #expect(values == (0..<300).map { $0 % 3 == 0 ? "\($0)" : nil })
    }
}
