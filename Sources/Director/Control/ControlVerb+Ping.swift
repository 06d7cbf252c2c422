import Glibc
import Reporting
import VRRPReporting

extension ControlVerb {
    /// Answers with the process and the program's version.
    static func ping(_ worker: Worker) -> ControlVerb {
        ControlVerb("ping", .read) { _, reply in
            reply.answer { writer in
                writer.key("pid")
                writer.number(getpid())
                writer.key("programVersion")
                writer.string(ProgramVersion.number)
            }
        }
    }
}
