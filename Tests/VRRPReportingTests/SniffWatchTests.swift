import Addresses
import PacketFormats
import Testing
import VRRPProtocol
import VRRPReporting

@Suite("Watching the wire")
struct SniffWatchTests {
    // MARK: Two actives

    @Test("Two hosts that both go on to advertise are a split brain, within two intervals of the second's first")
    func splitBrain() throws {
        var segment = Segment()
        for second in 0...3 { segment.send(1, priority: 150, at: Int64(second) * 1000) }
        segment.send(2, at: 3400)
        segment.send(1, priority: 150, at: 4000)
        segment.send(2, at: 4400)
        #expect(segment.alarms == [])
        segment.send(1, priority: 150, at: 5000)
        #expect(segment.alarms == [.splitBrain])
        let alarm = try #require(segment.watch.alarms.first)
        #expect(alarm.senders.map(\.address) == [address("10.0.0.1"), address("10.0.0.2")])
        #expect(
            alarm.sentence == "VRID 7 for IPv4 on eth0: 10.0.0.1 (priority 150) and 10.0.0.2 (priority 100) both "
                + "advertise, so that two hosts answer for 10.0.0.100; packets are lost between them, such as in a "
                + "firewall that drops protocol 112")
        #expect(alarm.raised == Segment.time(5000))
        #expect(!alarm.isOver)
    }

    @Test("It is raised once, and over when one of them has given way")
    func splitBrainEnds() {
        var segment = Segment()
        for second in 0...9 {
            segment.send(1, priority: 150, at: Int64(second) * 1000)
            segment.send(2, at: Int64(second) * 1000 + 300)
        }
        #expect(segment.alarms == [.splitBrain])
        for second in 10...20 { segment.send(1, priority: 150, at: Int64(second) * 1000) }
        #expect(segment.alarms == [.splitBrain])
        #expect(segment.watch.alarms.map(\.isOver) == [true])
        for second in 21...25 {
            segment.send(1, priority: 150, at: Int64(second) * 1000)
            segment.send(2, at: Int64(second) * 1000 + 300)
        }
        #expect(segment.alarms == [.splitBrain, .splitBrain])
        #expect(segment.watch.alarms.map(\.isOver) == [true, false])
    }

    @Test("Taking over is none, however it comes about")
    func takingOver() {
        // Preempted: the lower one has sent another before it heard.
        var preempted = Segment()
        for second in 0...5 { preempted.send(2, at: Int64(second) * 1000) }
        preempted.send(1, priority: 150, at: 5990)
        preempted.send(2, at: 6000)
        for second in 7...20 { preempted.send(1, priority: 150, at: Int64(second) * 1000 - 10) }
        // Died, and the other one takes over; resigned, and comes back.
        var died = Segment()
        for second in 0...5 { died.send(1, priority: 150, at: Int64(second) * 1000) }
        for second in 9...12 { died.send(2, at: Int64(second) * 1000) }
        for second in 13...16 { died.send(1, priority: 150, at: Int64(second) * 1000) }
        died.send(1, priority: 0, at: 16_500)
        for second in 17...30 { died.send(2, at: Int64(second) * 1000) }
        // Answered at once by the one that stays.
        var answered = Segment()
        for second in 0...5 { answered.send(1, priority: 150, at: Int64(second) * 1000) }
        answered.send(2, at: 5500)
        answered.send(1, priority: 150, at: 5501)
        for second in 6...12 { answered.send(1, priority: 150, at: Int64(second) * 1000) }
        for segment in [preempted, died, answered] { #expect(segment.alarms == []) }
        #expect(
            died.changes == [
                "1 advertises", "2 advertises", "1 silent", "1 advertises", "2 silent", "1 resigned", "2 advertises",
            ])
    }

    @Test("At ten milliseconds a host may be late without being a second active")
    func shortIntervals() {
        var segment = Segment()
        for turn in 0...20 { segment.send(2, at: Int64(turn) * 10) { sent, _ in sent.interval = .milliseconds(10) } }
        for turn in 0...4 {
            segment.send(1, priority: 150, at: 205 + Int64(turn) * 10) { sent, _ in sent.interval = .milliseconds(10) }
            segment.send(2, at: 210 + Int64(turn) * 10) { sent, _ in sent.interval = .milliseconds(10) }
        }
        #expect(segment.alarms == [])
        for turn in 5...20 {
            segment.send(1, priority: 150, at: 205 + Int64(turn) * 10) { sent, _ in sent.interval = .milliseconds(10) }
            segment.send(2, at: 210 + Int64(turn) * 10) { sent, _ in sent.interval = .milliseconds(10) }
        }
        #expect(segment.alarms == [.splitBrain])
    }

    @Test("Unicast: only who sends to each other can be two actives, and several peers are one advertisement")
    func unicast() {
        func sending(to host: UInt8) -> (inout Advertisement, inout Transmission) -> Void {
            { _, transmission in transmission.destination = .v4(IPv4Address(10, 0, 0, host)) }
        }
        var pairs = Segment()
        var peers = Segment()
        var split = Segment()
        for second in 0...9 {
            let time = Int64(second) * 1000
            // 1 and 2 are a pair, and 3 and 4 another one, with one VRID.
            pairs.send(1, at: time, change: sending(to: 2))
            pairs.send(3, at: time + 300, change: sending(to: 4))
            for peer in [2, 3, 4] as [UInt8] { peers.send(1, at: time, change: sending(to: peer)) }
            split.send(1, at: time, change: sending(to: 2))
            split.send(2, at: time + 300, change: sending(to: 1))
        }
        // One that sends to three peers at once, and one that starts and is heard.
        peers.send(2, at: 9500, change: sending(to: 1))
        peers.send(2, at: 9500, change: sending(to: 3))
        for peer in [2, 3] as [UInt8] { peers.send(1, at: 10_000, change: sending(to: peer)) }
        #expect(pairs.alarms == [])
        #expect(peers.alarms == [])
        #expect(peers.watch.routers.first?.senders.first?.gaps.count == 10)
        #expect(split.alarms == [.splitBrain])
    }

    @Test("Two hosts with one address are told apart by their MAC addresses")
    func oneAddress() {
        var segment = Segment()
        for second in 0...4 {
            segment.send(1, at: Int64(second) * 1000, mac: 0x02_0000_0000_0a)
            segment.send(1, at: Int64(second) * 1000 + 400, mac: 0x02_0000_0000_0b)
        }
        #expect(segment.alarms == [.splitBrain])
        #expect(segment.watch.alarms[0].sentence.contains("10.0.0.1 (priority 100, 02:00:00:00:00:0a)"))
    }

    @Test("VLANs and interfaces are networks of their own")
    func networks() {
        var segment = Segment()
        for second in 0...9 {
            segment.send(1, at: Int64(second) * 1000, vlan: 10)
            segment.send(2, at: Int64(second) * 1000 + 300, vlan: 20)
            segment.send(3, at: Int64(second) * 1000 + 600)
        }
        #expect(segment.alarms == [])
        #expect(segment.watch.routers.map(\.name.vlan) == [nil, 10, 20])
    }

    // MARK: What does not fit together

    @Test("Two owners")
    func owners() {
        var segment = Segment()
        segment.send(1, priority: 255, at: 0)
        segment.send(2, priority: 255, at: 100)
        #expect(segment.alarms == [.duplicateOwner])
    }

    @Test("What differs between two senders, and how it is called")
    func differences() {
        typealias Change = (inout Advertisement, inout Transmission) -> Void
        let version2: Change = { sent, _ in sent.version = .v2 }
        let cases: [(Change, Change, [SniffAlarm.Kind], String)] = [
            ({ _, _ in }, { _, _ in }, [], ""),
            ({ _, _ in }, { sent, _ in sent.interval = .seconds(2) }, [.interval], "every 1 s, and 10.0.0.2"),
            (
                { sent, _ in sent.addresses = [address("10.0.0.100"), address("10.0.0.101")] }, { _, _ in },
                [.addresses], "10.0.0.100, 10.0.0.101, and 10.0.0.2"
            ),
            (
                { _, _ in }, { sent, _ in sent.addresses = [address("10.0.0.200")] }, [.vridClash],
                "two virtual routers have one VRID"
            ),
            ({ _, _ in }, version2, [.vridClash], "sends version 3, and 10.0.0.2 (priority 100) version 2"),
            (
                version2,
                { sent, transmission in
                    sent.version = .v2
                    transmission.authentication = .password(AuthenticationPassword("one".utf8))
                }, [.authentication], "sends no authentication, and 10.0.0.2 (priority 100) a password"
            ),
            (
                { sent, transmission in
                    sent.version = .v2
                    transmission.authentication = .password(AuthenticationPassword("two".utf8))
                },
                { sent, transmission in
                    sent.version = .v2
                    transmission.authentication = .password(AuthenticationPassword("one".utf8))
                }, [.authentication], "different passwords"
            ),
            (
                { _, _ in }, { _, transmission in transmission.checksumForm = .messageOnly },
                [.checksumForm, .checksumForm], "10.0.0.2 (priority 100) computes the checksum of version 3 over"
            ),
        ]
        for (index, (one, other, kinds, words)) in cases.enumerated() {
            var segment = Segment()
            segment.send(1, priority: 150, at: 0, change: one)
            segment.send(2, at: 500, change: other)
            #expect(segment.alarms == kinds, "case \(index)")
            if !words.isEmpty {
                #expect(segment.watch.alarms.contains { $0.sentence.contains(words) }, "case \(index)")
            }
        }
    }

    @Test("A split brain says what keeps the two apart")
    func reasons() {
        var segment = Segment()
        for second in 0...4 {
            for host in [1, 2] as [UInt8] {
                segment.send(host, at: Int64(second) * 1000 + Int64(host) * 300) { sent, transmission in
                    sent.version = .v2
                    transmission.authentication = .password(AuthenticationPassword("secret\(host)".utf8))
                }
            }
        }
        let split = segment.watch.alarms.first { $0.kind == .splitBrain }
        #expect(split?.sentence.hasSuffix("10.0.0.100; their passwords differ") == true)
        #expect(!segment.watch.alarms.contains { $0.sentence.contains("secret") })
    }

    // MARK: What a receiver does not like

    @Test("A TTL that is not 255")
    func hopLimit() {
        var segment = Segment()
        segment.send(1, at: 0) { _, transmission in transmission.hopLimit = 64 }
        segment.send(1, at: 1000) { _, transmission in transmission.hopLimit = 64 }
        #expect(segment.alarms == [.hopLimit])
        #expect(segment.watch.alarms[0].sentence.contains("the TTL is 64 and not 255"))
        for second in 2...8 { segment.send(1, at: Int64(second) * 1000) }
        #expect(segment.watch.alarms.map(\.isOver) == [true])
    }

    @Test("By a configuration: password, interval, addresses, a stranger")
    func configured() {
        let configured = [
            receiver("VI_1", .v2, vrid: 7) { $0.authentication = .password(AuthenticationPassword("right".utf8)) },
            receiver("VI_2", .v3, vrid: 8), receiver("VI_3", .v2, vrid: 9),
        ]
        let password: (String) -> Authentication = { .password(AuthenticationPassword($0.utf8)) }
        let cases: [(String, [SniffAlarm.Kind], (inout Advertisement, inout Transmission) -> Void)] = [
            (
                "right", [],
                {
                    $0.version = .v2
                    $1.authentication = password("right")
                }
            ),
            (
                "wrong", [.authentication],
                {
                    $0.version = .v2
                    $1.authentication = password("wrong")
                }
            ),
            ("none", [.authentication], { sent, _ in sent.version = .v2 }),
            ("version", [.vridClash], { _, _ in }),
            ("as configured", [], { sent, _ in sent.virtualRouterID = 8 }),
            (
                "interval 3", [.interval],
                { sent, _ in
                    sent.virtualRouterID = 8
                    sent.interval = .seconds(2)
                }
            ),
            (
                "interval 2", [.interval],
                { sent, _ in
                    sent.virtualRouterID = 9
                    sent.version = .v2
                    sent.interval = .seconds(2)
                }
            ),
            (
                "addresses", [.addresses],
                { sent, _ in
                    sent.virtualRouterID = 8
                    sent.addresses = [address("10.0.0.9")]
                }
            ),
            ("stranger", [.unknown], { sent, _ in sent.virtualRouterID = 77 }),
        ]
        for (name, kinds, change) in cases {
            var segment = Segment(receivers: configured)
            segment.send(1, at: 0, change: change)
            #expect(segment.alarms == kinds, "\(name)")
        }
    }

    @Test("What this host sends itself is no loop")
    func ownPackets() {
        let own = receiver("VI_1") { $0.ownAddresses = [address("10.0.0.1")] }
        var segment = Segment(receivers: [own])
        segment.send(1, at: 0, isOutgoing: true)
        #expect(segment.alarms == [])
        segment.send(1, at: 1000)
        #expect(segment.alarms == [.unknown])
        var unicast = Segment(receivers: [
            receiver("VI_1") { own in
                own.ownAddresses = [address("10.0.0.1")]
                own.mode = .unicast(peers: [UnicastPeer(address("10.0.0.2"))])
            }
        ])
        unicast.send(1, at: 0, isOutgoing: true) { _, transmission in transmission.destination = address("10.0.0.2") }
        #expect(unicast.alarms == [])
    }

    @Test("The strict policy rejects the other form of the checksum")
    func strict() {
        var segment = Segment(receivers: nil, .strict)
        segment.send(1, at: 0)
        #expect(segment.alarms == [.checksumForm])
    }

    // MARK: Numbers

    @Test("Interval, jitter, priorities, silence")
    func numbers() throws {
        var segment = Segment()
        for (time, priority) in [(0, 100), (1000, 100), (1990, 100), (3010, 90), (4000, 90)] as [(Int64, UInt8)] {
            segment.send(1, priority: priority, at: time)
        }
        let sender = try #require(segment.watch.routers.first?.senders.first)
        #expect(sender.gaps.count == 4)
        #expect(sender.gaps.mean == 1.0)
        #expect(abs((sender.gaps.jitter ?? 0) - 0.014142) < 0.0001)
        #expect(sender.gaps.longest == 1.02)
        segment.pass(to: 8000)
        #expect(segment.watch.routers[0].senders[0].state == .active)
        segment.pass(to: 8200)
        #expect(segment.watch.routers[0].senders[0].state == .silent)
        #expect(segment.changes == ["1 advertises", "1 100→90", "1 silent"])
        // What passes between is no interval.
        segment.send(1, at: 20_000)
        #expect(segment.watch.routers[0].senders[0].gaps.count == 4)
    }

    @Test("Who makes up senders, VRIDs and faults fills no memory")
    func bounds() {
        var segment = Segment()
        for host in 0...200 as ClosedRange<UInt8> { segment.send(host, at: 0) { _, sent in sent.hopLimit = 1 } }
        #expect(segment.watch.routers[0].senders.count == 32)
        #expect(segment.watch.routers[0].hasMoreSenders)
        for vlan in 1...4000 as ClosedRange<UInt16> {
            segment.send(1, at: 1000, vlan: vlan) { _, sent in sent.hopLimit = 1 }
        }
        #expect(segment.watch.routers.count == 2048)
        #expect(segment.watch.ofMoreRouters == 4001 - 2048)
        #expect(segment.watch.alarms.count == 1000)
        #expect(segment.watch.moreAlarms == 32 + 2047 - 1000)
        #expect(segment.watch.packets == 4201)
    }

    @Test("A clock that goes back does not matter")
    func backwards() {
        var segment = Segment()
        segment.send(1, at: 10_000)
        segment.send(1, at: 9000)
        segment.send(1, at: 11_000)
        #expect(segment.changes == ["1 advertises"])
        #expect(segment.watch.routers.first?.senders.first?.gaps.longest == 1.0)
    }
}
