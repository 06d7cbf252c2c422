extension Worker {
    /// Everything that can be asked for over the control socket.
    var verbs: [ControlVerb] {
        [
            .counters(self), .ping(self), .reload(self), .servers(self), .status(self), .stop(self),
            .failover(self), .maintenance(self), .priority(self), .server(self), .connections(self),
            .events(self), .explain(self),
        ]
    }
}
