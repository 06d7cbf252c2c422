import VRRPProtocol

/// What must hold at each instant.
extension InvariantMonitor {
    /// Before anything happens at `now`, which is later than all that has happened.
    mutating func advance(to now: Int64) {
        for router in 0..<routerCount {
            if activeCount[router] != 1 {
                if activeCount[router] == 0 {
                    checkAbsence(of: router, at: now)
                } else {
                    checkOverlap(of: router, at: now)
                }
            }
            for node in 0..<nodeCount where scheduledSince[node] < now {
                checkTimers(of: router, at: node, now)
            }
        }
    }

    private mutating func checkTimers(of router: Int, at node: Int, _ now: Int64) {
        let index = seat(node, router)
        switch seats[index].state {
        case .active:
            let since = max(seats[index].lastSent, scheduledSince[node])
            if now &- since > bounds.advertisementGap(interval: seats[index].interval) {
                report(.silence, at: now, "\(name(node, router)) is active and has been silent for \(now &- since) ns")
            }
        case .backup:
            guard !isGrouped[router] else { return }
            // A timer that was overdue when the priority changed may be put off by the new skew time.
            let skew = seats[index].skew(interval: seats[index].timerInterval)
            let since = max(seats[index].timerEnd, scheduledSince[node], seats[index].prioritySince &+ skew)
            if now &- since > bounds.wakeUp {
                report(.lateTakeover, at: now, "the time of \(name(node, router)) came at \(seats[index].timerEnd) ns")
            }
        default:
            break
        }
    }

    private mutating func checkAbsence(of router: Int, at now: Int64) {
        let absent = absentSince[router]
        guard now > absent, !isGrouped[router] else { return }
        for node in 0..<nodeCount where scheduledSince[node] <= now {
            let seat = seats[seat(node, router)]
            guard seat.state == .backup else { continue }
            let candidateSince = max(seat.stateSince, scheduledSince[node])
            let since = max(absent, candidateSince)
            if now &- since > bounds.absence {
                report(
                    .absence, at: now, "nobody is active, and \(name(node, router)) could be, for \(now &- since) ns")
            }
            guard keepsOrder, let resignation = resignation[router], candidateSince < resignation.time,
                seat.prioritySince < resignation.time, resignation.time == absent
            else { continue }
            checkHandover(to: node, router, from: resignation.node, since: resignation.time, at: now)
        }
    }

    /// Only where the backup has certainly heard the resignation, and nothing of another router after it.
    private mutating func checkHandover(to node: Int, _ router: Int, from: Int, since: Int64, at now: Int64) {
        let seat = seats[seat(node, router)]
        guard lastLoss[path(from, node, router)] < since else { return }
        for other in 0..<nodeCount where other != from && other != node {
            if seats[self.seat(other, router)].lastSent >= since &- bounds.delay &- bounds.wakeUp { return }
        }
        if now &- since > bounds.handover(skew: seat.skew(interval: bounds.longestInterval)) {
            report(.handover, at: now, "node \(from) resigned at \(since) ns, and \(name(node, router)) still waits")
        }
    }

    private mutating func checkOverlap(of router: Int, at now: Int64) {
        for winner in 0..<nodeCount where scheduledSince[winner] < now {
            let strong = seats[seat(winner, router)]
            guard strong.state == .active else { continue }
            for loser in 0..<nodeCount where loser != winner && scheduledSince[loser] < now {
                let weak = seats[seat(loser, router)]
                guard weak.state == .active, weak.isBeaten(by: strong) else { continue }
                let since = max(
                    max(strong.stateSince, weak.stateSince), max(strong.prioritySince, weak.prioritySince),
                    max(scheduledSince[winner], scheduledSince[loser]))
                let bound = bounds.overlap(
                    interval: strong.interval, lost: lost[path(winner, loser, router)])
                if now &- since > bound {
                    report(
                        .overlap, at: now,
                        "node \(loser) should have yielded to node \(winner) within \(bound) ns, "
                            + "after \(lost[path(winner, loser, router)]) lost advertisements")
                }
            }
        }
    }

