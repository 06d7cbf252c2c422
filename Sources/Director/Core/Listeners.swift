import Addresses
import KeepalivedConfig
import PacketFormats
import Reactor

/// The sockets that hear advertisements, and which instance each packet is for.
final class Listeners {
    /// What hears on one segment.
    private final class Listener {
        /// By VRID.
        var instances: [UInt8: [RunningInstance]] = [:]
        /// How many instances want each group.
        var groups: [IPAddress: Int] = [:]
        var hearsHeaders = false
        var buffer: Int?
        var isOpen = false
        var count = 0
        /// Packets that no instance could be found for, by the reason.
        var rejected: [Rejection: Int] = [:]
        /// Unknown VRIDs that the log has named.
        var named: Set<UInt8> = []
    }

    private let surroundings: Surroundings
    private var listeners: [Segment: Listener] = [:]
    var logsUnknownRouters = false

    init(_ surroundings: Surroundings) { self.surroundings = surroundings }

    /// Packets that no instance was there for, on all segments.
    var rejected: [Rejection: Int] {
        listeners.values.reduce(into: [:]) { sums, listener in
            sums.merge(listener.rejected, uniquingKeysWith: +)
        }
    }

    /// An instance hears from now on.
    ///
    /// - Throws: If the segment cannot be heard; the instance is not added then.
    func add(_ instance: RunningInstance, on segment: Segment) throws(ReactorError) {
        let listener = listeners[segment] ?? Listener()
        listeners[segment] = listener
        let receiver = instance.receiver
        let buffer = instance.settings.receiveBuffer.value
        let needsHeaders = if case .header = receiver.authentication { true } else { false }
        let grows = buffer.map { $0 > listener.buffer ?? 0 } ?? false
        if !listener.isOpen || needsHeaders && !listener.hearsHeaders || grows {
            listener.hearsHeaders = listener.hearsHeaders || needsHeaders
            if grows { listener.buffer = buffer }
            try open(listener, on: segment)
        }
        if case .multicast(let group) = receiver.mode {
            if listener.groups[group] == nil { try surroundings.wire.join(group, on: segment) }
            listener.groups[group, default: 0] += 1
        }
        listener.instances[receiver.virtualRouterID, default: []].append(instance)
        listener.count += 1
    }

    /// An instance no longer hears.
    ///
    /// - Parameter receiver: As it was when the instance was added.
    func remove(_ instance: RunningInstance, on segment: Segment, receiver: Receiver) {
        guard let listener = listeners[segment],
            let place = listener.instances[receiver.virtualRouterID]?.firstIndex(where: { $0 === instance })
        else { return }
        listener.instances[receiver.virtualRouterID]?.remove(at: place)
        listener.count -= 1
        if case .multicast(let group) = receiver.mode {
            let left = (listener.groups[group] ?? 1) - 1
            listener.groups[group] = left > 0 ? left : nil
            if left <= 0, listener.count > 0 { surroundings.wire.leave(group, on: segment) }
        }
        if listener.count == 0 {
            listeners[segment] = nil
            surroundings.wire.stopListening(on: segment)
        }
    }

    private func open(_ listener: Listener, on segment: Segment) throws(ReactorError) {
        try surroundings.wire.listen(on: segment, hearsHeaders: listener.hearsHeaders, buffer: listener.buffer) {
            [unowned self, unowned listener] heard in
            switch heard {
            case .success(let datagram): hear(datagram, listener, on: segment)
            case .failure(let rejection): reject(rejection, listener, on: segment)
            }
        }
        listener.isOpen = true
        for group in listener.groups.keys { try surroundings.wire.join(group, on: segment) }
    }

    private func hear(_ datagram: Datagram, _ listener: Listener, on segment: Segment) {
        // Behind an Authentication Header of 24 octets where there is one; both are verified by whom it is for.
        let offset = datagram.protocolNumber == VRRPWire.authenticationHeaderNumber ? 25 : 1
        guard datagram.payload.count > offset else {
            return reject(.packetLengthError, listener, on: segment)
        }
        let virtualRouterID = datagram.payload[datagram.payload.startIndex + offset]
        guard let instances = listener.instances[virtualRouterID], let first = instances.first else {
            listener.rejected[.vridError, default: 0] += 1
            nameUnknown(virtualRouterID, datagram, listener, on: segment)
            return
        }
        // Multicast and unicast, or two groups, may share a VRID.
        let instance = instances.count == 1 ? first : instances.first { $0.isMeant(by: datagram) } ?? first
        instance.hear(datagram)
    }

    /// A packet that cannot be given to any instance.
    private func reject(_ rejection: Rejection, _ listener: Listener, on segment: Segment) {
        let count = listener.rejected[rejection, default: 0] + 1
        listener.rejected[rejection] = count
        // The first ones, and then now and then: whoever floods an interface is not to keep the log busy.
        guard count < 8 || count & 0x3ff == 0 else { return }
        let name = surroundings.network.interface(segment.interface)?.name ?? "any interface"
        surroundings.log.limited(
            "\(rejection.rawValue) \(name)", at: surroundings.time.now, .warning,
            "\(name): a packet that is no advertisement: \(rejection.rawValue), \(count) so far", event: "rejected",
            ["interface": name, "reason": rejection.rawValue, "count": "\(count)"])
    }

    /// Other virtual routers on the same network are nothing unusual: each VRID is named once, unless the configuration
    /// says `log_unknown_vrids`.
    private func nameUnknown(
        _ virtualRouterID: UInt8, _ datagram: Datagram, _ listener: Listener, on segment: Segment
    ) {
        // A virtual MAC's interface hears of everything beside it, too.
        let isVirtual = listener.instances.values.contains { $0.contains { $0.virtual?.index == segment.interface } }
        guard segment.interface != 0, !isVirtual, listener.named.insert(virtualRouterID).inserted || logsUnknownRouters
        else {
            return
        }
        let name = surroundings.network.interface(segment.interface)?.name ?? ""
        surroundings.log.limited(
            "vrid \(virtualRouterID) \(name)", at: surroundings.time.now, logsUnknownRouters ? .warning : .notice,
            "\(name): \(datagram.source) advertises VRID \(virtualRouterID), which is not configured here: vrid-error",
            event: "unknown-router",
            ["interface": name, "source": "\(datagram.source)", "virtualRouterID": "\(virtualRouterID)"])
    }
}
