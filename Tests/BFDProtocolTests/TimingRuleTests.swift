import BFDProtocol
import PacketFormats
import TestSupport
import Testing
import VRRPProtocol

@Suite("RFC 5880, sections 6.5 to 6.8.7: timing")
struct TimingRuleTests {
    @Test("6.8.3: until the session is up, packets leave once a second or slower, and say so")
    func slow() {
        for (idle, interval) in [(1_000_000, 1000.0), (2_500_000, 2500), (10_000, 1000)] as [(UInt32, Double)] {
            let bench = Bench(idle: idle)
            #expect(bench.handle(.start).packets.map(\.desiredMinTx) == [UInt32(interval * 1000)])
            #expect(bench.pass(interval * 3).departures == [interval, interval * 2, interval * 3])
        }
        // Nor faster than while it is up.
        let lazy = Bench(minTx: 5_000_000)
        #expect(lazy.handle(.start).packets.map(\.desiredMinTx) == [5_000_000])
    }

    @Test("6.8.7: the interval is the larger of what we desire and the other end requires")
    func negotiated() {
        for (ours, theirs, interval) in [(10_000, 50_000, 50.0), (50_000, 10_000, 50), (20_000, 20_000, 20)]
            as [(UInt32, UInt32, Double)]
        {
            let bench = Bench(minTx: ours)
            bench.comeUp(tx: 400_000, rx: theirs)
            let start = bench.elapsed
            #expect(bench.pass(interval * 3).departures == [1, 2, 3].map { start + interval * $0 })
        }
    }

    @Test("6.8.7: jitter takes up to a quarter off; with a multiplier of 1 at least a tenth, too")
    func jitter() {
        for (multiplier, range) in [(5, 75...100), (2, 75...100), (1, 75...90)] as [(UInt8, ClosedRange<Double>)] {
            let bench = Bench(minTx: 100_000, multiplier: multiplier)
            bench.comeUp(tx: 2_000_000, rx: 100_000)
            var numbers = SeededNumbers(seed: 7)
            var last = bench.elapsed
            var seen: [Double] = []
            for _ in 0..<400 {
                bench.jitter = Jitter(draw: .random(in: 0...(.max), using: &numbers))
                guard let next = bench.session.nextTransmission else { break }
                let at = Double(next.nanoseconds) / 1_000_000
                seen.append(at - last)
                bench.pass(at - bench.elapsed + 0.001)
                last = at
                bench.receive(Bench.packet(.up, tx: 2_000_000, rx: 100_000))
            }
            #expect(seen.count == 400 && seen.dropFirst().allSatisfy { range.contains(($0 * 1000).rounded() / 1000) })
            #expect((seen.dropFirst().max() ?? 0) > range.upperBound - 2)
            #expect((seen.dropFirst().min() ?? 0) < range.lowerBound + 2)
        }
    }

    @Test("6.8.4: the detection time is the other end's multiplier by the larger of our minimum and its interval")
    func detectionTime() {
        for (minRx, tx, multiplier, time) in [
            (10_000, 50_000, 3, 150.0), (50_000, 10_000, 3, 150), (10_000, 10_000, 5, 50), (10_000, 10_000, 255, 2550),
        ] as [(UInt32, UInt32, UInt8, Double)] {
            let bench = Bench(minRx: minRx)
            bench.comeUp(tx: tx, multiplier: multiplier)
            let start = bench.elapsed
            #expect(bench.pass(5000).changes.map(\.at) == [start + time])
        }
    }

    @Test("6.8.7: an end that requires 0 gets nothing but answers; a packet that requires more wakes it")
    func nothingWanted() {
        let bench = Bench()
        bench.comeUp(tx: 1_000_000, rx: 0)
        #expect(bench.session.nextTransmission == nil)
        #expect(bench.pass(500).isEmpty)
        #expect(bench.receive(Bench.packet(.up, tx: 1_000_000, rx: 0, poll: true)).packets.map(\.isFinal) == [true])
        bench.receive(Bench.packet(.up, tx: 1_000_000, rx: 20_000))
        #expect(!bench.pass(100).departures.isEmpty)
    }

