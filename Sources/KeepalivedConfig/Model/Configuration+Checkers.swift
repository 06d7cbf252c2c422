extension Configuration {
    /// Goes through all checks of all real servers without taking copies of the servers, of which there may be many.
    func forEachChecker(_ body: (Checker.Kind) -> Void) {
        for service in virtualServers.indices {
            for server in virtualServers[service].realServers.indices {
                for checker in virtualServers[service].realServers[server].checkers.indices {
                    body(virtualServers[service].realServers[server].checkers[checker].kind)
                }
            }
        }
    }
}
