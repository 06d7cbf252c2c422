package import Addresses
package import IPVSModel
import Reporting

/// `--patch`: what was given replaces what is there; the rest stays.
extension VirtualService {
    package func patched(with edit: VirtualService, _ given: Options) -> VirtualService {
        var service = self
        if given.contains(.scheduler) { service.scheduler = edit.scheduler }
        if given.contains(.schedulerFlags) {
            service.flags.subtract(.schedulerFlags)
            service.flags.formUnion(edit.flags.intersection(.schedulerFlags))
        }
        if given.contains(.persistent) {
            if !flags.contains(.persistent) { service.persistenceMask = edit.persistenceMask }
            service.flags.insert(.persistent)
            service.persistenceTimeout = edit.persistenceTimeout
        }
        if given.contains(.netmask) { service.persistenceMask = edit.persistenceMask }
        if given.contains(.persistenceEngine) { service.persistenceEngine = edit.persistenceEngine }
        if given.contains(.onePacket) { service.flags.insert(.onePacket) }
        return service
    }

    /// Why a patch of the scheduler's flags makes no sense for this service, once its scheduler is known.
    package func conflict(with edit: Command.Edit) -> String? {
        for word in edit.schedulerFlags where Self.flag(word, scheduler: scheduler) == nil {
            return "incompatible scheduler flag `\(word)'"
        }
        return nil
    }

    /// What a full edit changes without having been told to: "scheduler rr to wlc".
    package func resets(by edit: VirtualService, _ given: Options) -> [String] {
        var resets: [String] = []
        if scheduler != edit.scheduler, !given.contains(.scheduler) {
            resets.append("scheduler \(scheduler) to \(edit.scheduler)")
        }
        if !given.contains(.schedulerFlags), !flags.isDisjoint(with: .schedulerFlags) {
            resets.append("scheduler flags \(schedulerFlagNames.joined(separator: ",")) to none")
        }
        if flags.contains(.persistent), !given.contains(.persistent) {
            resets.append("persistence of \(persistenceTimeout) seconds to none")
        }
        if !persistenceEngine.isEmpty, edit.persistenceEngine.isEmpty, !given.contains(.persistenceEngine) {
            resets.append("persistence engine \(persistenceEngine) to none")
        }
        if flags.contains(.onePacket), !given.contains(.onePacket) {
            resets.append("one-packet scheduling to off")
        }
        return resets
    }
}

extension VirtualService.Flags {
    fileprivate static let schedulerFlags: VirtualService.Flags = [.scheduler1, .scheduler2, .scheduler3]
}

extension RealServer {
    package func patched(with edit: RealServer, _ given: Options) -> RealServer {
        var server = self
        if given.contains(.forwarding) { server.forwarding = edit.forwarding }
        if given.contains(.weight) { server.weight = edit.weight }
        if given.contains(.upperThreshold) { server.upperThreshold = edit.upperThreshold }
        if given.contains(.lowerThreshold) { server.lowerThreshold = edit.lowerThreshold }
        if given.contains(.tunnelType) { server.tunnel.type = edit.tunnel.type }
        if given.contains(.tunnelPort) { server.tunnel.port = edit.tunnel.port }
        if given.contains(.tunnelNoChecksum) || given.contains(.tunnelChecksum)
            || given.contains(.tunnelRemoteChecksum)
        {
            server.tunnel.checksum = edit.tunnel.checksum
        }
        return server
    }

    /// Why a patch makes no sense, which only the server as it will be can tell; the words are the parser's.
    package func conflict(with given: Options, serviceFamily: AddressFamily) -> String? {
        if forwarding == .tunnel { return nil }
        let tunnelOptions: [Option] = [
            .tunnelType, .tunnelPort, .tunnelNoChecksum, .tunnelChecksum, .tunnelRemoteChecksum,
        ]
        if tunnelOptions.contains(where: given.contains) { return "Tunnel options conflict with forward method" }
        if endpoint.address.family != serviceFamily {
            return "Different address family is allowed only for tunneling servers"
        }
        return nil
    }

    /// What a full edit changes without having been told to: "forwarding method Masq to Route".
    package func resets(by edit: RealServer, _ given: Options) -> [String] {
        var resets: [String] = []
        if forwarding != edit.forwarding, !given.contains(.forwarding) {
            resets.append("forwarding method \(forwarding.listingName) to \(edit.forwarding.listingName)")
        }
        if weight != edit.weight, !given.contains(.weight) {
            resets.append("weight \(weight) to \(edit.weight)")
        }
        if upperThreshold != edit.upperThreshold, !given.contains(.upperThreshold) {
            resets.append("upper threshold \(upperThreshold) to \(edit.upperThreshold)")
        }
        if lowerThreshold != edit.lowerThreshold, !given.contains(.lowerThreshold) {
            resets.append("lower threshold \(lowerThreshold) to \(edit.lowerThreshold)")
        }
        if forwarding == .tunnel, edit.forwarding == .tunnel, tunnel != edit.tunnel, !given.contains(.tunnelType) {
            resets.append("tunnel type \(tunnel.type.name ?? "?") to \(edit.tunnel.type.name ?? "?")")
        }
        return resets
    }
}
