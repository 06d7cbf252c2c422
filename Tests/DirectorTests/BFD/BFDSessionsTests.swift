import Addresses
import BFDProtocol
import PacketFormats
import Testing
import VRRPProtocol

@testable import Director

@Suite("BFD sessions of a configuration")
struct BFDSessionsTests {
    private let world = FakeBFDWorld()

    private func instance(_ name: String = "b1", _ neighbour: String = "10.9.0.2", _ lines: String = "") -> String {
        "bfd_instance \(name) {\nneighbor_ip \(neighbour)\n\(lines)\n}\n"
    }

    @Test("A session begins at once, from a port of RFC 5881, and is told up and down")
    func life() {
        world.update(instance())
        #expect(world.sessions.isUp("b1") == false && world.sessions.isUp("b2") == nil)
        #expect(world.sent.count == 1 && world.sent[0].packet.state == .down)
        #expect(world.opened.map(\.hopLimit) == [255])
        #expect(world.opened.allSatisfy { Endpoints.sourcePorts.contains($0.port) })
        world.comeUp(with: "10.9.0.2")
        #expect(world.sessions.isUp("b1") == true && world.told == ["b1 up"])
        // 3 × 10 ms.
        world.clock.pass(.milliseconds(29))
        #expect(world.told == ["b1 up"])
        world.clock.pass(.milliseconds(2))
        #expect(world.told == ["b1 up", "b1 down"] && world.sessions.isUp("b1") == false)
        #expect(world.sent.last?.packet.diagnostic == .detectionTimeExpired)
        // One socket for the whole of it.
        #expect(world.opened.count == 1)
    }

    @Test("Packets of nobody, from nobody, from too far and of nothing change nothing")
    func rejected() {
        world.update(instance() + instance("v6", "2001:db8::2"))
        let number = world.discriminator(with: "10.9.0.2")
        world.comeUp(with: "10.9.0.2")
        let count = world.sent.count
        let down = world.packet(.down, your: number)
        world.receive(down, from: "10.9.0.3")
        world.receive(down, from: "10.9.0.2", hopLimit: 254)
        world.receive(world.packet(.down, your: number &+ 1), from: "10.9.0.2")
        world.receive(Array(down.octets.prefix(20)), from: "10.9.0.2")
        world.receive([], from: "10.9.0.2")
        world.receive(world.packet(.down, your: number), from: "2001:db8::2")
        #expect(world.told == ["b1 up"] && world.sent.count == count)
        world.receive(down, from: "10.9.0.2")
        #expect(world.told == ["b1 up", "b1 down"])
    }

    @Test(
        "TTL and hop limit: what leaves, and what is taken",
        arguments: [
            ("10.9.0.2", "", 255, 255), ("10.9.0.2", "ttl 17", 17, 17), ("10.9.0.2", "max_hops 3", 255, 252),
            ("10.9.0.2", "max_hops -1", 255, 0), ("10.9.0.2", "max_hops 255", 255, 0),
            ("10.9.0.2", "hoplimit 9", 255, 255), ("2001:db8::2", "", 255, 64),
            ("2001:db8::2", "hoplimit 255", 255, 255), ("2001:db8::2", "hoplimit 255\nmax_hops 1", 255, 254),
            ("2001:db8::2", "ttl 9", 255, 64),
        ] as [(String, String, UInt8, UInt8)])
    func hops(_ neighbour: String, _ lines: String, _ sent: UInt8, _ least: UInt8) {
        world.update(instance("b1", neighbour, lines))
        #expect(world.opened.map(\.hopLimit) == [sent])
        let receiver = neighbour == "10.9.0.2" ? "10.9.0.1" : "2001:db8::1"
        let count = world.sent.count
        if least > 0 {
            world.receive(world.packet(.down, your: 0), from: neighbour, to: receiver, hopLimit: least - 1)
            #expect(world.sent.count == count)
        }
        world.receive(world.packet(.down, your: 0), from: neighbour, to: receiver, hopLimit: least)
        #expect(world.sent.count == count + 1)
    }

