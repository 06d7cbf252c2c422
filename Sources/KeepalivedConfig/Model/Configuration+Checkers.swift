extension Configuration {
    /// The names of the `track_file`s that FILE_CHECKs look at.
    package var checkedFiles: Set<String> {
        var names: Set<String> = []
        forEachChecker { kind in
            if case .file(let check) = kind, let name = check.file.value { names.insert(name) }
        }
        return names
    }

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
