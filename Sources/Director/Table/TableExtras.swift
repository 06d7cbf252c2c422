import Addresses
import IPVS
import IPVSModel
import KeepalivedConfig
import VRRPProtocol

/// What else of the kernel's IPVS follows the configuration: the daemons that synchronise connections, and how long idle
/// connections are kept.
///
/// `lvs_sync_daemon` with an instance has the master daemon run while the instance is master and the backup daemon
/// otherwise; without one both run. A daemon of the same role that somebody else has started gives way to ours; roles
/// that are not asked for are left alone.
final class TableExtras {
    private let kernel: any KernelTable
    private let states: KnownStates
    private let time: any Timekeeper
    private let log: Log
    private var configuration = Configuration()
    private var definition: Definition?
    private var timeouts: DirectorDefinitions.Timeouts?
    private var masters: Set<String> = []
    /// By role, as they were asked for.
    private var running: [SyncDaemon.Role: SyncDaemon] = [:]

    private struct Definition: Hashable {
        var daemon: SyncDaemon
        var instance: String?
    }

    init(_ kernel: any KernelTable, states: KnownStates, time: any Timekeeper, log: Log) {
        self.kernel = kernel
        self.states = states
        self.time = time
        self.log = log
    }

    /// Nothing is changed before `carryOut`.
    func configure(_ configuration: Configuration) {
        definition = Self.definition(in: configuration)
        timeouts = configuration.global.director.timeouts.value
        if let name = definition?.instance, !configuration.instances.contains(where: { $0.name.value == name }) {
            log.warning(
                "lvs_sync_daemon follows the vrrp_instance \(name), which is not there: no daemon runs",
                event: "configuration")
            definition = nil
        }
    }

    var isNeeded: Bool { definition != nil || timeouts != nil || !running.isEmpty || states.originalTimeouts != nil }

    func instance(_ name: String, isMaster: Bool) {
        if isMaster { masters.insert(name) } else { masters.remove(name) }
    }

    /// `lvs_sync_daemon`, or the old `lvs_sync_daemon_interface` of an instance.
    private static func definition(in configuration: Configuration) -> Definition? {
        if let written = configuration.global.director.syncDaemon.value {
            let instance = configuration.instances.first { $0.name.value == written.instance }
            let number = written.identifier ?? instance?.virtualRouterID.value ?? 0
            return Definition(
                daemon: SyncDaemon(
                    role: .master, interface: written.interface, syncID: UInt32(clamping: number),
                    maximumLength: written.maximumLength.map { UInt16(clamping: $0) }, group: written.group,
                    port: written.port.map { UInt16(clamping: $0) },
                    timeToLive: written.ttl.map { UInt8(clamping: $0) }),
                instance: written.instance)
        }
        for instance in configuration.instances {
            guard let interface = instance.syncDaemonInterface.value else { continue }
            return Definition(
                daemon: SyncDaemon(role: .master, interface: interface), instance: instance.name.value)
        }
        return nil
    }

    // MARK: Daemons

    private var wantedDaemons: [SyncDaemon] {
        guard let definition else { return [] }
        let roles: [SyncDaemon.Role]
        if let instance = definition.instance {
            roles = [masters.contains(instance) ? .master : .backup]
        } else {
            roles = [.master, .backup]
        }
        return roles.map {
            var daemon = definition.daemon
            daemon.role = $0
            return daemon
        }
    }

    /// Makes daemons and timeouts what they should be now.
    func carryOut() {
        changeDaemons(to: wantedDaemons)
        changeTimeouts()
    }

    private func changeDaemons(to wanted: [SyncDaemon]) {
        let byRole = Dictionary(wanted.map { ($0.role, $0) }) { first, _ in first }
        guard byRole != running || states.ownsDaemons else { return }
        do throws(IPVSError) {
            let found = try kernel.daemons()
            // What ends makes room: an interface's multicast group is joined once.
            for daemon in found where byRole[daemon.role] == nil {
                guard running[daemon.role] != nil || states.ownedDaemons.contains(daemon.role) else { continue }
                try kernel.stop(daemon)
                log.notice("the \(daemon.role.words) has ended", event: "sync-daemon", ["role": "\(daemon.role)"])
            }
            for role in running.keys where byRole[role] == nil { running[role] = nil }
            for daemon in wanted where running[daemon.role] != daemon {
                try run(daemon, in: found)
            }
        } catch {
            log.limited(
                "sync daemon \(error)", at: time.now, .error,
                "the connection synchronisation of lvs_sync_daemon is not as it should be: \(error.reason)",
                event: "sync-daemon")
        }
        states.ownedDaemons = Set(running.keys)
    }

    private func run(_ daemon: SyncDaemon, in found: [SyncDaemon]) throws(IPVSError) {
        if let other = found.first(where: { $0.role == daemon.role }) {
            // As it is asked for, as far as anything is: started by a predecessor, or by hand. It goes on.
            if running[daemon.role] == nil, other.does(daemon) {
                running[daemon.role] = daemon
                return
            }
            try kernel.stop(other)
        }
        running[daemon.role] = nil
        try kernel.start(daemon)
        running[daemon.role] = daemon
        log.notice(
            "the \(daemon.role.words) runs on \(daemon.interface)", event: "sync-daemon",
            ["role": "\(daemon.role)", "interface": daemon.interface])
    }

    // MARK: Timeouts

    private func changeTimeouts() {
        do throws(IPVSError) {
            guard let timeouts else {
                if let original = states.originalTimeouts {
                    try kernel.set(original)
                    states.originalTimeouts = nil
                }
                return
            }
            let present = try kernel.timeouts()
            let original = states.originalTimeouts ?? present
            let wanted = original.with(timeouts)
            states.originalTimeouts = original
            if wanted != present { try kernel.set(wanted) }
        } catch {
            log.limited(
                "timeouts", at: time.now, .error, "lvs_timeouts cannot be set: \(error.reason)", event: "table-refused")
        }
    }

    /// Ends the daemons that run and puts the timeouts back.
    func stop() {
        timeouts = nil
        changeTimeouts()
        changeDaemons(to: [])
    }
}

extension SyncDaemon {
    /// Whether this daemon, as the kernel shows it, does what the other one asks for.
    fileprivate func does(_ asked: SyncDaemon) -> Bool {
        interface == asked.interface && syncID == asked.syncID
            && (asked.maximumLength == nil || asked.maximumLength == maximumLength)
            && (group ?? Self.usualGroup) == (asked.group ?? Self.usualGroup)
            && (port ?? 8848) == (asked.port ?? 8848) && (timeToLive ?? 1) == (asked.timeToLive ?? 1)
    }

    private static var usualGroup: IPAddress { .v4(IPv4Address(224, 0, 0, 81)) }
}

extension SyncDaemon.Role {
    fileprivate var words: String {
        switch self {
        case .master: "sync daemon that sends connections"
        case .backup: "sync daemon that receives connections"
        }
    }
}

extension ConnectionTimeouts {
    /// 0 leaves a timeout as it is, like a missing one.
    fileprivate func with(_ written: DirectorDefinitions.Timeouts) -> ConnectionTimeouts {
        func value(_ number: Int?, _ present: UInt32) -> UInt32 {
            number.map { $0 == 0 ? present : UInt32(clamping: $0) } ?? present
        }
        return ConnectionTimeouts(
            tcp: value(written.tcp, tcp), tcpFin: value(written.tcpFin, tcpFin), udp: value(written.udp, udp))
    }
}
