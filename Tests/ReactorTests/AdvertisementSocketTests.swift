import Addresses
import Glibc
import PacketFormats
import Reactor
import Testing
import VRRPProtocol

/// near — wire — far. What is sent near is heard far, and never near.
@Suite("Sockets on a wire", .enabled(if: PrivateNetwork.isPossible, "only root makes network namespaces"))
struct AdvertisementSocketTests {
    private typealias Packets = WirePackets

    /// Sends from the near side, and returns what did not go out.
    private static func send(_ packets: [[UInt8]], on interface: Int32?) throws -> [SendFailure] {
        let sender = try AdvertisementSender()
        for packet in packets { sender.enqueue(packet, on: interface) }
        var failures: [SendFailure] = []
        sender.flush { failures.append($0) }
        sender.flush { _ in preconditionFailure("everything was flushed") }
        return failures
    }

    @Test("a group's packets over IPv4 arrive with their header, in order, and only at the other side")
    func multicastIPv4() throws {
        let heard = try PrivateNetwork.run { network in
            network.enter(.far)
            let listener = try WireListener(.ipv4, interface: network.wire)
            try listener.socket.join(.v4(Packets.group), on: network.wire)
            try listener.socket.join(.v4(Packets.group), on: network.wire)
            let farWire = network.wire
            network.enter(.near)
            let own = try WireListener(.ipv4, interface: network.wire)
            try own.socket.join(.v4(Packets.group), on: network.wire)
            let packets = (0..<100).map { number in
                Packets.ipv4([UInt8(number), 0xab]) { header in
                    header.timeToLive = number == 7 ? 254 : 255
                    header.identification = UInt16(number + 1)
                    if number == 8 { header.options = [1, 1, 1, 0] }
                    if number == 8 { header.totalLength += 4 }
                }
            }
            let failures = try Self.send(packets, on: network.wire)
            listener.wait(for: packets.count)
            own.turn()
            return (listener.heard.map { $0 }, failures, own.heard.count, farWire)
        }
        let (packets, failures, echoes, wire) = try #require(heard)
        #expect(failures == [])
        #expect(echoes == 0)
        #expect(packets.map { Array($0.datagram.payload) } == (0..<100).map { [$0, 0xab] })
        #expect(packets.allSatisfy { $0.interface == wire })
        let first = try #require(packets.first?.datagram)
        #expect(first.source == .v4(Packets.near))
        #expect(first.destination == .v4(Packets.group))
        #expect(packets.map(\.datagram.hopLimit) == (0..<100).map { $0 == 7 ? 254 : 255 })
        #expect(packets.map(\.datagram.header.count) == (0..<100).map { $0 == 8 ? 24 : 20 })
        // Type of service and identification.
        #expect(first.header.dropFirst(1).first == 0xc0)
        #expect(Array(first.header.dropFirst(4).prefix(2)) == [0, 1])
    }

