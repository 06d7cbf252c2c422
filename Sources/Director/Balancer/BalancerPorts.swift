package import Addresses
package import HealthChecks
package import KeepalivedConfig
import VRRPProtocol

/// The kernel's table, as far as it is this daemon's. Places are those of the configuration that was given last:
/// `service` in its `virtualServers`, `server` in that one's `realServers`.
package protocol ServiceTable: AnyObject {
    /// Takes up a configuration. The kernel is not asked for anything before `start` or `flush`.
    func configure(_ configuration: Configuration)
    /// Says what is wanted of a real server: its weight, 0 for no new connections, nil for not in the table.
    func set(service: Int, server: Int, weight: Int?)
    /// The same of the sorry server.
    func setSorry(service: Int, weight: Int?)
    /// Brings the table to what is wanted for the first time and takes over what is there.
    ///
    /// - Parameter isReplacement: whether a worker that crashed left it so.
    func start(isReplacement: Bool)
    /// Carries out what has changed since, as one batch.
    func flush()
    /// How many connections the kernel has to a real server, in all services of its virtual server; nil where it has no
    /// such server.
    func connections(service: Int, server: Int) -> (active: Int, inactive: Int)?
    /// A virtual router has become active, or is it no more: the sync daemon may follow it.
    func instance(_ name: String, isMaster: Bool)
    /// Begins to read what the kernel has counted of a virtual server; nil where the kernel has no table.
    func traffic(of service: Int) -> TrafficReading?
    /// Leaves the table as `lvs_flush_on_stop` says.
    func stop()
}

/// Who makes the probes of a configuration's checks.
package protocol ProbeSource: AnyObject {
    /// Takes up another configuration's credentials, names and users.
    func update(to configuration: Configuration)
    /// A probe of a real server; nil for a check that is told and not asked: a file, a session.
    func probe(_ checker: Checker, of server: RealServer, in service: VirtualServer) -> (any Probe)?
}

/// Which addresses this host has, whoever put them there.
package protocol HostAddresses: AnyObject {
    func holds(_ address: IPAddress) -> Bool
    func holdsAny(from first: IPAddress, through last: IPAddress) -> Bool
    /// Has `changed` called when addresses have come or gone.
    func observeAddresses(_ changed: @escaping () -> Void)
}

/// The sessions of BFD, which BFD_CHECKs are told of.
package protocol SessionSource: AnyObject {
    /// Has `body` called whenever a session comes up or goes down.
    func observe(_ body: @escaping (_ name: String, _ isUp: Bool) -> Void)
    /// Whether a session is up; nil if there is none of that name.
    func isUp(_ name: String) -> Bool?
}
