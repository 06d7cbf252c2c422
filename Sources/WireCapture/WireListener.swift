package import CaptureFiles
import Glibc
package import PacketFormats
package import Reactor
import VRRPProtocol
package import VRRPReporting

/// Hears the VRRP packets of some interfaces, judges each, and keeps a `SniffWatch` of them.
package final class WireListener {
    /// What goes on, in order. Frames are told before what they change.
    package enum Report {
        case packet(SniffedPacket, CapturedFrame)
        case change(SniffEvent)
        case trouble(CaptureInterface, CaptureSocket.Trouble)
    }

    package private(set) var watch = SniffWatch()
    private var judge: SniffJudge
    private let loop: EventLoop
    private let sockets: [CaptureSocket]
    private var heard = 0
    private var report: (Report) -> Void = { _ in }
    private var look: Timer?
    private var gone = 0

    /// How often it is looked who is not heard any more.
    private static let lookInterval = Duration.milliseconds(100)

    /// - Parameters:
    ///   - receivers: The virtual routers of a configuration; nil without one.
    ///   - hearsOthers: See `CaptureSocket`.
    /// - Throws: Where an interface cannot be captured from.
    package init(
        on interfaces: [CaptureInterface], receivers: [SniffReceiver]?, policy: Receiver.Policy = .keepalived,
        digests: any KeyedDigests, hearsOthers: Bool = true, in loop: EventLoop
    ) throws(WireCaptureError) {
        self.loop = loop
        judge = SniffJudge(receivers: receivers, policy: policy, digests: digests)
        var opened: [CaptureSocket] = []
        for interface in interfaces {
            opened.append(try CaptureSocket(interface, hearsOthers: hearsOthers, in: loop))
        }
        sockets = opened
    }

    /// What frames of all interfaces begin with; nil where they differ.
    package var linkLayer: LinkLayer? {
        guard let first = sockets.first?.linkLayer, sockets.allSatisfy({ $0.linkLayer == first }) else { return nil }
        return first
    }

    /// Packets that were dropped because they were not read in time.
    package var dropped: Int { sockets.reduce(0) { $0 + $1.dropped() } }

    /// Whether every interface has gone away.
    package var isDeaf: Bool { gone == sockets.count }

    /// Listens while the loop runs.
    package func start(_ report: @escaping (Report) -> Void) throws(WireCaptureError) {
        self.report = report
        for socket in sockets {
            try socket.watch(
                hear: { [unowned self] in hear($0) },
                trouble: { [unowned self] trouble in
                    if case .gone = trouble { gone += 1 }
                    report(.trouble(socket.interface, trouble))
                })
        }
        let timer = loop.timer { [unowned self] in pass(to: $0) }
        look = timer
        timer.set(EventLoop.clock() + Self.lookInterval)
    }

    private func hear(_ frame: CapturedFrame) {
        var frame = frame
        frame.number = heard + 1
        guard let packet = judge.judge(frame) else { return }
        heard += 1
        var changes: [SniffEvent] = []
        watch.hear(packet, at: instant(of: frame), into: &changes)
        report(.packet(packet, frame))
        for change in changes { report(.change(change)) }
    }

    private func pass(to now: Instant) {
        look?.set(now + Self.lookInterval)
        var changes: [SniffEvent] = []
        watch.pass(to: now, time: Self.time(), into: &changes)
        for change in changes { report(.change(change)) }
    }

    /// When the kernel got the frame, on the clock that nobody sets. It may be some milliseconds earlier than now.
    private func instant(of frame: CapturedFrame) -> Instant {
        let now = EventLoop.clock()
        guard let time = frame.time else { return now }
        let calendar = Self.time()
        let age =
            (calendar.seconds - time.seconds) * 1_000_000_000 + Int64(calendar.nanoseconds) - Int64(time.nanoseconds)
        // Where the calendar's clock was set meanwhile, it says nothing.
        return (0...1_000_000_000).contains(age) ? now - .nanoseconds(age) : now
    }

    /// The calendar's time now.
    package static func time() -> WallTime {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return WallTime(seconds: Int64(time.tv_sec), nanoseconds: UInt32(clamping: time.tv_nsec))
    }
}