    @Test("An end that required 0 and was lost is looked for again")
    func nothingWantedAndLost() {
        let bench = Bench()
        bench.comeUp(tx: 10_000, rx: 0)
        let after = bench.pass(5000)
        #expect(after.changes.map(\.to) == [.down] && after.departures.count >= 4)
    }

    // MARK: Polls

    @Test("6.5: a poll is answered at once, in any state, without the periodic packets moving")
    func answers() {
        let bench = Bench()
        _ = bench.handle(.start)
        let next = bench.session.nextTransmission
        let answer = bench.receive(Bench.packet(.adminDown, your: 0, poll: true)).packets
        #expect(answer.map(\.isFinal) == [true] && answer.map(\.isPoll) == [false])
        #expect(bench.session.nextTransmission == next)
    }

    @Test("6.5: coming up begins a poll sequence, on periodic packets, that the answer ends")
    func pollWhenUp() {
        let bench = Bench()
        _ = bench.handle(.start)
        bench.receive(Bench.packet(.down, your: 0))
        let up = bench.receive(Bench.packet(.up)).packets
        #expect(up.map(\.isPoll) == [true] && up.map(\.desiredMinTx) == [10_000])
        var periodic: [BFDControlPacket] = []
        for _ in 0..<4 {
            periodic += bench.pass(10).packets
            bench.receive(Bench.packet(.up))
        }
        #expect(periodic.count == 4 && periodic.allSatisfy { $0.isPoll })
        bench.receive(Bench.packet(.up, final: true))
        #expect(bench.pass(20).packets.map(\.isPoll) == [false, false])
    }

    /// Keeps the other end talking while time passes.
    private func pass(_ milliseconds: Int, _ bench: Bench, _ packet: BFDControlPacket) -> [Double] {
        var departures: [Double] = []
        for _ in 0..<(milliseconds / 5) {
            departures += bench.pass(5).departures
            bench.receive(packet)
        }
        return departures
    }

    @Test("6.8.3: a longer interval is used only after the other end knows it, a shorter one at once")
    func intervalChanges() {
        let bench = Bench(minTx: 10_000)
        bench.comeUp()
        var slower = bench.session.configuration
        slower.desiredMinTx = 40_000
        _ = bench.handle(.reconfigured(slower))
        let polled = bench.pass(10)
        #expect(polled.packets.map(\.isPoll) == [true] && polled.packets.map(\.desiredMinTx) == [40_000])
        bench.receive(Bench.packet(.up))
        #expect(bench.session.transmitInterval == 10_000)
        bench.receive(Bench.packet(.up, final: true))
        #expect(bench.session.transmitInterval == 40_000)
        #expect(pass(120, bench, Bench.packet(.up)).count == 3)

        var faster = bench.session.configuration
        faster.desiredMinTx = 20_000
        bench.pass(4)
        _ = bench.handle(.reconfigured(faster))
        #expect(bench.session.transmitInterval == 20_000)
        #expect(bench.pass(20).packets.map(\.isPoll) == [true])
    }

    @Test("6.8.3: a smaller minimum for what we receive counts for detection only after the other end knows it")
    func minimumChanges() {
        let bench = Bench(minRx: 50_000)
        bench.comeUp()
        #expect(bench.session.detectionTime == 150_000)
        var faster = bench.session.configuration
        faster.requiredMinRx = 20_000
        _ = bench.handle(.reconfigured(faster))
        #expect(bench.session.requiredMinRx == 20_000 && bench.session.detectionTime == 150_000)
        bench.pass(10)
        bench.receive(Bench.packet(.up, final: true))
        #expect(bench.session.detectionTime == 60_000)
        var slower = faster
        slower.requiredMinRx = 100_000
        _ = bench.handle(.reconfigured(slower))
        #expect(bench.session.detectionTime == 300_000)
    }

