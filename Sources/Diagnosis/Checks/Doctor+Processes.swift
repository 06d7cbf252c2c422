extension Doctor {
    mutating func examineProcesses() {
        for process in host.processes where Self.daemons.contains(process.name) {
            let isFRR = process.path.contains("/frr/")
            let name = isFRR ? "vrrpd of FRR" : process.name
            let unit = isFRR ? "frr" : process.name
            let isTwo = host.directorRuns == true
            find(
                isTwo ? .error : .warning, "other-daemon", name,
                isTwo
                    ? "another VRRP daemon runs beside the director: both move addresses"
                    : "another VRRP daemon runs here: a director beside it would fight with it over the addresses",
                evidence: ["process \(process.number) \(process.path.isEmpty ? process.name : process.path)"],
                mend: ["systemctl disable --now \(unit)"])
        }
        if host.directorRuns == false, !instances.isEmpty || !virtualServers.isEmpty,
            !host.processes.contains(where: { Self.daemons.contains($0.name) })
        {
            find(
                .note, "no-director", "", "no director runs with the socket \(host.controlSocket)",
                evidence: ["\(host.controlSocket): nobody answers"],
                mend: ["vrrpctl run -f \(ShellWord.quoted(examined?.path ?? "FILE"))"])
        }
        if host.directorRuns == false, host.advertisementSockets > 0,
            !host.processes.contains(where: { Self.daemons.contains($0.name) })
        {
            find(
                .warning, "other-listener", "",
                "some program listens for VRRP here, and it is neither a known daemon nor a director at "
                    + host.controlSocket,
                evidence: [
                    "/proc/net/raw and /proc/net/raw6: \(host.advertisementSockets) sockets for protocol 112 or 51"
                ], mend: ["ss -w -a -p", "vrrpctl doctor --socket PATH, if a director runs with another socket"])
        }
    }
}