    @Test(
        "a group's packets over IPv6 arrive with addresses and hop limit, also from an address that is not on the host")
    func multicastIPv6() throws {
        let absent = IPv6Address(high: 0xfe80 << 48, low: 0x99)
        let heard = try PrivateNetwork.run { network in
            network.enter(.far)
            let listener = try WireListener(.ipv6, interface: network.wire)
            try listener.socket.join(.v6(Packets.group6), on: network.wire)
            network.enter(.near)
            let own = try WireListener(.ipv6, interface: network.wire)
            try own.socket.join(.v6(Packets.group6), on: network.wire)
            let packets = [
                Packets.ipv6([1]), Packets.ipv6([2]) { $0.hopLimit = 254 }, Packets.ipv6(from: absent, [3]),
                Packets.ipv6(to: Packets.farLinkLocal, [4]),
            ]
            let failures = try Self.send(packets, on: network.wire)
            listener.wait(for: packets.count)
            own.turn()
            return (listener.heard.map(\.datagram), failures, own.heard.count)
        }
        let (datagrams, failures, echoes) = try #require(heard)
        #expect(failures == [])
        #expect(echoes == 0)
        #expect(datagrams.map { Array($0.payload) } == [[1], [2], [3], [4]])
        #expect(datagrams.map(\.hopLimit) == [255, 254, 255, 255])
        #expect(
            datagrams.map(\.source)
                == [Packets.nearLinkLocal, Packets.nearLinkLocal, absent, Packets.nearLinkLocal].map { .v6($0) })
        #expect(
            datagrams.map(\.destination)
                == [Packets.group6, Packets.group6, Packets.group6, Packets.farLinkLocal].map { .v6($0) })
    }

    @Test("only the groups that were joined are heard, and only until they are left")
    func membership() throws {
        let other = IPv4Address(224, 0, 0, 99)
        let heard = try PrivateNetwork.run { network in
            network.enter(.far)
            let listener = try WireListener(.ipv4, interface: network.wire)
            // Somebody else on the host is in the other group.
            let stranger = try WireListener(.ipv4, interface: network.wire)
            try stranger.socket.join(.v4(other), on: network.wire)
            try listener.socket.join(.v4(Packets.group), on: network.wire)
            let wire = network.wire
            network.enter(.near)
            _ = try Self.send([Packets.ipv4(to: other, [1]), Packets.ipv4([2])], on: network.wire)
            listener.wait(for: 1)
            network.enter(.far)
            try listener.socket.leave(.v4(Packets.group), on: wire)
            try listener.socket.leave(.v4(Packets.group), on: wire)
            try listener.socket.leave(.v4(Packets.group), on: 9999)
            network.enter(.near)
            _ = try Self.send([Packets.ipv4([3]), Packets.ipv4(to: Packets.far, [4])], on: network.wire)
            listener.wait(for: 2)
            return listener.payloads
        }
        #expect(heard == [[2], [4]])
    }

    @Test("packets with an Authentication Header are heard where that was asked for")
    func authenticationHeader() throws {
        let heard = try PrivateNetwork.run { network in
            network.enter(.far)
            let listeners = try [true, false].map { hears in
                let listener = try WireListener(.ipv4, interface: network.wire, hearsAuthenticationHeader: hears)
                try listener.socket.join(.v4(Packets.group), on: network.wire)
                return listener
            }
            network.enter(.near)
            let packets = [Packets.ipv4([1]) { $0.protocolNumber = 51 }, Packets.ipv4([2])]
            _ = try Self.send(packets, on: network.wire)
            listeners[0].wait(for: 2)
            listeners[1].wait(for: 1)
            return listeners.map { listener in listener.heard.map(\.datagram.protocolNumber).sorted() }
        }
        #expect(heard == [[51, 112], [112]])
    }

    @Test("unicast arrives by its route, from any interface where the socket is bound to none")
    func unicast() throws {
        let heard = try PrivateNetwork.run { network in
            network.enter(.far)
            let listener = try WireListener(.ipv4, interface: nil)
            let wire = network.wire
            network.enter(.near)
            let failures = try Self.send([Packets.ipv4(to: Packets.far, [1])], on: nil)
            listener.wait(for: 1)
            return (listener.payloads, listener.heard.map(\.interface) == [wire], failures)
        }
        let (payloads, isOnWire, failures) = try #require(heard)
        #expect(payloads == [[1]])
        #expect(isOnWire)
        #expect(failures == [])
    }

    @Test("advertisements leave from an interface without address or route")
    func bareInterface() throws {
        let heard = try PrivateNetwork.run { network in
            network.enter(.far)
            let listener = try WireListener(.ipv4, interface: network.wire)
            try listener.socket.join(.v4(Packets.group), on: network.wire)
            network.enter(.near)
            network.shell("ip -4 addr flush dev wire")
            let failures = try Self.send([Packets.ipv4([1])], on: network.wire)
            listener.wait(for: 1)
            return (listener.payloads, failures)
        }
        let (payloads, failures) = try #require(heard)
        #expect(payloads == [[1]])
        #expect(failures == [])
    }

    /// `use_vmac`: sent from the macvlan, heard by its parent; over IPv6 from the parent's link-local address.
    @Test(
        "advertisements leave from a macvlan without addresses, and its parent does not hear them",
        arguments: [
            AddressFamily.ipv4, .ipv6,
        ])
    func macvlan(family: AddressFamily) throws {
        let heard = try PrivateNetwork.run { network in
            network.enter(.far)
            let listener = try WireListener(family, interface: network.wire)
            try listener.socket.join(VRRPWire.group(family), on: network.wire)
            network.enter(.near)
            network.shell(
                "ip link add vrrp51 link wire address 00:00:5e:00:01:33 type macvlan mode private; "
                    + "ip link set vrrp51 addrgenmode none; ip link set vrrp51 up")
            let parent = try WireListener(family, interface: network.wire)
            try parent.socket.join(VRRPWire.group(family), on: network.wire)
            let packet = family == .ipv4 ? Packets.ipv4([1]) : Packets.ipv6([1])
            let failures = try Self.send([packet], on: Int32(if_nametoindex("vrrp51")))
            listener.wait(for: 1)
            parent.turn()
            return (listener.payloads, listener.heard.map(\.datagram.source), parent.heard.count, failures)
        }
        let (payloads, sources, echoes, failures) = try #require(heard)
        #expect(failures == [])
        #expect(payloads == [[1]])
        #expect(sources == [family == .ipv4 ? .v4(Packets.near) : .v6(Packets.nearLinkLocal)])
        #expect(echoes == 0)
    }

    @Test("what is longer than any advertisement is rejected by its length")
    func oversized() throws {
        let heard = try PrivateNetwork.run { network in
            var results: [([Rejection], [[UInt8]])] = []
            for family in [AddressFamily.ipv4, .ipv6] {
                network.enter(.far)
                let listener = try WireListener(family, interface: network.wire)
                try listener.socket.join(VRRPWire.group(family), on: network.wire)
                network.enter(.near)
                let long = [UInt8](repeating: 1, count: 6000)
                let packets =
                    family == .ipv4
                    ? [Packets.ipv4(long), Packets.ipv4([2])] : [Packets.ipv6(long), Packets.ipv6([2])]
                _ = try Self.send(packets, on: network.wire)
                listener.wait(for: 2)
                results.append((listener.rejected, listener.payloads))
            }
            return results
        }
        let results = try #require(heard)
        for (rejected, payloads) in results {
            #expect(rejected == [.packetLengthError])
            #expect(payloads == [[2]])
        }
        #expect(results.count == 2)
    }

    @Test("in a flood a timer waits for a bounded number of packets, and the rest comes in later turns")
    func bounded() throws {
        let heard = try PrivateNetwork.run { network in
            network.enter(.far)
            let listener = try WireListener(.ipv4, interface: network.wire, receiveBuffer: 16 << 20)
            try listener.socket.join(.v4(Packets.group), on: network.wire)
            network.enter(.near)
            let failures = try Self.send(
                (0..<3000).map { Packets.ipv4([UInt8(truncatingIfNeeded: $0)]) }, on: network.wire)
            listener.turn()
            let inFirstTurn = listener.heard.count
            listener.wait(for: 3000)
            return (inFirstTurn, listener.payloads, failures, listener.socket.dropped)
        }
        let (inFirstTurn, payloads, failures, dropped) = try #require(heard)
        #expect(failures == [])
        #expect(inFirstTurn == 1024)
        #expect(payloads == (0..<3000).map { [UInt8(truncatingIfNeeded: $0)] })
        #expect(dropped == 0)
    }

    @Test("what finds no room in the receive buffer is counted")
    func dropped() throws {
        let heard = try PrivateNetwork.run { network in
            network.enter(.far)
            let listener = try WireListener(.ipv4, interface: network.wire, receiveBuffer: 4096)
            try listener.socket.join(.v4(Packets.group), on: network.wire)
            network.enter(.near)
            _ = try Self.send([[UInt8]](repeating: Packets.ipv4([1]), count: 500), on: network.wire)
            listener.turn()
            return (listener.heard.count, listener.socket.dropped)
        }
        let (count, dropped) = try #require(heard)
        #expect(count > 0)
        #expect(count + dropped == 500)
    }

    @Test("what cannot be sent is told with its errno and interface, and does not hold up the rest")
    func failures() throws {
        let heard = try PrivateNetwork.run { network in
            network.enter(.far)
            let listener = try WireListener(.ipv4, interface: network.wire)
            try listener.socket.join(.v4(Packets.group), on: network.wire)
            network.enter(.near)
            let wire = network.wire
            let sender = try AdvertisementSender()
            sender.enqueue(Packets.ipv4([1]), on: 9999)
            sender.enqueue(Packets.ipv4([2]), on: wire)
            sender.enqueue(Packets.ipv4([UInt8](repeating: 0, count: 9500)), on: wire)
            sender.enqueue([], on: wire)
            sender.enqueue([0x45, 0], on: wire)
            sender.enqueue(Packets.ipv4(to: IPv4Address(198, 51, 100, 1), [3]), on: nil)
            sender.enqueue(Packets.ipv4([4]), on: wire)
            sender.enqueue(Packets.ipv6([5]), on: 9999)
            var failures: [SendFailure] = []
            sender.flush { failures.append($0) }
            network.shell("ip link set wire down")
            sender.enqueue(Packets.ipv4([6]), on: wire)
            sender.flush { failures.append($0) }
            listener.wait(for: 2)
            return (failures.map(\.code), failures.map { $0.interface.map { $0 == wire } }, listener.payloads)
        }
        let (codes, interfaces, payloads) = try #require(heard)
        #expect(codes == [ENODEV, EMSGSIZE, ENETUNREACH, ENODEV, EINVAL, EINVAL, ENETUNREACH])
        #expect(interfaces == [false, true, nil, false, true, true, true])
        #expect(payloads == [[2], [4]])
    }

    @Test("a renamed interface is heard as before")
    func renamed() throws {
        let heard = try PrivateNetwork.run { network in
            network.enter(.far)
            let listener = try WireListener(.ipv4, interface: network.wire)
            try listener.socket.join(.v4(Packets.group), on: network.wire)
            network.shell(
                "ip link set wire down; ip link set wire name cable; ip link set cable up; "
                    + "for i in $(seq 500); do ip link show cable | grep -q 'state UP' && exit; sleep .01; done")
            network.enter(.near)
            network.shell("for i in $(seq 500); do ip link show wire | grep -q 'state UP' && exit; sleep .01; done")
            _ = try Self.send([Packets.ipv4([1])], on: network.wire)
            listener.wait(for: 1)
            return listener.payloads
        }
        #expect(heard == [[1]])
    }

    @Test("a slice of a packet that is kept does not change with the next packets")
    func keptSlices() throws {
        let heard = try PrivateNetwork.run { network in
            network.enter(.far)
            let listener = try WireListener(.ipv4, interface: network.wire)
            try listener.socket.join(.v4(Packets.group), on: network.wire)
            network.enter(.near)
            for number in 0..<5 as Range<UInt8> {
                _ = try Self.send([Packets.ipv4([number])], on: network.wire)
                listener.wait(for: Int(number) + 1)
            }
            return listener.payloads
        }
        #expect(heard == [[0], [1], [2], [3], [4]])
    }

    @Test("a socket that its own hearer lets go of is closed after that turn")
    func letGo() throws {
        let heard = try PrivateNetwork.run { network in
            network.enter(.far)
            let loop = try EventLoop()
            let count = Recording<UInt8>()
            var socket: AdvertisementSocket? = try AdvertisementSocket(
                family: .ipv4, interface: network.wire, in: loop)
            try socket?.watch { _, _ in
                count.add(1)
                socket = nil
            } reject: { _, _ in
            }
            try socket?.join(.v4(Packets.group), on: network.wire)
            network.enter(.near)
            for _ in 0..<2 {
                _ = try Self.send([Packets.ipv4([1])], on: network.wire)
                let end = loop.timer { _ in loop.stop() }
                end.set(.origin)
                loop.run()
            }
            return count.entries.count
        }
        #expect(heard == 1)
    }

    @Test("frames leave as they are, and those for an interface that is gone are told")
    func frames() throws {
        let announcement = GratuitousARP(
            address: Packets.near, hardwareAddress: .virtualRouter(51, .ipv4)
        ).frame
        let heard = try PrivateNetwork.run { network in
            network.enter(.far)
            let capture = socket(AF_PACKET, Int32(SOCK_RAW.rawValue), Int32(UInt16(0x0806).bigEndian))
            defer { close(capture) }
            network.enter(.near)
            let sender = try FrameSender()
            sender.enqueue(announcement, on: 9999)
            sender.enqueue([1, 2], on: network.wire)
            sender.enqueue(announcement, on: network.wire)
            var codes: [Int32] = []
            sender.flush { codes.append($0.code) }
            let loop = try EventLoop()
            var frame = [UInt8](repeating: 0, count: 2000)
            let got = Recording<Int>()
            try loop.watch(capture) {
                got.add(read(capture, &frame, frame.count))
                loop.stop()
            }
            loop.run()
            return (Array(frame.prefix(got.entries[0])), codes)
        }
        let (frame, codes) = try #require(heard)
        #expect(frame == announcement)
        #expect(codes == [ENXIO, EINVAL])
    }
}
