import Glibc
package import Reactor
import VRRPProtocol

/// Listens on the control socket. What a client does, or does not do, is its own trouble: nobody is waited for, and who
/// sends too much, reads too little or comes too often is let go.
package final class ControlServer {
    private let loop: EventLoop
    private let log: Log
    private let path: String
    private let descriptor: Int32
    private let share: ControlShare
    /// Whose members may read.
    private let group: gid_t?
    private let identify: (Int32, gid_t?) -> ControlPeer?
    private var verbs: [String: ControlVerb] = [:]
    private var clients: [Int32: Client] = [:]

    private struct Client {
        var connection: ControlClientConnection
        var right: ControlRight
    }

    /// Clients at one time.
    private static let mostClients = 32
    /// Of them, those that may read only: who may change something always finds a place.
    private static let mostReaders = 24
    /// Who comes in one turn of the loop.
    private static let mostArrivals = 16

    /// Makes the socket, in place of one that a dead daemon left.
    ///
    /// Root may connect, and the members of `group` if there is such a group among the local ones.
    ///
    /// - Throws: Where it cannot be made; status 73.
    package convenience init(
        at path: String, group: String = "vrrpctl", loop: EventLoop, log: Log
    ) throws(DirectorError) {
        try self.init(at: path, group: group, loop: loop, log: log) { ControlPeer(of: $0, group: $1) }
    }

    /// - Parameter identify: Tells who is at the other end of a descriptor, asked about the group.
    init(
        at path: String, group: String, loop: EventLoop, log: Log,
        identify: @escaping (Int32, gid_t?) -> ControlPeer?
    ) throws(DirectorError) {
        self.loop = loop
        self.log = log
        self.path = path
        self.identify = identify
        share = ControlShare(loop)
        (descriptor, self.group) = try Self.makeSocket(at: path, group)
        do throws(ReactorError) {
            try loop.watch(descriptor) { [unowned self] in accept() }
        } catch {
            throw DirectorError("cannot watch the control socket: \(error)")
        }
    }

    private static func makeSocket(at path: String, _ group: String) throws(DirectorError) -> (Int32, gid_t?) {
        guard var address = LocalAddress(path) else {
            throw DirectorError("the path of the control socket is too long: \(path)", status: 73)
        }
        let descriptor = socket(
            AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
        var status = stat()
        if lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK { unlink(path) }
        let mask = umask(0o177)
        let isBound = descriptor >= 0 && address.withPointer { bind(descriptor, $0, $1) } == 0
        umask(mask)
        guard isBound, listen(descriptor, 16) == 0 else {
            let reason = String(cString: strerror(errno))
            if descriptor >= 0 { close(descriptor) }
            throw DirectorError("cannot make the control socket \(path): \(reason)", status: 73)
        }
        return (descriptor, admit(group, to: path))
    }

    deinit {
        close(descriptor)
    }

    /// Lets the members of a group connect.
    ///
    /// - Returns: Its number; nil if there is none, or its members cannot be let in, such as in a user namespace that
    ///   does not know it.
    private static func admit(_ name: String, to path: String) -> gid_t? {
        guard let group = getgrnam(name).map({ $0.pointee.gr_gid }) else { return nil }
        // A name in the abstract namespace has no owner and no mode; who connects is looked at in any case.
        guard !path.hasPrefix("@") else { return group }
        guard chown(path, uid_t.max, group) == 0, chmod(path, 0o660) == 0 else { return nil }
        return group
    }

    /// Knows a verb from now on.
    package func serve(_ verb: ControlVerb) {
        verbs[verb.name] = verb
    }

    /// Ends it: the socket is removed, and who is still connected is told what is written already.
    package func stop() {
        loop.unwatch(descriptor)
        unlink(path)
        for client in clients.values { client.connection.close() }
        clients.removeAll()
    }

    private func accept() {
        for _ in 0..<Self.mostArrivals where clients.count < Self.mostClients {
            let client = Glibc.accept(descriptor, nil, nil)
            guard client >= 0 else { return }
            _ = fcntl(client, F_SETFD, FD_CLOEXEC)
            welcome(client)
        }
        // Nobody more for now: without this the loop would be called for them all the time. As many as fit wait in the
        // kernel, which keeps a few.
        if clients.count == Self.mostClients { loop.unwatch(descriptor) }
    }

    private func welcome(_ client: Int32) {
        let right = identify(client, group)?.right(owner: geteuid()) ?? .nothing
        guard right > .nothing else {
            return dismiss(client, ControlRefusal(Self.withoutRights, status: 77))
        }
        guard right == .change || clients.values.count(where: { $0.right < .change }) < Self.mostReaders else {
            return dismiss(client, ControlRefusal("too many others ask the daemon at this moment"))
        }
        let connection = ControlClientConnection(
            client, loop: loop, share: share, answer: { [unowned self] in answer($0, right, $1) },
            ended: { [unowned self] in forget(client) })
        // It may be gone already.
        if connection.isOpen { clients[client] = Client(connection: connection, right: right) }
    }

    private static let withoutRights = "only root may change something here, and only the group vrrpctl may ask"

    /// Says why, and lets it go. If there is no room for that it is not said.
    private func dismiss(_ client: Int32, _ refusal: ControlRefusal) {
        ControlReply { line, _ in _ = send(client, line, line.count, Int32(MSG_DONTWAIT | MSG_NOSIGNAL)) }
            .refuse(refusal)
        close(client)
    }

    private func forget(_ client: Int32) {
        let wasFull = clients.count == Self.mostClients
        clients[client] = nil
        if wasFull { try? loop.watch(descriptor) { [unowned self] in accept() } }
    }

    private func answer(_ line: ArraySlice<UInt8>, _ right: ControlRight, _ reply: ControlReply) {
        do throws(ControlRefusal) {
            let request = try ControlRequest(parsing: line)
            guard let verb = verbs[request.name] else {
                throw ControlRefusal(
                    "this daemon knows no request \"\(request.name)\"; it knows "
                        + verbs.keys.sorted().joined(separator: ", "))
            }
            guard right >= verb.right else {
                throw ControlRefusal("\(request.name): only root may do this", status: 77)
            }
            verb.carryOut(request, reply)
        } catch {
            reply.refuse(error)
        }
    }
}
