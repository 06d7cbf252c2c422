package import PacketFormats
package import Reactor
package import VRRPProtocol

extension EventLoop: Timekeeper {
    package var wallTime: WallTime { Log.wallTime() }

    package func alarm(_ ring: @escaping (Instant) -> Void) -> any Alarm { timer(ring) }
}

extension Timer: Alarm {}
