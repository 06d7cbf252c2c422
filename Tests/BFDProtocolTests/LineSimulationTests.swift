import BFDProtocol
import PacketFormats
import TestSupport
import Testing
import VRRPProtocol

/// Two sessions and the line between them, which loses, delays and, if it is to, reorders packets as a seed has it.
private final class Line {
    struct Flight {
        var at: Instant
        var to: Int
        var octets: [UInt8]
    }

    var ends: [Session] = []
    var now = Instant.origin
    var flights: [Flight] = []
    var numbers: SeededNumbers
    /// Of a thousand packets.
    var loss: [UInt64] = [0, 0]
    var most = Duration.milliseconds(1)
    var reorders = false
    /// Departures of periodic packets and changes of state, with their end.
    var sent: [(at: Instant, end: Int, packet: BFDControlPacket)] = []
    var changes: [(at: Instant, end: Int, change: Session.Change)] = []

    init(seed: UInt64) {
        numbers = SeededNumbers(seed: seed)
        for end in 0..<2 {
            let multiplier = UInt8(2 + numbers.next() % 5)
            ends.append(
                Session(
                    Session.Configuration(
                        desiredMinTx: UInt32(5000 + numbers.next() % 60_000),
                        requiredMinRx: UInt32(5000 + numbers.next() % 60_000), multiplier: multiplier,
                        isPassive: end == 1 && numbers.oneIn(4)), localDiscriminator: UInt32(100 + end)))
        }
    }

    func give(_ event: Session.Event, to end: Int) {
        var actions: [Session.Action] = []
        let draw = UInt16(truncatingIfNeeded: numbers.next())
        ends[end].handle(event, at: now, jitter: Jitter(draw: draw), into: &actions)
        for action in actions {
            switch action {
            case .send(let packet):
                sent.append((now, end, packet))
                guard numbers.next() % 1000 >= loss[end] else { continue }
                let delay = Int64(numbers.next() % UInt64(most / .nanoseconds(1)))
                var at = now + .nanoseconds(delay)
                if !reorders {
                    for flight in flights where flight.to != end { at = max(at, flight.at + .nanoseconds(1)) }
                }
                flights.append(Flight(at: at, to: 1 - end, octets: packet.octets))
            case .changed(let change): changes.append((now, end, change))
            case .timing: break
            }
        }
    }

    /// - Returns: False if a packet was sent that no receiver takes.
    func run(until end: Instant) -> Bool {
        while true {
            let arrival = flights.indices.min { flights[$0].at < flights[$1].at }
            let next = [arrival.map { flights[$0].at }, ends[0].deadline, ends[1].deadline].compactMap(\.self).min()
            guard let next, next <= end else { break }
            now = max(now, next)
            if let arrival, flights[arrival].at <= now {
                let flight = flights.remove(at: arrival)
                guard let packet = try? BFDControlPacket(parsing: flight.octets[...]) else { return false }
                // The directory's work.
                if packet.yourDiscriminator == 0 || packet.yourDiscriminator == ends[flight.to].localDiscriminator {
                    give(.received(packet), to: flight.to)
                }
                continue
            }
            for end in 0..<2 where ends[end].deadline.map({ $0 <= now }) ?? false { give(.timeReached, to: end) }
        }
        now = end
        return true
    }

    var areUp: Bool { ends[0].isUp && ends[1].isUp }
}

