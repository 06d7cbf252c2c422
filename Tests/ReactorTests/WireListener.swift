import Addresses
import PacketFormats
import Reactor
import VRRPProtocol

/// A socket and what it heard, on a loop of its own.
final class WireListener {
    let loop: EventLoop
    private(set) var heard: [(datagram: Datagram, interface: Int32)] = []
    private(set) var rejected: [Rejection] = []
    private(set) var socket: AdvertisementSocket
    private var enough = 0

    init(
        _ family: AddressFamily, interface: Int32?, hearsAuthenticationHeader: Bool = false,
        receiveBuffer: Int = 4 << 20
    ) throws {
        loop = try EventLoop()
        socket = try AdvertisementSocket(
            family: family, interface: interface, hearsAuthenticationHeader: hearsAuthenticationHeader,
            receiveBuffer: receiveBuffer, in: loop)
        try socket.watch { [unowned self] datagram, interface in
            heard.append((datagram, interface))
            stopIfEnough()
        } reject: { [unowned self] rejection, _ in
            rejected.append(rejection)
            stopIfEnough()
        }
    }

    /// Waits until so many packets have been heard or rejected, five seconds at most.
    func wait(for count: Int) {
        enough = count
        guard heard.count + rejected.count < count else { return }
        let limit = loop.timer { [unowned self] _ in loop.stop() }
        limit.set(EventLoop.clock() + .seconds(5))
        loop.run()
        limit.set(nil)
    }

    /// Takes one turn, in which nothing need be there.
    func turn() {
        enough = .max
        let now = loop.timer { [unowned self] _ in loop.stop() }
        now.set(.origin)
        loop.run()
        now.set(nil)
    }

    var payloads: [[UInt8]] { heard.map { Array($0.datagram.payload) } }

    private func stopIfEnough() {
        if heard.count + rejected.count >= enough { loop.stop() }
    }
}
