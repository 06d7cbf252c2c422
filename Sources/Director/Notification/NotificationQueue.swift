import KeepalivedConfig
import Reactor
import VRRPProtocol

/// The notify scripts of one instance or group, one after the other in the order in which its states were.
///
/// keepalived starts them side by side, and two quick transitions may be told in the wrong order. Here a script waits
/// for the one before it, though not for ever.
final class NotificationQueue {
    private let runner: ScriptRunner
    private let name: String
    /// The virtual server, where `name` is one of its real servers.
    private let service: String?
    private var waiting: [ScriptCall] = []
    private var running = 0
    /// Told when nothing runs or waits any more.
    private let emptied: () -> Void
    private lazy var patience = runner.loop.timer { [unowned self] _ in goOn() }

    /// How long a script holds up the next one.
    private static let longestWait = Duration.seconds(10)
    private static let mostWaiting = 1_000

    init(_ name: String, of service: String? = nil, _ runner: ScriptRunner, emptied: @escaping () -> Void) {
        self.name = name
        self.service = service
        self.runner = runner
        self.emptied = emptied
    }

    var isEmpty: Bool { running == 0 && waiting.isEmpty }

    func add(_ calls: [ScriptCall]) {
        for call in calls {
            guard waiting.count < Self.mostWaiting else {
                runner.log.limited(
                    "notify-overflow \(name) \(service ?? "")", at: runner.loop.now, .error,
                    "\(call.title) is not run: \(waiting.count) scripts wait before it", event: "script-dropped",
                    ["script": call.title])
                continue
            }
            waiting.append(call)
        }
        if running == 0 { startNext() }
    }

    /// The daemon does not wait any longer: what was not started never is.
    func abandon() {
        for call in waiting {
            runner.log.warning(
                "\(call.title) is not run: the time for scripts at the end is over", event: "script-dropped",
                ["script": call.title])
        }
        waiting = []
    }

    private func startNext() {
        guard !waiting.isEmpty else { return }
        let call = waiting.removeFirst()
        running += 1
        patience.set(EventLoop.clock() + Self.longestWait)
        runner.run(call) { [unowned self] result in
            log(call, result)
            running -= 1
            guard running == 0 else { return }
            patience.set(nil)
            if waiting.isEmpty { emptied() } else { startNext() }
        }
    }

    private func log(_ call: ScriptCall, _ result: ScriptResult) {
        let isGood = result.isSuccess || result == .stopped
        let fields: KeyValuePairs<String, String> =
            if let service {
                ["script": call.title, "result": result.text, "realServer": name, "virtualServer": service]
            } else {
                ["script": call.title, "result": result.text, "about": name]
            }
        runner.log.write(
            isGood ? .info : .warning, "\(call.title) \(result.text)", event: isGood ? "script-ended" : "script-failed",
            fields)
    }

    /// The script has run for so long that the next one does not wait any more.
    private func goOn() {
        guard let next = waiting.first else { return patience.set(EventLoop.clock() + Self.longestWait) }
        runner.log.warning(
            "\(next.title) waits no longer for the script before it, which still runs", event: "script-slow",
            ["script": next.title])
        startNext()
    }
}
