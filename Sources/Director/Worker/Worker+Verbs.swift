extension Worker {
    /// Everything that can be asked for over the control socket.
    var verbs: [ControlVerb] { [.counters(self), .ping(self), .reload(self), .stop(self)] }
}
