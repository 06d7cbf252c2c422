package import Addresses
import CLinux
package import Diagnosis
import Glibc

/// Asks the network by ARP who has addresses, without saying who asks (RFC 5227, section 2.1.1): nobody's table of
/// neighbours changes.
package final class AddressProbe {
    private struct Place {
        var interface: HostInterface
        var hardwareAddress: MACAddress
        var index: Int32
        var descriptor: Int32
        var addresses: [IPv4Address]
    }

    private var places: [Place] = []
    private let own: Set<MACAddress>
    private var answers: [AddressAnswer] = []
    /// Why an interface cannot be asked on; a sentence each.
    package private(set) var unanswered: [String] = []

    /// Addresses that are asked for on one interface, at most.
    private static let most = 256
    /// Octets of answers that wait there while others are listened to.
    private static let room: Int32 = 1 << 21

    /// - Parameters:
    ///   - wanted: The addresses, by the name of the interface.
    ///   - interfaces: Those of this host: what they answer is no news.
    package init(_ wanted: [String: [IPv4Address]], among interfaces: [HostInterface]) {
        own = Set(interfaces.compactMap(\.hardwareAddress))
        for (name, addresses) in wanted.sorted(by: { $0.key < $1.key }) {
            guard let interface = interfaces.first(where: { $0.name == name }), interface.isUp, interface.hasCarrier,
                let hardwareAddress = interface.hardwareAddress, !addresses.isEmpty
            else { continue }
            let index = Int32(bitPattern: if_nametoindex(name))
            let descriptor = clinux_arp_open(index, Self.room)
            guard descriptor >= 0 else {
                let reason = errno == EPERM ? "it needs root" : String(cString: strerror(errno))
                unanswered.append("who has the addresses on \(name) could not be asked: \(reason)")
                continue
            }
            places.append(
                Place(
                    interface: interface, hardwareAddress: hardwareAddress, index: index, descriptor: descriptor,
                    addresses: Array(addresses.prefix(Self.most))))
        }
    }

    deinit { for place in places { close(place.descriptor) } }

    /// What is asked for, by interface.
    package var asked: [String: [IPv4Address]] {
        Dictionary(uniqueKeysWithValues: places.map { ($0.interface.name, $0.addresses) })
    }

    /// Asks for everything that nobody has answered for.
    package func ask() {
        for place in places {
            for address in place.addresses {
                let isAnswered = answers.contains { $0.address == address && $0.interface == place.interface.name }
                guard !isAnswered else { continue }
                let frame = Self.probe(address, from: place.hardwareAddress)
                _ = frame.withUnsafeBytes { send(place.descriptor, $0.baseAddress, $0.count, 0) }
            }
        }
    }

    /// The frame of an ARP probe: a request whose sender has no address.
    package static func probe(_ address: IPv4Address, from hardwareAddress: MACAddress) -> [UInt8] {
        let (a, b, c, d) = address.octets
        var frame = [UInt8](repeating: 0xff, count: 6) + hardwareAddress.octets
        frame += [0x08, 0x06, 0x00, 0x01, 0x08, 0x00, 6, 4, 0x00, 0x01]
        frame += hardwareAddress.octets + [0, 0, 0, 0]
        frame += [0, 0, 0, 0, 0, 0] + [a, b, c, d]
        return frame
    }

    /// Who said so far that they have one of the addresses.
    package func collect() -> [AddressAnswer] {
        var frame = [UInt8](repeating: 0, count: 128)
        for place in places {
            while true {
                let count = recv(place.descriptor, &frame, frame.count, 0)
                if count < 0, errno == EINTR { continue }
                guard count >= 0 else { break }
                guard let (address, sender) = Self.claim(frame[..<count]), place.addresses.contains(address),
                    !own.contains(sender)
                else { continue }
                let answer = AddressAnswer(
                    interface: place.interface.name, address: address, hardwareAddress: sender)
                if !answers.contains(answer) { answers.append(answer) }
            }
        }
        return answers
    }

    /// Waits for answers, at most so many milliseconds.
    package func wait(_ milliseconds: Int32) {
        var descriptors = places.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
        _ = poll(&descriptors, nfds_t(descriptors.count), milliseconds)
    }

    /// Whose address the sender of an ARP packet says is its own; nil for a probe and for anything else.
    package static func claim(_ frame: ArraySlice<UInt8>) -> (IPv4Address, MACAddress)? {
        let bytes = Array(frame)
        guard bytes.count >= 42, bytes[12] == 0x08, bytes[13] == 0x06, bytes[14] == 0, bytes[15] == 1,
            bytes[16] == 0x08, bytes[17] == 0, bytes[18] == 6, bytes[19] == 4
        else { return nil }
        let sender = IPv4Address(bytes[28], bytes[29], bytes[30], bytes[31])
        guard sender.value != 0 else { return nil }
        return (sender, MACAddress(bytes[22..<28].reduce(0) { $0 << 8 | UInt64($1) }))
    }
}
