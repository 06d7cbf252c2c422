import ControlProtocol
import Reporting
import VRRPReporting

extension ControlVerb {
    /// Takes up the configuration anew, or with `dryRun` tells what that would change. The answer has `changes`, in
    /// words; that of a refusal has `diagnostics`, the text that `check` prints.
    static func reload(_ worker: Worker) -> ControlVerb {
        ControlVerb("reload", .change) { [unowned worker] request, reply in
            let isDryRun = request.members["dryRun"]?.bool ?? false
            switch isDryRun ? worker.difference() : worker.reload() {
            case .done(let changes):
                reply.answer { writer in
                    writer.key("dryRun")
                    writer.bool(isDryRun)
                    writer.key("file")
                    writer.string(worker.plan.file)
                    writer.key("changes")
                    writer.array { writer in
                        for change in changes { writer.string(change) }
                    }
                }
            case .refused(let loaded):
                reply.refuse(
                    ControlRefusal("\(worker.plan.file) has errors; the running configuration stays", status: 5)
                ) { writer in
                    writer.key("diagnostics")
                    var text = Text()
                    var rendering = DiagnosticsText(loaded.report)
                    rendering.write(into: &text)
                    writer.string(text.bytes)
                }
            case .failed(let error): reply.refuse(ControlRefusal(error.message, status: error.status))
            }
        }
    }
}
