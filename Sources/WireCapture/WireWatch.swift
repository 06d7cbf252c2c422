package import PacketFormats
import Reactor
import VRRPProtocol
package import VRRPReporting

/// Listens to the wire for a while.
package enum WireWatch {
    /// Hears what the virtual routers on some interfaces send, in a loop of its own, and gives back what was heard.
    ///
    /// It blocks: not for a program that has a loop already.
    ///
    /// - Parameters:
    ///   - duration: How long; shorter if `until` says so.
    ///   - receivers: The virtual routers of a configuration that judge; nil without one.
    ///   - until: Asked after every change; true ends it.
    /// - Throws: Status 77 without CAP_NET_RAW, 1 where there is no such interface.
    package static func listen(
        on interfaces: [String], for duration: Duration, receivers: [SniffReceiver]? = nil,
        digests: any KeyedDigests, until: @escaping (SniffWatch) -> Bool = { _ in false }
    ) throws(WireCaptureError) -> SniffWatch {
        var found: [CaptureInterface] = []
        for name in interfaces { found.append(try CaptureInterface(name)) }
        let loop: EventLoop
        do {
            loop = try EventLoop()
        } catch {
            throw WireCaptureError("\(error.operation) failed with error \(error.code)")
        }
        // What is for other hosts is nothing that breaks this one.
        let listener = try WireListener(
            on: found, receivers: receivers, digests: digests, hearsOthers: false, in: loop)
        try listener.start { [unowned listener] report in
            switch report {
            case .change: if until(listener.watch) { loop.stop() }
            case .trouble: if listener.isDeaf { loop.stop() }
            case .packet: break
            }
        }
        let end = loop.timer { _ in loop.stop() }
        end.set(EventLoop.clock() + duration)
        loop.run()
        withExtendedLifetime(end) {}
        return listener.watch
    }
}
