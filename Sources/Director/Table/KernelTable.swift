package import IPVS
package import IPVSModel

/// The kernel's table of virtual servers, as far as the daemon needs it. Before `open` has succeeded every other call
/// throws `.unavailable`, and so does a call after the kernel's IPVS has gone.
package protocol KernelTable: AnyObject {
    /// Finds the kernel's IPVS. Where it is missing its module is being loaded when this throws `.unavailable`.
    func open() throws(IPVSError)
    /// Carries the changes out in order, and goes on after those that are refused.
    ///
    /// - Returns: The refusals, by the index of their change.
    func apply(_ changes: [TableChange]) throws(IPVSError) -> [(index: Int, error: IPVSError)]
    /// Removes every service, whoever made it.
    func empty() throws(IPVSError)

    func services() throws(IPVSError) -> [ServiceEntry]
    /// Hands over each IPv4 service, without its persistence engine, and how many servers it has; much faster than
    /// `services()`.
    ///
    /// - Returns: Whether they can be read so.
    func forEachIPv4Service(_ body: (VirtualService, UInt32) -> Void) -> Bool
    /// Nil where the service is not there.
    func service(_ identity: VirtualService.Identity) throws(IPVSError) -> VirtualService?
    /// - Parameter count: How many there are, where that is known: it makes IPv4 much faster.
    func readServers(
        of identity: VirtualService.Identity, count: UInt32?, into servers: inout [ServerEntry]) throws(IPVSError)

    /// What is counted of a service and of each of its servers; nil where the service is not there.
    func measure(
        _ identity: VirtualService.Identity
    ) throws(IPVSError) -> (service: Statistics, servers: [MeasuredServer])?

    func timeouts() throws(IPVSError) -> ConnectionTimeouts
    func set(_ timeouts: ConnectionTimeouts) throws(IPVSError)
    func daemons() throws(IPVSError) -> [SyncDaemon]
    func start(_ daemon: SyncDaemon) throws(IPVSError)
    func stop(_ daemon: SyncDaemon) throws(IPVSError)
}
