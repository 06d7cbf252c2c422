import IPVSModel

/// Where the watch over the kernel's table is.
struct TableWatch {
    /// The services in the order in which the kernel listed them last: it is the same nearly always.
    var listed: [TableService?] = []
    /// Whose servers are to be read next, by place in the order of the configuration.
    var next = 0
    /// What was taken of the coming second's work already.
    var debt = 0
    /// Room for servers that is used again.
    var servers: [ServerEntry] = []
    /// Counts up with each look.
    var round: UInt32 = 0
}
