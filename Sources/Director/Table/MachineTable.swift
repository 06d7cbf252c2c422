import Glibc
package import IPVS
package import IPVSModel
package import Reactor
import Routing
import VRRPProtocol

/// The table of this machine's kernel, in the network namespace of the process or in another one.
package final class MachineTable: KernelTable {
    private let loop: EventLoop
    private var table: VirtualServerTable
    private var isOpen = false
    private var isLoading = false
    /// When the module is to be loaded again, and how long after that: a kernel that does not have it will hardly get it,
    /// and the attempt starts a process.
    private var nextLoading: Instant?
    private var pause = MachineTable.shortestPause

    private static let shortestPause = Duration.seconds(1)
    private static let longestPause = Duration.seconds(60)

    /// Opens the sockets. Before the process gives up its rights: it may not enter another namespace later.
    ///
    /// - Parameters:
    ///   - namespace: By the name that `ip netns` gives it or by a path; nil for that of the process.
    ///   - loadsModule: Whether the kernel's module is loaded where it is missing, and waited for.
    package init(in namespace: String?, loadsModule: Bool, loop: EventLoop) throws(DirectorError) {
        self.loop = loop
        do {
            if let namespace {
                var opened: VirtualServerTable?
                try NetworkNamespace.visit(namespace.hasPrefix("/") ? namespace : "/run/netns/" + namespace) {
                    () throws(IPVSError) in
                    opened = try VirtualServerTable.detached()
                }.get()
                guard let opened = opened.take() else { throw IPVSError.unavailable }
                table = opened
            } else {
                table = try VirtualServerTable.detached()
            }
        } catch {
            throw DirectorError("the kernel's table of virtual servers cannot be reached: \(error)")
        }
        do {
            try attach()
        } catch {
            guard loadsModule else { return }
            KernelModule.load()
            try? attach()
        }
    }

    package func open() throws(IPVSError) {
        if isOpen { return }
        do throws(IPVSError) {
            try attach()
        } catch {
            load()
            throw error
        }
    }

    private func attach() throws(IPVSError) {
        try table.attach()
        isOpen = true
        nextLoading = nil
        pause = Self.shortestPause
    }

    /// Loads the module beside the loop, at growing intervals. Whoever asks again will see whether that helped.
    private func load() {
        if let nextLoading, loop.now < nextLoading { return }
        guard !isLoading, let process = KernelModule.startLoading() else { return }
        isLoading = true
        nextLoading = loop.now + pause
        pause = min(pause * 2, Self.longestPause)
        do {
            try loop.onExit(of: process) { [weak self] _ in self?.isLoading = false }
        } catch {
            isLoading = false
        }
    }

    // MARK: Requests

    /// A family that is not there any more answers ENOENT to everything, as a missing scheduler does to a new service.
    /// So whether it is there is asked when something was refused so.
    private func with<Value>(
        _ body: (borrowing VirtualServerTable) throws(IPVSError) -> Value
    ) throws(IPVSError) -> Value {
        guard isOpen else { throw .unavailable }
        do throws(IPVSError) {
            return try body(table)
        } catch {
            if error.errno == ENOENT, !isThere { throw .unavailable }
            throw error
        }
    }

    private var isThere: Bool {
        do throws(IPVSError) {
            _ = try table.information()
            return true
        } catch {
            isOpen = error.errno != ENOENT
            return isOpen
        }
    }

    package func apply(_ changes: [TableChange]) throws(IPVSError) -> [(index: Int, error: IPVSError)] {
        let failures = try with { table throws(IPVSError) in try table.apply(changes).failures }
        if failures.contains(where: { $0.error.errno == ENOENT }), !isThere { throw .unavailable }
        return failures
    }

    package func empty() throws(IPVSError) { try with { table throws(IPVSError) in try table.flush() } }

    package func services() throws(IPVSError) -> [ServiceEntry] {
        try with { table throws(IPVSError) in try table.services() }
    }

    package func forEachIPv4Service(_ body: (VirtualService, UInt32) -> Void) -> Bool {
        isOpen && table.forEachIPv4Service(body)
    }

    package func service(_ identity: VirtualService.Identity) throws(IPVSError) -> VirtualService? {
        do throws(IPVSError) {
            return try with { table throws(IPVSError) in try table.service(identity).service }
        } catch .refused(.readService, errno: ESRCH) {
            return nil
        }
    }

    package func readServers(
        of identity: VirtualService.Identity, count: UInt32?, into servers: inout [ServerEntry]
    ) throws(IPVSError) {
        var read = servers
        servers = []
        defer { servers = read }
        try with { table throws(IPVSError) in try table.readServers(of: identity, count: count, into: &read) }
    }

    package func measure(
        _ identity: VirtualService.Identity
    ) throws(IPVSError) -> (service: Statistics, servers: [MeasuredServer])? {
        do throws(IPVSError) {
            return try with { table throws(IPVSError) in
                (try table.service(identity).statistics, try table.measuredServers(of: identity))
            }
        } catch .refused(.readService, errno: ESRCH) {
            return nil
        }
    }

    package func timeouts() throws(IPVSError) -> ConnectionTimeouts {
        try with { table throws(IPVSError) in try table.timeouts() }
    }

    package func set(_ timeouts: ConnectionTimeouts) throws(IPVSError) {
        try with { table throws(IPVSError) in try table.set(timeouts) }
    }

    package func daemons() throws(IPVSError) -> [SyncDaemon] {
        try with { table throws(IPVSError) in try table.daemons() }
    }

    package func start(_ daemon: SyncDaemon) throws(IPVSError) {
        try with { table throws(IPVSError) in try table.start(daemon) }
    }

    package func stop(_ daemon: SyncDaemon) throws(IPVSError) {
        try with { table throws(IPVSError) in try table.stop(daemon) }
    }
}
