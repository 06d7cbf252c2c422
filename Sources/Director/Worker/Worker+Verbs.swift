extension Worker {
    /// Everything that can be asked for over the control socket.
    var verbs: [ControlVerb] { [.ping(self), .reload(self), .stop(self)] }
}
