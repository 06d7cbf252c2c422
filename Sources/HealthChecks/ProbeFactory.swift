package import KeepalivedConfig
package import Reactor

/// Makes the probe that a configured check asks for.
package final class ProbeFactory {
    private let loop: EventLoop
    /// This host's name, with which it greets mail servers.
    private let hostName: String
    private let web: WebResources

    package init(loop: EventLoop, hostName: String, tls: TLSCredentials?) {
        self.loop = loop
        self.hostName = hostName
        web = WebResources(tls: tls)
    }

    /// The probe of a check, or nil for MISC_CHECK, FILE_CHECK and BFD_CHECK: they do not talk to the server.
    package func probe(_ checker: Checker, for server: ServerEndpoint) -> (any Probe)? {
        let limit = checker.timing.connectTimeout.value
        let path = CheckPath(to: server, checker.connection)
        switch checker.kind {
        case .tcp: return TCPProbe(along: path, within: limit, in: loop)
        case .ping:
            return PingProbe(along: CheckPath(toHostOf: server, checker.connection), within: limit, in: loop)
        case .dns(let check): return DNSProbe(check, along: path, within: limit, in: loop)
        case .udp(let check): return UDPProbe(check, along: path, within: limit, in: loop)
        case .http: return HTTPProbe(checker.kind, along: path, within: limit, web, in: loop)
        case .smtp(let check):
            let others = check.hosts.map { CheckPath(to: server, $0) }
            return SMTPProbe(
                check.helloName.value ?? SMTPProbe.standardName, along: [path] + others, within: limit, in: loop)
        case .script, .file, .bfd: return nil
        }
    }
}