    @Test("6.8.3: when the other end takes packets faster, the next one comes within the new interval of the last")
    func remoteMinimumShrinks() {
        let bench = Bench(minTx: 10_000)
        bench.comeUp(tx: 1_000_000, rx: 500_000)
        let last = bench.elapsed
        bench.pass(5)
        bench.receive(Bench.packet(.up, tx: 1_000_000, rx: 50_000))
        #expect(bench.pass(50).departures == [last + 50])
        bench.receive(Bench.packet(.up, tx: 1_000_000, rx: 500_000))
        bench.pass(100)
        let now = bench.elapsed
        bench.receive(Bench.packet(.up, tx: 1_000_000, rx: 50_000))
        // That interval is over already: as soon as possible.
        #expect(bench.pass(1).departures == [now])
    }

    @Test("A change during a poll sequence begins another, with a packet without the bit between")
    func changeDuringPoll() {
        let bench = Bench()
        bench.comeUp()
        var wanted = bench.session.configuration
        wanted.desiredMinTx = 20_000
        _ = bench.handle(.reconfigured(wanted))
        bench.pass(10)
        bench.receive(Bench.packet(.up))
        wanted.desiredMinTx = 30_000
        _ = bench.handle(.reconfigured(wanted))
        // This answers the first.
        bench.receive(Bench.packet(.up, final: true))
        #expect(bench.session.transmitInterval == 10_000)
        #expect(bench.pass(10).packets.map(\.isPoll) == [false])
        bench.receive(Bench.packet(.up, final: true))
        #expect(bench.session.transmitInterval == 10_000)
        #expect(bench.pass(10).packets.map(\.isPoll) == [true])
        bench.receive(Bench.packet(.up, final: true))
        #expect(bench.session.transmitInterval == 30_000)
    }

    @Test("Another multiplier, and nothing else, needs no poll")
    func multiplierChanges() {
        let bench = Bench()
        bench.comeUp()
        var other = bench.session.configuration
        other.multiplier = 9
        _ = bench.handle(.reconfigured(other))
        let packets = bench.pass(10).packets
        #expect(packets.map(\.detectMultiplier) == [9] && packets.map(\.isPoll) == [false])
    }

    // MARK: Demand mode

    @Test("6.6: an end that demands silence has it while both are up, but for polls and their answers")
    func demand() {
        let bench = Bench()
        bench.comeUp(tx: 1_000_000, demand: true)
        #expect(bench.session.nextTransmission == nil)
        #expect(bench.pass(1000).isEmpty)
        #expect(
            bench.receive(Bench.packet(.up, tx: 1_000_000, poll: true, demand: true)).packets.map(\.isFinal) == [true])
        var other = bench.session.configuration
        other.desiredMinTx = 20_000
        _ = bench.handle(.reconfigured(other))
        #expect(bench.pass(20).packets.allSatisfy { $0.isPoll })
        #expect(bench.session.nextTransmission != nil)
        bench.receive(Bench.packet(.up, tx: 1_000_000, final: true, demand: true))
        #expect(bench.session.nextTransmission == nil)
        // It is down again: packets go on.
        let down = bench.receive(Bench.packet(.down, tx: 1_000_000, demand: true))
        #expect(down.packets.map(\.state) == [.down] && bench.session.nextTransmission != nil)
    }

    @Test("Nothing that the other end says makes the arithmetic overflow")
    func extremes() {
        for value in [0, 1, UInt32.max] {
            let bench = Bench(minTx: .max, minRx: .max, idle: .max, multiplier: 255)
            bench.comeUp(tx: value, rx: value, multiplier: 255)
            _ = bench.pass(10_000_000)
            #expect(bench.session.detectionTime <= 255 * Int64(UInt32.max))
        }
    }
}
