import ControlProtocol
import Glibc
import Reporting
import VRRPProtocol

extension ControlVerb {
    /// Ends the daemon in good order, or with `dryRun` tells what that would do. The answer, which comes before the end,
    /// has `changes` and `remarks`, in words.
    static func stop(_ worker: Worker) -> ControlVerb {
        ControlVerb("stop", .change) { [unowned worker] request, reply in
            let isDryRun = request.members["dryRun"]?.bool ?? false
            reply.answer { writer in
                writer.key("dryRun")
                writer.bool(isDryRun)
                writer.key("pid")
                writer.number(getpid())
                write("changes", worker.daemon?.changesAtStop ?? [], into: &writer)
                write("remarks", remarks, into: &writer)
            }
            if !isDryRun { worker.stop() }
        }
    }

    private static func write(_ name: StaticString, _ lines: [String], into writer: inout JSONWriter) {
        writer.key(name)
        writer.array { writer in
            for line in lines { writer.string(line) }
        }
    }

    /// Nobody is asked what the unit says; ours has it restarted.
    private static var remarks: [String] {
        getenv("INVOCATION_ID") == nil
            ? [] : ["a service manager has started this daemon and may start it again; systemctl stop ends it for good"]
    }
}

extension Daemon {
    /// What an end of the daemon does to its instances, in words.
    var changesAtStop: [String] {
        instances.map { instance in
            guard instance.state == .active else { return "\(instance.name): \(instance.state) → stopped" }
            let count = instance.held.count
            return "\(instance.name): active → stopped: it sends priority 0 and releases "
                + "\(count) \(count == 1 ? "address" : "addresses")"
        }
    }
}
