import BFDProtocol
import Glibc
package import KeepalivedConfig
import PacketFormats
package import Reactor
import VRRPProtocol

/// The BFD sessions of a configuration: what runs them, and who is told when one comes up or goes down.
package final class BFDSessions {
    let time: any Timekeeper
    let wire: any BFDWire
    let log: Log
    let random: () -> UInt64
    private var sessions: [String: RunningSession] = [:]
    private var directory = SessionDirectory()
    private var observers: [(String, Bool) -> Void] = []
    private var heard: Set<BFDSegment> = []
    private var retry: (any Alarm)?

    /// Between two attempts to open a port that somebody else has.
    private static let retryInterval = Duration.seconds(1)

    /// Nothing is opened before `update`.
    ///
    /// - Parameter random: For discriminators, source ports and jitter; nobody outside may be able to guess it.
    package init(time: any Timekeeper, wire: any BFDWire, log: Log, random: @escaping () -> UInt64) {
        self.time = time
        self.wire = wire
        self.log = log
        self.random = random
        retry = time.alarm { [unowned self] _ in listen() }
    }

    /// This machine's.
    package convenience init(loop: EventLoop, log: Log) {
        self.init(time: loop, wire: MachineBFDWire(loop: loop), log: log) { .random(in: 0...(.max)) }
    }

    /// Has `body` called with the name of each session that comes up (true) or is up no more (false), from now on. A
    /// session that was up and is not in a new configuration any more is told as down.
    package func observe(_ body: @escaping (_ name: String, _ isUp: Bool) -> Void) {
        observers.append(body)
    }

    /// Whether a session is up; nil if there is none of that name. Before it has come up once it is not.
    package func isUp(_ name: String) -> Bool? { sessions[name]?.session.isUp }

    /// Runs the sessions of a configuration. One that is with the same neighbour as before goes on, with a poll where
    /// intervals are others.
    package func update(to configuration: Configuration) {
        let old = sessions
        var kept: [String: RunningSession] = [:]
        var fresh: [RunningSession] = []
        for instance in configuration.bfdInstances {
            let name = instance.name.value
            guard let endpoints = instance.endpoints, kept[name] == nil else { continue }
            if let running = old[name], running.endpoints == endpoints {
                kept[name] = running
                continue
            }
            let running = RunningSession(
                name, endpoints, instance.hops, instance.session, discriminator: freshDiscriminator(), of: self)
            directory.insert(name, endpoints, instance.hops, discriminator: running.session.localDiscriminator)
            kept[name] = running
            fresh.append(running)
        }
        for (name, running) in old where kept[name] !== running { end(running) }
        sessions = kept
        for instance in configuration.bfdInstances {
            guard let running = old[instance.name.value], kept[instance.name.value] === running else { continue }
            running.set(instance.hops)
            directory.insert(
                running.name, running.endpoints, instance.hops, discriminator: running.session.localDiscriminator)
            running.handle(.reconfigured(instance.session))
        }
        listen()
        for running in fresh { running.handle(.start) }
    }

    /// Ends all sessions; each neighbour is told.
    package func stop() {
        for running in sessions.values { end(running) }
        sessions = [:]
        listen()
    }

    private func end(_ running: RunningSession) {
        running.handle(.stop)
        directory.remove(discriminator: running.session.localDiscriminator)
    }

    private func freshDiscriminator() -> UInt32 {
        while true {
            let number = UInt32(truncatingIfNeeded: random())
            if number != 0, !directory.contains(number) { return number }
        }
    }

    // MARK: What is heard

    /// Opens the ports that the sessions need, and no others.
    private func listen() {
        let wanted = Set(sessions.values.map { BFDSegment($0.endpoints) })
        for segment in heard.subtracting(wanted) { wire.stopListening(on: segment) }
        heard.formIntersection(wanted)
        for segment in wanted.subtracting(heard) {
            do throws(ReactorError) {
                try wire.listen(on: segment) { [unowned self] in hear($0, isMultihop: segment.isMultihop) }
                heard.insert(segment)
            } catch {
                log.limited(
                    "bfd listen \(segment)", at: time.now, .error,
                    "BFD hears nothing: \(error.operation): \(String(cString: strerror(error.code)))", event: "bfd-deaf"
                )
            }
        }
        retry?.set(heard == wanted ? nil : time.now + Self.retryInterval)
    }

    private func hear(_ datagram: ReceivedDatagram, isMultihop: Bool) {
        do throws(BFDRejection) {
            let packet = try BFDControlPacket(parsing: datagram.payload)
            let name = try directory.session(
                for: ReceivedPacket(
                    packet, from: datagram.sender, to: datagram.receiver, hopLimit: datagram.hopLimit,
                    isMultihop: isMultihop))
            sessions[name]?.handle(.received(packet))
        } catch {
            let sender = "\(datagram.sender)"
            log.limited(
                "bfd \(sender) \(error.rawValue)", at: time.now, .info,
                "a BFD packet from \(sender) is discarded: \(error.rawValue)", event: "bfd-rejected",
                ["neighbor": sender, "reason": error.rawValue])
        }
    }

    // MARK: What is told

    func tell(_ change: Session.Change, of running: RunningSession) {
        log(change, of: running)
        guard (change.from == .up) != (change.to == .up) else { return }
        for observer in observers { observer(running.name, change.to == .up) }
    }
}
