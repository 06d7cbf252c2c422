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
    private var verbs: [String: ControlVerb] = [:]
    private var clients: [Int32: ControlClientConnection] = [:]

    /// Clients at one time.
    private static let mostClients = 32

    /// Makes the socket, in place of one that a dead daemon left. Only root may connect.
    ///
    /// - Throws: Where it cannot be made; status 73.
    package init(at path: String, loop: EventLoop, log: Log) throws(DirectorError) {
        self.loop = loop
        self.log = log
        self.path = path
        func failure() -> DirectorError {
            DirectorError("cannot make the control socket \(path): \(String(cString: strerror(errno)))", status: 73)
        }
        guard var address = LocalAddress(path) else {
            throw DirectorError("the path of the control socket is too long: \(path)", status: 73)
        }
        descriptor = socket(
            AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
        guard descriptor >= 0 else { throw failure() }
        var status = stat()
        if lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK { unlink(path) }
        let mask = umask(0o177)
        let bound = address.withPointer { bind(descriptor, $0, $1) }
        umask(mask)
        guard bound == 0, listen(descriptor, 16) == 0 else {
            let error = failure()
            close(descriptor)
            throw error
        }
        do throws(ReactorError) {
            try loop.watch(descriptor) { [unowned self] in accept() }
        } catch {
            close(descriptor)
            throw DirectorError("cannot watch the control socket: \(error)")
        }
    }

    deinit {
        close(descriptor)
    }

    /// Knows a verb from now on.
    package func serve(_ verb: ControlVerb) {
        verbs[verb.name] = verb
    }

    /// Ends it: the socket is removed, and who is still connected is told what is written already.
    package func stop() {
        loop.unwatch(descriptor)
        unlink(path)
        for client in clients.values { client.close() }
        clients.removeAll()
    }

    private func accept() {
        // As many as fit; the rest wait in the kernel, which keeps a few.
        while clients.count < Self.mostClients {
            let client = Glibc.accept(descriptor, nil, nil)
            guard client >= 0 else { return }
            _ = fcntl(client, F_SETFD, FD_CLOEXEC)
            clients[client] = ControlClientConnection(
                client, loop: loop, answer: { [unowned self] in answer($0, $1) },
                ended: { [unowned self] in forget(client) })
        }
        // Nobody more for now: without this the loop would be called for them all the time.
        loop.unwatch(descriptor)
    }

    private func forget(_ client: Int32) {
        let wasFull = clients.count == Self.mostClients
        clients[client] = nil
        if wasFull { try? loop.watch(descriptor) { [unowned self] in accept() } }
    }

    private func answer(_ line: ArraySlice<UInt8>, _ reply: ControlReply) {
        do throws(ControlRefusal) {
            let request = try ControlRequest(parsing: line)
            guard let verb = verbs[request.name] else {
                throw ControlRefusal(
                    "this daemon knows no request \"\(request.name)\"; it knows "
                        + verbs.keys.sorted().joined(separator: ", "))
            }
            verb.carryOut(request, reply)
        } catch {
            reply.refuse(error)
        }
    }
}
