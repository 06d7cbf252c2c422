import Addresses
import IPVSModel
import Reporting

/// What the words add up to.
extension InvocationParser {
    private var identity: VirtualService.Identity {
        mark != 0
            ? .firewallMark(mark, markFamily ?? .ipv4)
            : .address(transport ?? .tcp, address, port: port)
    }

    private var givenIdentity: VirtualService.Identity? { given.contains(.service) ? identity : nil }

    func invocation(
        _ verb: Verb, _ flags: VirtualService.Flags, _ timeouts: ConnectionTimeouts
    ) throws(UsageError) -> Invocation {
        switch verb {
        case .addService:
            return Invocation(command: .addService(try service(flags)))
        case .editService:
            let service = try service(flags)
            return Invocation(
                command: .editService(
                    service,
                    .init(
                        given: given, isPatch: given.contains(.patch), wait: nil,
                        schedulerFlags: schedulerFlagWords)))
        case .deleteService:
            return Invocation(command: .deleteService(identity))
        case .flush:
            return Invocation(command: .flush)
        case .addServer:
            let server = try server()
            return Invocation(command: .addServer(server, identity), overriddenPort: overridden(by: server))
        case .editServer:
            let server = try server()
            let edit = Command.Edit(
                given: given, isPatch: given.contains(.patch),
                wait: given.contains(.wait) ? Command.Wait(limit: waitLimit) : nil)
            return Invocation(
                command: .editServer(server, identity, edit), overriddenPort: overridden(by: server))
        case .deleteServer:
            let wait = given.contains(.wait) ? Command.Wait(limit: waitLimit) : nil
            let endpoint = RealServer.Endpoint(address: serverAddress, port: serverPort)
            return Invocation(command: .deleteServer(endpoint, identity, wait: wait))
        case .list:
            return Invocation(command: .list(try listing()))
        case .zero:
            return Invocation(command: .zero(zeroed))
        case .setTimeouts:
            return Invocation(command: .setTimeouts(timeouts))
        case .startDaemon:
            return Invocation(command: .startDaemon(syncDaemon))
        case .stopDaemon:
            return Invocation(command: .stopDaemon(syncDaemon))
        case .restore:
            return Invocation(
                command: .restore(
                    .init(
                        replaces: given.contains(.replace), isDryRun: given.contains(.dryRun),
                        onlyChecks: given.contains(.check))))
        case .save:
            return Invocation(
                command: .save(.init(isNumeric: given.contains(.numeric), isJSON: given.contains(.json))))
        }
    }

    private func service(_ schedulerFlags: VirtualService.Flags) throws(UsageError) -> VirtualService {
        let isPersistent = given.contains(.persistent)
        let keepsPersistence = given.contains(.patch)
        if mark == 0, port == 0, !isPersistent, !keepsPersistence {
            throw .usage("Zero port specified for non-persistent service")
        }
        if given.contains(.onePacket), mark == 0, transport != .udp {
            throw .usage("One-Packet Scheduling is only for UDP virtual services")
        }
        if let maskWord, identity.family == .ipv4, mask <= 128, !maskWord.contains(UInt8(ascii: ".")) {
            throw .usage {
                $0.append("illegal virtual server persistent mask specified: `")
                $0.append(maskWord)
                $0.append("' is a prefix length, and IPv4 takes a mask such as 255.255.255.0")
            }
        }
        var flags = schedulerFlags
        if isPersistent { flags.insert(.persistent) }
        if given.contains(.onePacket) { flags.insert(.onePacket) }
        return VirtualService(
            identity: identity, scheduler: scheduler, flags: flags, persistenceTimeout: persistenceTimeout,
            persistenceMask: .init(mask), persistenceEngine: engine)
    }

    private func server() throws(UsageError) -> RealServer {
        // A patch may leave the method to what the table holds, so the table has to be asked about these.
        let methodIsKnown = !given.contains(.patch) || given.contains(.forwarding)
        if methodIsKnown, serverAddress.family != identity.family, forwarding != .tunnel {
            throw .usage("Different address family is allowed only for tunneling servers")
        }
        if methodIsKnown { try checkTunnel() }
        var tunnel = tunnel
        if given.contains(.tunnelChecksum) { tunnel.checksum = .checksum }
        if given.contains(.tunnelRemoteChecksum) { tunnel.checksum = .remote }
        return RealServer(
            endpoint: .init(
                address: serverAddress,
                port: methodIsKnown && forwarding.keepsPort && mark == 0 ? port : serverPort),
            forwarding: forwarding, weight: weight, upperThreshold: upperThreshold,
            lowerThreshold: lowerThreshold, tunnel: tunnel)
    }

    private func overridden(by server: RealServer) -> UInt16? {
        guard let explicitServerPort, explicitServerPort != server.endpoint.port else { return nil }
        return explicitServerPort
    }

    /// The C program takes a service of nothing but zeros for no service at all.
    private var zeroed: VirtualService.Identity? {
        if mark == 0, port == 0, address.isUnspecified { return nil }
        return givenIdentity
    }

    private func listing() throws(UsageError) -> Command.Listing {
        let numbers: [Option] = [.statistics, .rate, .thresholds]
        let isSmall = given.contains(.timeout) || given.contains(.daemon)
        if (given.contains(.connection) || isSmall) && numbers.contains(where: given.contains)
            || isSmall && given.contains(.persistentConnections)
        {
            throw .usage("options conflicts in the list command")
        }
        let subject: Command.Listing.Subject
        if given.contains(.connection) {
            let filter = Command.ServerFilter(
                endpoint: .init(address: serverAddress, port: explicitServerPort ?? 0),
                anyPort: explicitServerPort == nil)
            subject = .connections(givenIdentity, server: given.contains(.realServer) ? filter : nil)
        } else if given.contains(.timeout) {
            subject = .timeouts
        } else if given.contains(.daemon) {
            subject = .daemons
        } else {
            subject = .table(givenIdentity)
        }
        return Command.Listing(
            subject: subject, options: given, interval: given.contains(.watch) ? interval : nil)
    }
}
