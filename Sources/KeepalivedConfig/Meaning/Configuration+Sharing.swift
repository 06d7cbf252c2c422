extension Configuration {
    /// Lets real servers with equal settings hold them once.
    ///
    /// Equal settings may have been written in different places; afterwards their origins are those of one of them. So
    /// this is for a configuration that is going to be run, when all that is to be said about its lines has been said.
    package mutating func shareEqualParts() {
        var traits = EqualParts<Shared<RealServer.Traits>>()
        var checkers = EqualParts<[Checker]>()
        for service in virtualServers.indices {
            for server in virtualServers[service].realServers.indices {
                traits.share(&virtualServers[service].realServers[server].traits)
                checkers.share(&virtualServers[service].realServers[server].checkers)
            }
            // An array that was filled one by one has room for half as many more.
            virtualServers[service].realServers = virtualServers[service].realServers.map { $0 }
        }
    }
}

/// Parts that were met so far, each once.
private struct EqualParts<Part: Hashable> {
    private var last: Part?
    private var met: [Part: Part] = [:]

    /// Puts a part that was met before in the place of an equal one.
    mutating func share(_ part: inout Part) {
        // Nearly always it is that of the server before, and comparing is quicker than hashing.
        if last != part {
            last = met[part]
            if last == nil {
                met[part] = part
                last = part
            }
        }
        if let last { part = last }
    }
}