@Suite("Two sessions over a line")
struct LineSimulationTests {
    @Test("They come up, hold over losses, fall within the detection time, and come up again", arguments: 0..<300)
    func life(_ seed: Int) throws {
        let line = Line(seed: UInt64(seed))
        for end in 0..<2 { line.give(.start, to: end) }
        // Three packets, and one of them is sent within a second.
        #expect(line.run(until: .origin + .milliseconds(1100)))
        #expect(line.areUp)
        #expect(line.changes.filter { $0.change.to == .down }.isEmpty)

        // Nothing is lost: nothing may fall, and each interval is within its jitter.
        let quiet = line.now + .milliseconds(500)
        #expect(line.run(until: quiet))
        line.sent = []
        line.changes = []
        #expect(line.run(until: quiet + .seconds(5)))
        #expect(line.areUp && line.changes.isEmpty)
        for end in 0..<2 {
            let interval = Duration.microseconds(Int(line.ends[end].transmitInterval))
            let other = line.ends[1 - end].configuration.requiredMinRx
            #expect(line.ends[end].transmitInterval == max(line.ends[end].configuration.desiredMinTx, other))
            let times = line.sent.filter { $0.end == end && !$0.packet.isFinal }.map(\.at)
            #expect(times.count > 20)
            for (first, second) in zip(times, times.dropFirst()) {
                #expect(second - first >= interval * 3 / 4 - .microseconds(1) && second - first <= interval)
            }
            // Both ends calculate one and the same.
            let detection = line.ends[1 - end].detectionTime
            #expect(
                detection == Int64(line.ends[end].configuration.multiplier) * Int64(line.ends[end].transmitInterval))
        }

        // One direction is cut, or both.
        let directions = [[1000, 0], [0, 1000], [1000, 1000]] as [[UInt64]]
        line.loss = line.numbers.pick(directions)
        let cut = line.now
        // Who hears nothing says so.
        let longest = line.ends.map(\.detectionTime).max() ?? 0
        let deaf = line.loss[1] == 1000 ? 0 : 1
        #expect(line.run(until: cut + .microseconds(longest) + line.most * 2))
        #expect(!line.ends[0].isUp && !line.ends[1].isUp)
        let first = try #require(line.changes.first { $0.end == deaf })
        if line.loss != [1000, 1000] { #expect(first.change.diagnostic == .detectionTimeExpired) }
        // And mended.
        line.loss = [0, 0]
        #expect(line.run(until: line.now + .milliseconds(2200)))
        #expect(line.areUp)

        // One end is stopped: the other knows it at once.
        line.changes = []
        let stop = line.now
        line.give(.stop, to: 0)
        #expect(line.run(until: stop + line.most))
        #expect(line.changes.map(\.change.to) == [.adminDown, .down])
        #expect(line.changes.last?.change.diagnostic == .neighbourSignaledDown)
    }

    @Test("Through losses of every kind no packet breaks a rule, and whoever is up is heard", arguments: 0..<200)
    func losses(_ seed: Int) {
        let line = Line(seed: UInt64(1000 + seed))
        line.most = .milliseconds(20)
        line.reorders = true
        for end in 0..<2 { line.give(.start, to: end) }
        for _ in 0..<10 {
            line.loss = [line.numbers.next() % 700, line.numbers.next() % 700]
            // Intervals change under way, too.
            let end = Int(line.numbers.next() % 2)
            var configuration = line.ends[end].configuration
            configuration.desiredMinTx = UInt32(5000 + line.numbers.next() % 60_000)
            configuration.requiredMinRx = UInt32(5000 + line.numbers.next() % 60_000)
            line.give(.reconfigured(configuration), to: end)
            #expect(line.run(until: line.now + .seconds(2)))
        }
        for (_, end, packet) in line.sent {
            #expect(!(packet.isPoll && packet.isFinal))
            #expect(packet.state == .up || packet.desiredMinTx >= 1_000_000)
            #expect(packet.myDiscriminator == line.ends[end].localDiscriminator)
        }
        // A state follows from the last one by the figure of section 6.2.
        for end in 0..<2 {
            var state = BFDState.down
            for change in line.changes where change.end == end {
                #expect(change.change.from == state && change.change.to != state)
                #expect(!(change.change.from == .up && change.change.to == .initializing))
                state = change.change.to
            }
            #expect(state == line.ends[end].state)
        }
        // Whatever has happened, without losses they find each other, and agree on how fast.
        line.loss = [0, 0]
        line.most = .milliseconds(1)
        line.reorders = false
        #expect(line.run(until: line.now + .seconds(20)))
        #expect(line.areUp)
        for end in 0..<2 {
            #expect(
                line.ends[end].transmitInterval
                    == max(line.ends[end].configuration.desiredMinTx, line.ends[1 - end].configuration.requiredMinRx))
        }
    }
}
