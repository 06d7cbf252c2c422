package import Addresses
import CLinux
import Glibc
package import PacketFormats

/// The raw sockets that hear advertisements of one family, from one interface or from all: protocol 112 and, for IPv4
/// with AH, 51.
///
/// They hear what was sent to an address of this host and to the groups that `join` named, and nothing of what this
/// host sends. Bound to the interface's index, they stay with it when it is renamed; when it goes and another comes with
/// its name, the owner makes new ones.
package final class AdvertisementSocket {
    package let family: AddressFamily
    /// The index of the interface; nil for all.
    package let interface: Int32?
    private let loop: EventLoop
    private let descriptors: [Int32]

    /// The rest waits for the next turn, so that timers are at most these packets late in a flood.
    private static let mostInTurn = 1024

    /// Opens the sockets; nothing is heard before `watch`.
    ///
    /// - Parameters:
    ///   - hearsAuthenticationHeader: IPv4 only: whether packets with an Authentication Header are heard.
    ///   - receiveBuffer: Bytes that the kernel keeps for each socket while the loop does something else. A short
    ///     packet takes about 800; 4 MiB are 0.1 s of a flood of 50,000 packets a second.
    /// - Throws: EPERM without CAP_NET_RAW, ENODEV where there is no such interface.
    package init(
        family: AddressFamily, interface: Int32?, hearsAuthenticationHeader: Bool = false, receiveBuffer: Int = 4 << 20,
        in loop: EventLoop
    ) throws(ReactorError) {
        self.family = family
        self.interface = interface
        self.loop = loop
        var protocols = [VRRPWire.protocolNumber]
        if family == .ipv4, hearsAuthenticationHeader { protocols.append(VRRPWire.authenticationHeaderNumber) }
        var opened: [Int32] = []
        for number in protocols {
            let descriptor = clinux_packets_open(
                family.wire, Int32(number), interface ?? 0, Int32(clamping: receiveBuffer))
            guard descriptor >= 0 else {
                let code = errno
                for descriptor in opened { close(descriptor) }
                throw ReactorError("raw socket of protocol \(number) for \(family)", code: code)
            }
            opened.append(descriptor)
        }
        descriptors = opened
    }

    deinit {
        for descriptor in descriptors {
            loop.unwatch(descriptor)
            close(descriptor)
        }
    }

    /// Joins a multicast group on an interface. What was joined before is no error.
    /// - Throws: ENODEV where the interface is gone, EADDRNOTAVAIL or EINVAL for what is no group, ENOBUFS after
    ///   `net.ipv4.igmp_max_memberships` groups.
    package func join(_ group: IPAddress, on interface: Int32) throws(ReactorError) {
        try change(group, on: interface, joins: true, harmless: EADDRINUSE)
    }

    /// Leaves a group. Not to be in it, and an interface that is gone, are no errors.
    package func leave(_ group: IPAddress, on interface: Int32) throws(ReactorError) {
        try change(group, on: interface, joins: false, harmless: EADDRNOTAVAIL)
    }

    /// How many packets the kernel dropped because the receive buffers were full, or did not pass.
    package var dropped: Int {
        descriptors.reduce(0) { $0 + max(0, Int(clinux_packets_dropped($1))) }
    }

    /// Hands over every packet: to `hear` with the index of the interface on which it arrived, or to `reject` where it
    /// is no whole packet. The octets are in a room that the next packets use again; copy what is to be kept.
    ///
    /// Neither may let go of the socket's loop; to let go of the socket is fine.
    package func watch(
        hear: @escaping (Datagram, Int32) -> Void, reject: @escaping (Rejection, Int32) -> Void
    ) throws(ReactorError) {
        for descriptor in descriptors {
            try loop.watch(descriptor) { [unowned self] in receive(from: descriptor, hear, reject) }
        }
    }

    private func receive(
        from descriptor: Int32, _ hear: (Datagram, Int32) -> Void, _ reject: (Rejection, Int32) -> Void
    ) {
        let room = loop.packetRoom
        var total = 0
        while total < Self.mostInTurn {
            let count = room.receive(from: descriptor)
            for index in 0..<max(0, count) { deliver(index, of: room, hear, reject) }
            // Fewer than there was room for: that was all. An error is one of the interface, such as ENETDOWN, and is
            // taken from the socket by reading it.
            guard count == PacketRoom.count else { return }
            total += count
        }
    }

    private func deliver(
        _ index: Int, of room: PacketRoom, _ hear: (Datagram, Int32) -> Void, _ reject: (Rejection, Int32) -> Void
    ) {
        let arrival = room.arrivals[index]
        let interface = arrival.interface == 0 ? self.interface ?? 0 : arrival.interface
        guard arrival.is_cut == 0 else { return reject(.packetLengthError, interface) }
        let packet = room.packet(at: index)
        guard family == .ipv4 else {
            let datagram = Datagram(
                source: IPv6Address(high: arrival.source.0, low: arrival.source.1),
                destination: IPv6Address(high: arrival.destination.0, low: arrival.destination.1),
                hopLimit: UInt8(clamping: arrival.hop_limit), payload: packet)
            return hear(datagram, interface)
        }
        let datagram: Datagram
        do {
            datagram = try Datagram(ipPacket: packet)
        } catch {
            return reject(error, interface)
        }
        hear(datagram, interface)
    }

    private func change(_ group: IPAddress, on interface: Int32, joins: Bool, harmless: Int32) throws(ReactorError) {
        let octets = group.octets
        for descriptor in descriptors {
            let result = clinux_packets_membership(descriptor, group.family.wire, octets, interface, joins ? 1 : 0)
            if result != 0, errno != harmless, joins || errno != ENODEV {
                throw ReactorError("\(joins ? "join" : "leave") group \(group)", code: errno)
            }
        }
    }
}
