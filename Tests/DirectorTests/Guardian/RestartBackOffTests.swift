import Testing
import VRRPProtocol

@testable import Director

struct RestartBackOffTests {
    @Test
    func doublesUpToAMinute() {
        var backOff = RestartBackOff()
        let start = Instant(nanoseconds: 0)
        let waits = (0..<9).map { _ in backOff.wait(afterStart: start, death: start + .milliseconds(10)) }
        #expect(waits == [0, 1, 2, 4, 8, 16, 32, 60, 60].map { .seconds($0) })
    }

    @Test
    func forgetsAfterAMinuteOfLife() {
        var backOff = RestartBackOff()
        let start = Instant(nanoseconds: 0)
        for _ in 0..<5 { _ = backOff.wait(afterStart: start, death: start) }
        #expect(backOff.wait(afterStart: start, death: start + .seconds(59)) == .seconds(16))
        #expect(backOff.wait(afterStart: start, death: start + .seconds(60)) == .zero)
        #expect(backOff.wait(afterStart: start, death: start) == .seconds(1))
    }
}
