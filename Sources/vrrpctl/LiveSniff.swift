import ArgumentParser
import CaptureFiles
import Glibc
import PacketAuthentication
import Reactor
import Reporting
import VRRPProtocol
import VRRPReporting
import VRRPSimulation
import WireCapture

/// `vrrpctl sniff -i`: listens to interfaces until it is interrupted.
final class LiveSniff {
    private let options: Sniff
    private let loop: EventLoop
    private let listener: WireListener
    private var file: CaptureFileWriter?
    private var screen: SniffScreen?
    private var text = Text()
    /// With which it ends where it is not in good order.
    private var failure: ExitCode?

    /// Opens everything; nothing is heard before `run`.
    init(_ options: Sniff, _ receivers: [SniffReceiver]?) throws {
        self.options = options
        do throws(WireCaptureError) {
            var interfaces: [CaptureInterface] = []
            for name in options.interface {
                let interface = try CaptureInterface(name)
                if !interfaces.contains(interface) { interfaces.append(interface) }
            }
            loop = try Self.loop()
            listener = try WireListener(
                on: interfaces, receivers: receivers, policy: options.judgingPolicy, digests: SystemDigests(),
                hearsOthers: !options.noPromiscuous, in: loop)
            if let path = options.write {
                guard let linkLayer = listener.linkLayer else {
                    throw WireCaptureError(
                        "--write: some of the interfaces are of Ethernet and some are not, which one pcap file cannot "
                            + "hold: capture them one by one")
                }
                file = try CaptureFileWriter(path, linkLayer, limit: options.writeLimit << 20)
            }
        } catch {
            throw Self.fail(error.description, status: error.status)
        }
    }

    func run() throws {
        do throws(WireCaptureError) {
            try listener.start { [unowned self] in hear($0) }
        } catch {
            throw Self.fail(error.description, status: error.status)
        }
        do {
            try loop.onSignals([SIGINT, SIGTERM, SIGHUP]) { [loop] _ in loop.stop() }
        } catch {
            throw Self.fail("signals: \(String(cString: strerror(error.code)))", status: 1)
        }
        let end = loop.timer { [loop] _ in loop.stop() }
        if let duration = options.duration.flatMap({ SimulationTime.parse($0[...]) }) {
            end.set(EventLoop.clock() + (duration - .origin))
        }
        let names = options.interface.joined(separator: ", ")
        if !options.json, !options.packets, isatty(STDOUT_FILENO) == 1 {
            screen = SniffScreen("Listening on \(names), to be ended with Ctrl-C", in: loop) { [listener] in
                listener.watch
            }
            screen?.draw()
        } else {
            Self.say("listening on \(names)")
        }
        loop.atEndOfTurn { [unowned self] in flush() }
        loop.run()
        screen?.end()
        conclude()
        withExtendedLifetime(end) {}
        if let failure { throw failure }
    }

    // MARK: What is heard

    private func hear(_ report: WireListener.Report) {
        switch report {
        case .packet(let packet, let frame):
            if options.packets {
                if options.json { SniffJSON.write(packet, into: &text) } else { SniffText.write(packet, into: &text) }
            }
            keep(frame)
            screen?.isStale = true
            if let count = options.count, packet.number >= count { loop.stop() }
        case .change(let event):
            if let screen {
                screen.add(event)
            } else if options.json {
                SniffWatchJSON.write(event, into: &text)
            } else {
                SniffWatchText.write(event, into: &text)
            }
        case .trouble(let interface, let trouble):
            switch trouble {
            case .down: say("\(interface.name) is down: nothing is heard until it is up again")
            case .gone: say("\(interface.name) does not exist any more")
            }
            guard listener.isDeaf else { return }
            failure = .failure
            loop.stop()
        }
        screen?.refresh()
    }

    private func keep(_ frame: CapturedFrame) {
        guard let file, !file.isFull else { return }
        do throws(WireCaptureError) {
            try file.append(frame)
            if file.isFull { say("\(options.write ?? "") has \(options.writeLimit) MiB: no more is written to it") }
        } catch {
            say(error.description)
            failure = .failure
            loop.stop()
        }
    }

    // MARK: Output

    private func flush() {
        guard text.count > 0 else { return }
        do throws(ExitCode) {
            try StandardStream.print(text)
        } catch {
            failure = error
            loop.stop()
        }
        text.removeAll()
    }

    private func conclude() {
        if options.json {
            SniffWatchJSON.write(listener.watch, into: &text)
        } else {
            if screen == nil, listener.watch.packets > 0 { text.newline() }
            SniffWatchText.write(listener.watch, into: &text)
        }
        flush()
        let dropped = listener.dropped
        if dropped > 0 {
            Self.say("\(dropped) packets were not seen, since they came faster than they could be read")
        }
    }

    /// To the operator, who sees it below the table where there is one.
    private func say(_ message: String) {
        if let screen { screen.add(message) } else { Self.say(message) }
    }

    private static func say(_ message: String) {
        StandardStream.write("vrrpctl: \(message)\n", to: STDERR_FILENO)
    }

    private static func fail(_ message: String, status: Int32) -> ExitCode {
        say(message)
        return ExitCode(status)
    }

    private static func loop() throws(WireCaptureError) -> EventLoop {
        do {
            return try EventLoop()
        } catch {
            throw WireCaptureError("\(error.operation): \(String(cString: strerror(error.code)))")
        }
    }
}
