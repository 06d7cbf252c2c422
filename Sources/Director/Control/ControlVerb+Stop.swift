extension ControlVerb {
    /// Ends the daemon in good order; the answer comes before the end.
    static func stop(_ worker: Worker) -> ControlVerb {
        ControlVerb("stop", .change) { [unowned worker] _, reply in
            reply.answer()
            worker.stop()
        }
    }
}
