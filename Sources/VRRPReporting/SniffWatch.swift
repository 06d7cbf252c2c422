import Addresses
package import PacketFormats
package import VRRPProtocol

/// What goes on among the virtual routers of a network, from the packets that are heard there: who sends what, how
/// regularly, and what is wrong with it.
///
/// It has no clock: each packet comes with its instant, and `pass` says that time goes by. Whoever makes up packets
/// cannot fill the memory: routers, senders and alarms are bounded, and what is beyond is counted.
package struct SniffWatch: Sendable {
    /// By interface, VLAN, family and VRID.
    package var routers: [SniffedRouter] { table.sorted { $0.name < $1.name } }
    /// All that were raised, in order; the first 1,000.
    package private(set) var alarms: [SniffAlarm] = []
    /// Alarms that were raised beyond those.
    package private(set) var moreAlarms = 0
    /// VRRP packets that were heard.
    package private(set) var packets = 0
    /// Of these, those whose message could not be read so far as to know its VRID.
    package private(set) var unreadable = 0
    /// Of these, those of routers beyond the first 2,048.
    package private(set) var ofMoreRouters = 0

    private var table: [SniffedRouter] = []
    private var places: [SniffedRouter.Name: Int] = [:]
    private var now = Instant(nanoseconds: .min)
    private var nextLook = Instant(nanoseconds: .min)

    private static let alarmLimit = 1000
    private static let routerLimit = 2048
    /// How often senders are looked at that are not heard.
    private static let lookInterval = Duration.milliseconds(100)

    package init() {}

    /// Takes in a packet. A packet that is earlier than one before counts as simultaneous with that.
    package mutating func hear(_ packet: SniffedPacket, at instant: Instant, into events: inout [SniffEvent]) {
        pass(to: instant, time: packet.time, into: &events)
        packets += 1
        guard let identity = packet.identity else {
            unreadable += 1
            return
        }
        let name = SniffedRouter.Name(
            interface: packet.interface, vlan: packet.vlan, family: packet.source.family,
            virtualRouterID: identity.virtualRouterID)
        guard let place = place(of: name) else {
            ofMoreRouters += 1
            return
        }
        table[place].instance = packet.instance ?? table[place].instance
        // A fragment is no packet that a router would see, and one that is sent again says nothing about its sender.
        switch packet.outcome {
        case .rejected(.fragment), .rejected(.replayError): break
        case .accepted, .rejected, .truncated: listen(to: packet, identity.priority, at: place, into: &events)
        }
        if case .rejected(.replayError) = packet.outcome { note(replayed: packet, at: place) }
        judge(place, at: packet.time, into: &events)
    }

    /// Lets time pass: senders that are not heard any more become silent, and what is right again is over.
    ///
    /// - Parameter time: The calendar's time, for what is told.
    package mutating func pass(to instant: Instant, time: WallTime?, into events: inout [SniffEvent]) {
        now = max(now, instant)
        guard now >= nextLook else { return }
        nextLook = now + Self.lookInterval
        for place in table.indices {
            for index in table[place].senders.indices {
                let sender = table[place].senders[index]
                guard sender.state == .active, now - sender.lastHeard > sender.downInterval else { continue }
                table[place].senders[index].state = .silent
                tell(.silent, place, index, time, into: &events)
            }
            if !table[place].open.isEmpty { judge(place, at: time, into: &events) }
        }
    }

    // MARK: Senders

    private mutating func place(of name: SniffedRouter.Name) -> Int? {
        if let known = places[name] { return known }
        guard table.count < Self.routerLimit else { return nil }
        places[name] = table.count
        table.append(SniffedRouter(name))
        return table.count - 1
    }

    private mutating func listen(
        to packet: SniffedPacket, _ priority: UInt8, at place: Int, into events: inout [SniffEvent]
    ) {
        let name = SniffSenderName(address: packet.source, mac: packet.sourceMAC)
        guard let version = packet.identity?.version,
            let index = table[place].place(of: name, version: version, at: now)
        else { return }
        let before = table[place].senders[index]
        table[place].senders[index].hear(packet, priority: priority, at: now)
        let after = table[place].senders[index]
        if before.packets == 0 || before.state != after.state {
            tell(after.state == .resigned ? .resigned : .advertises, place, index, packet.time, into: &events)
        } else if before.priority != after.priority {
            tell(.priority(before.priority), place, index, packet.time, into: &events)
        }
    }

    /// Remembers what is wrong with a packet that is not taken for one of its sender's own.
    private mutating func note(replayed packet: SniffedPacket, at place: Int) {
        let name = SniffSenderName(address: packet.source, mac: packet.sourceMAC)
        guard let version = packet.identity?.version,
            let index = table[place].place(of: name, version: version, at: now)
        else { return }
        table[place].senders[index].packets += 1
        table[place].senders[index].rejected += 1
        table[place].senders[index].lastHeard = now
        table[place].senders[index].last = packet
    }

    private func tell(
        _ change: SniffEvent.Change, _ place: Int, _ index: Int, _ time: WallTime?, into events: inout [SniffEvent]
    ) {
        events.append(
            SniffEvent(change: change, router: table[place].name, sender: table[place].senders[index], time: time))
    }

    // MARK: Alarms

    /// Raises what has become wrong with a router, and ends what has been right for a while.
    private mutating func judge(_ place: Int, at time: WallTime?, into events: inout [SniffEvent]) {
        let router = table[place]
        for cause in router.causes(at: now) {
            if router.open[cause] != nil {
                table[place].open[cause]?.lastTrue = now
                continue
            }
            let alarm = SniffAlarm(
                cause: cause, router: router.name, sentence: router.sentence(about: cause), raised: time)
            if alarms.count < Self.alarmLimit {
                table[place].open[cause] = SniffedRouter.OpenAlarm(place: alarms.count, lastTrue: now)
                alarms.append(alarm)
                events.append(SniffEvent(change: .alarm(alarm), router: router.name, sender: nil, time: time))
            } else {
                table[place].open[cause] = SniffedRouter.OpenAlarm(place: nil, lastTrue: now)
                moreAlarms += 1
            }
        }
        for (cause, open) in table[place].open where now - open.lastTrue > router.patience {
            table[place].open[cause] = nil
            guard let alarm = open.place else { continue }
            alarms[alarm].isOver = true
            events.append(
                SniffEvent(change: .isOver(alarms[alarm]), router: router.name, sender: nil, time: time))
        }
    }
}
