import PacketFormats
import Reporting

extension ControlVerb {
    /// What each instance has sent and heard since it was started, and why packets were not believed: by the names that
    /// `vrrpctl sniff` uses. Packets that were for no instance are counted apart.
    static func counters(_ worker: Worker) -> ControlVerb {
        ControlVerb("counters", .read) { [unowned worker] _, reply in
            guard let daemon = worker.daemon else { return reply.refuse(ControlRefusal("the daemon is starting")) }
            reply.answer { writer in
                writer.key("instances")
                writer.array { writer in
                    for instance in daemon.instances {
                        write(instance, into: &writer)
                    }
                }
                writer.key("rejectedByAll")
                write(daemon.listeners.rejected, into: &writer)
            }
        }
    }

    private static func write(_ instance: RunningInstance, into writer: inout JSONWriter) {
        let counters = instance.counters
        writer.object { writer in
            writer.key("instance")
            writer.string(instance.name)
            for (name, count) in [
                ("sent", counters.sent), ("received", counters.received),
                ("resignationsSent", counters.resignationsSent),
                ("resignationsReceived", counters.resignationsReceived), ("becameActive", counters.becameActive),
                ("leftActive", counters.leftActive), ("unanswered", counters.unanswered),
                ("notEncoded", counters.encodingFailures),
            ] as [(StaticString, Int)] {
                writer.key(name)
                writer.number(count)
            }
            writer.key("rejected")
            write(counters.rejected, into: &writer)
        }
    }

    private static func write(_ rejected: [Rejection: Int], into writer: inout JSONWriter) {
        writer.object { writer in
            for (rejection, count) in rejected.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
                writer.key(named: rejection.rawValue)
                writer.number(count)
            }
        }
    }
}
