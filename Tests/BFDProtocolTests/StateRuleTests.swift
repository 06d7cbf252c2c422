import BFDProtocol
import PacketFormats
import Testing

@Suite("RFC 5880, section 6.2 and 6.8.6: states")
struct StateRuleTests {
    struct Rule: CustomTestStringConvertible {
        var before: BFDState
        var heard: BFDState
        var after: BFDState
        var diagnostic = BFDDiagnostic.none
        var testDescription: String { "\(before.name), \(heard.name) is heard: \(after.name)" }
    }

    /// Every state with every state that can be heard in it.
    static let rules: [Rule] = [
        Rule(before: .down, heard: .adminDown, after: .down),
        Rule(before: .down, heard: .down, after: .initializing),
        Rule(before: .down, heard: .initializing, after: .up),
        Rule(before: .down, heard: .up, after: .down),
        Rule(before: .initializing, heard: .adminDown, after: .down, diagnostic: .neighbourSignaledDown),
        Rule(before: .initializing, heard: .down, after: .initializing),
        Rule(before: .initializing, heard: .initializing, after: .up),
        Rule(before: .initializing, heard: .up, after: .up),
        Rule(before: .up, heard: .adminDown, after: .down, diagnostic: .neighbourSignaledDown),
        Rule(before: .up, heard: .down, after: .down, diagnostic: .neighbourSignaledDown),
        Rule(before: .up, heard: .initializing, after: .up),
        Rule(before: .up, heard: .up, after: .up),
    ]

    private func bench(in state: BFDState) -> Bench {
        let bench = Bench()
        _ = bench.handle(.start)
        if state != .down { bench.receive(Bench.packet(.down, your: 0)) }
        if state == .up { bench.receive(Bench.packet(.initializing)) }
        return bench
    }

    @Test("What is heard, and what follows", arguments: rules)
    func transition(_ rule: Rule) throws {
        let bench = bench(in: rule.before)
        #expect(bench.session.state == rule.before)
        let actions = bench.receive(Bench.packet(rule.heard))
        #expect(bench.session.state == rule.after)
        #expect(bench.session.diagnostic == rule.diagnostic)
        guard rule.before != rule.after else {
            #expect(actions.changes.isEmpty)
            return
        }
        let change = try #require(actions.changes.first)
        #expect(change.from == rule.before && change.to == rule.after && change.diagnostic == rule.diagnostic)
        // 6.8.7: what has changed is told at once, between periodic packets.
        let packet = try #require(actions.packets.first)
        #expect(packet.state == rule.after && packet.diagnostic == rule.diagnostic)
        #expect(packet.yourDiscriminator == Bench.theirs)
    }

    @Test("6.8.4: without a packet for the detection time, Init and Up become Down with diagnostic 1")
    func detection() {
        for state in [BFDState.initializing, .up] {
            let bench = bench(in: state)
            // 3 × the larger of our 10 ms and their 20 ms.
            bench.receive(Bench.packet(state == .up ? .up : .down, tx: 20_000))
            let changes = bench.pass(100).changes
            #expect(changes.map(\.at) == [60])
            #expect(changes.map(\.to) == [.down] && changes.map(\.diagnostic) == [.detectionTimeExpired])
            #expect(bench.session.diagnostic == .detectionTimeExpired)
            #expect(bench.session.remoteDiscriminator == 0)
        }
    }

    @Test("The packet that tells of the expiry still has the other end's number, and the next one has 0")
    func lastWord() {
        for isPassive in [false, true] {
            let bench = Bench(isPassive: isPassive)
            bench.comeUp(tx: 50_000, rx: 5_000_000)
            let packets = bench.pass(2150).packets.filter { $0.state == .down }
            #expect(packets.map(\.yourDiscriminator) == (isPassive ? [Bench.theirs] : [Bench.theirs, 0, 0]))
        }
    }

    @Test("6.8.1: after the detection time the other end's discriminator is forgotten, in Down too")
    func forgotten() {
        let bench = bench(in: .up)
        bench.receive(Bench.packet(.adminDown))
        #expect(bench.session.state == .down && bench.session.remoteDiscriminator == Bench.theirs)
        bench.pass(29.9)
        #expect(bench.session.remoteDiscriminator == Bench.theirs)
        bench.pass(0.2)
        #expect(bench.session.remoteDiscriminator == 0 && bench.session.state == .down)
        #expect(bench.pass(1000).packets.first?.yourDiscriminator == 0)
    }

    @Test("6.8.16: AdminDown is told, and ends it: nothing is sent, nothing taken")
    func adminDown() throws {
        let bench = bench(in: .up)
        let actions = bench.handle(.stop)
        let packet = try #require(actions.packets.first)
        #expect(packet.state == .adminDown && packet.diagnostic == .administrativelyDown)
        #expect(packet.yourDiscriminator == Bench.theirs)
        #expect(actions.changes.map(\.to) == [.adminDown])
        #expect(bench.session.deadline == nil)
        #expect(bench.receive(Bench.packet(.up, poll: true)).isEmpty)
        #expect(bench.handle(.stop).isEmpty)
        // And begins anew.
        let again = bench.handle(.start)
        #expect(again.packets.map(\.state) == [.down] && again.packets.map(\.yourDiscriminator) == [0])
        bench.receive(Bench.packet(.down, your: 0))
        bench.receive(Bench.packet(.up))
        #expect(bench.session.isUp)
    }

    @Test("6.8.16: a neighbour that is AdminDown keeps it from coming up")
    func heldDownByNeighbour() {
        let bench = bench(in: .down)
        for _ in 0..<3 {
            bench.receive(Bench.packet(.adminDown))
            #expect(bench.session.state == .down)
        }
        bench.receive(Bench.packet(.down))
        #expect(bench.session.state == .initializing)
    }

    @Test("The other end restarts with another discriminator before we notice: Down, and up again with the new one")
    func remoteRestarts() {
        let bench = bench(in: .up)
        let down = bench.receive(Bench.packet(.down, your: 0, my: 0x33))
        #expect(down.changes.map(\.to) == [.down] && down.changes.map(\.diagnostic) == [.neighbourSignaledDown])
        #expect(down.packets.map(\.yourDiscriminator) == [0x33])
        bench.receive(Bench.packet(.down, my: 0x33))
        #expect(bench.session.state == .initializing)
        let up = bench.receive(Bench.packet(.up, my: 0x33))
        #expect(bench.session.isUp && up.packets.map(\.yourDiscriminator) == [0x33])
        #expect(bench.session.diagnostic == .none)
    }

    @Test("Before it starts a session is silent and deaf")
    func notStarted() {
        let bench = Bench()
        #expect(bench.receive(Bench.packet(.down, poll: true)).isEmpty)
        #expect(bench.handle(.stop).isEmpty && bench.session.deadline == nil && bench.session.state == .down)
    }

    @Test("6.1: a passive session sends nothing before it hears something, and nothing after it hears no more")
    func passive() {
        let bench = Bench(isPassive: true)
        #expect(bench.handle(.start).isEmpty)
        #expect(bench.pass(10_000).isEmpty)
        let first = bench.receive(Bench.packet(.down, your: 0, tx: 1_000_000))
        #expect(first.packets.map(\.state) == [.initializing])
        bench.receive(Bench.packet(.up))
        #expect(bench.session.isUp)
        let after = bench.pass(5000)
        #expect(after.changes.map(\.to) == [.down])
        #expect(after.departures.allSatisfy { $0 <= (after.changes.first?.at ?? 0) })
        #expect(bench.session.deadline == nil)
    }
}