    /// A router becomes active.
    mutating func checkTakeover(because event: VirtualRouter.Event, node: Int, router: Int, at now: Int64) {
        let own = seats[seat(node, router)]
        guard !isGrouped[router], own.state == .backup else { return }
        if now < own.timerEnd {
            report(.earlyTakeover, at: now, "\(name(node, router)) had time until \(own.timerEnd) ns")
        }
        // The shortest time in which a backup may give up an active router must be longer than the time in which it
        // certainly hears of it.
        for other in 0..<nodeCount where other != node && scheduledSince[other] < now {
            let seat = seats[self.seat(other, router)]
            guard seat.state == .active, seat.priority >= own.priority || !own.preempts else { continue }
            let certain = bounds.advertisementGap(interval: seat.interval) &+ bounds.delay &+ bounds.wakeUp
            let since = max(
                max(seat.stateSince, seat.prioritySince, own.prioritySince),
                max(scheduledSince[other], scheduledSince[node], lastLoss[path(other, node, router)]))
            guard now &- since > certain, own.stateSince < now &- certain else { continue }
            if let resigned = own.resigned {
                // The active router must have heard the resignation too, and its answer be in time but not so fast
                // that it overtook the resignation.
                let answer = 2 &* bounds.delay &+ 2 &* bounds.wakeUp
                guard bounds.delay < 2 &* bounds.shortestDelay, own.timerEnd &- own.timerSince > answer,
                    resigned != other,
                    lastLoss[path(resigned, other, router)] < own.timerSince &- bounds.delay &- bounds.wakeUp,
                    since < own.timerSince &- bounds.delay &- bounds.wakeUp
                else { continue }
            } else if own.timerEnd &- own.timerSince <= certain {
                continue
            }
            report(
                .needlessTakeover, at: now,
                "\(name(node, router)) takes over from node \(other), which it has heard and must obey")
        }
    }

    /// A router has become active while this advertisement waited in its receive buffer.
    mutating func takesOver(despite heard: HeardAdvertisement, node: Int, router: Int, at now: Int64) {
        let own = seats[seat(node, router)]
        guard heard.priority != 0, heard.priority >= own.priority || !own.preempts else {
            return
        }
        report(
            .needlessTakeover, at: now,
            "\(name(node, router)) takes over and has not looked at an advertisement that it has received")
    }

    /// An active router becomes something else.
    mutating func checkYield(
        _ transition: Transition, because event: VirtualRouter.Event, node: Int, router: Int, at now: Int64
    ) {
        guard !isGrouped[router], case .advertisement(let heard) = event else { return }
        let own = seats[seat(node, router)]
        if transition.to != .backup || !own.isBeaten(by: heard) {
            report(
                .needlessYield, at: now,
                "\(name(node, router)) of priority \(own.priority) yields to \(heard.priority) of \(heard.source)")
        }
    }

    /// When everything has been well for `TimeBounds.settling`: exactly one router is active, and it is the right one.
    ///
    /// The right one is not always that of the highest priority. It is one that no other node that could be active is
    /// entitled to replace: none has a higher effective priority and preempts. Of equal ones, any: a backup obeys its
    /// equals, so who came first stays, until two of them are active at once; then the higher address remains, which
    /// the rules on yielding check. A node whose `preempt_delay` runs becomes entitled later; the delay is part of the
    /// time to settle.
    package mutating func checkSettled(at now: Int64) {
        for router in 0..<routerCount {
            var candidates: [Int] = []
            for node in 0..<nodeCount where scheduledSince[node] <= now {
                let state = seats[seat(node, router)].state
                if state == .active || state == .backup { candidates.append(node) }
            }
            guard !candidates.isEmpty else { continue }
            let active = candidates.filter { seats[seat($0, router)].state == .active }
            guard active.count == 1, let only = active.first else {
                report(.settling, at: now, "\(active.count) routers are active when all has been well for long enough")
                continue
            }
            let chosen = seats[seat(only, router)]
            for node in candidates where node != only && !isGrouped[router] {
                let other = seats[seat(node, router)]
                if other.priority > chosen.priority, other.preempts {
                    report(
                        .wrongActive, at: now,
                        "node \(only) of priority \(chosen.priority) is active, and \(node) has \(other.priority)")
                }
            }
        }
    }
}