    @Test("multihop has a port of its own, and takes what comes unless max_hops is written")
    func multihop() {
        world.update(instance("far", "10.5.0.2", "multihop"))
        #expect(Set(world.heard.keys.map(\.isMultihop)) == [true])
        world.receive(world.packet(.down, your: 0), from: "10.5.0.2", hopLimit: 60, isMultihop: true)
        #expect(world.sent.last?.packet.state == .initializing)
    }

    @Test("source_ip is what packets leave from and come to")
    func source() {
        world.update(instance("b1", "10.9.0.2", "source_ip 10.9.0.77"))
        #expect(world.opened.map { "\($0.endpoints.source.map { "\($0)" } ?? "")" } == ["10.9.0.77"])
        world.receive(world.packet(.down, your: 0), from: "10.9.0.2", to: "10.9.0.1")
        #expect(world.sent.last?.packet.state == .down)
        world.receive(world.packet(.down, your: 0), from: "10.9.0.2", to: "10.9.0.77")
        #expect(world.sent.last?.packet.state == .initializing)
    }

    @Test("A reload leaves a session up that is the same, and asks the neighbour where its intervals are others")
    func reload() {
        let text = instance() + instance("b2", "10.9.0.3")
        world.update(text)
        world.comeUp(with: "10.9.0.2")
        world.comeUp(with: "10.9.0.3")
        let number = world.discriminator(with: "10.9.0.2")
        world.update(text)
        world.update(instance("b1", "10.9.0.2", "min_tx 40\nmin_rx 60\nmultiplier 7") + instance("b3", "10.9.0.4"))
        #expect(world.sessions.isUp("b1") == true && world.sessions.isUp("b2") == nil)
        #expect(world.told == ["b1 up", "b2 up", "b2 down"])
        let last = world.sent.last { "\($0.to)" == "10.9.0.3" }?.packet
        #expect(last?.state == .adminDown && last?.diagnostic == .administrativelyDown)
        world.clock.pass(.milliseconds(10))
        let poll = world.sent.last { "\($0.to)" == "10.9.0.2" }?.packet
        #expect(poll?.isPoll == true && poll?.desiredMinTx == 40_000 && poll?.requiredMinRx == 60_000)
        #expect(poll?.detectMultiplier == 7 && poll?.myDiscriminator == number)
        // Another neighbour is another session.
        world.update(instance("b1", "10.9.0.9"))
        #expect(world.sessions.isUp("b1") == false && world.told.last == "b1 down")
        #expect(world.discriminator(with: "10.9.0.9") != number)
    }

    @Test("A stop tells each neighbour, and closes what was open")
    func stop() {
        world.update(instance() + instance("v6", "2001:db8::2"))
        world.comeUp(with: "10.9.0.2")
        world.sessions.stop()
        #expect(world.sent.suffix(2).allSatisfy { $0.packet.state == .adminDown })
        #expect(world.heard.isEmpty && world.told == ["b1 up", "b1 down"])
        let count = world.sent.count
        world.clock.pass(.seconds(10))
        #expect(world.sent.count == count)
    }

    @Test("A port that somebody else has is tried again")
    func deaf() {
        let segment = BFDSegment(Endpoints(neighbour: .v4(IPv4Address(10, 9, 0, 2))))
        world.taken = [segment]
        world.update(instance())
        #expect(world.heard.isEmpty && !world.sent.isEmpty)
        world.taken = []
        world.clock.pass(.milliseconds(1100))
        world.comeUp(with: "10.9.0.2")
        #expect(world.told == ["b1 up"])
    }

    @Test("What cannot be sent from now can be later; a taken source port is another one")
    func sending() {
        // EADDRINUSE twice, and then EADDRNOTAVAIL.
        world.openErrors = [99, 98, 98]
        world.update(instance())
        #expect(world.sent.isEmpty && world.openErrors.isEmpty)
        world.clock.pass(.seconds(1))
        #expect(world.sent.count == 1)
        // ENETUNREACH closes the socket, a full queue does not.
        world.sendError = 11
        world.clock.pass(.seconds(1))
        world.sendError = nil
        world.clock.pass(.seconds(1))
        #expect(world.opened.count == 1)
        world.sendError = 101
        world.clock.pass(.seconds(1))
        world.sendError = nil
        world.clock.pass(.seconds(1))
        #expect(world.opened.count == 2)
    }
}
