package import KeepalivedConfig

/// Something about a real server or a virtual server that scripts, readers of the FIFOs and mail are told.
///
/// It holds all that is said and nothing of the configuration that it was made from, which may be another one by the
/// time that it is told.
package struct HealthNotice: Hashable, Sendable {
    /// The virtual server, as `VirtualServer.toldName` has it.
    package let service: String
    /// The real server; nil for a notice about the virtual server itself.
    package let server: String?
    /// Whether it takes connections from now on.
    package let isUp: Bool
    /// Whether FIFOs get a line and the script is run; if not, there is only mail.
    package let isChange: Bool
    /// What is to be run, if anything.
    package let script: ScriptCommand?
    /// What the mail says, without keepalived's arrows around it; nil for no mail.
    package let finding: String?
    /// Whether the mail is about a check that has changed nothing about its server (`no_checker_emails`).
    package let isAboutCheckOnly: Bool

    private init(
        _ service: VirtualServer, _ server: RealServer? = nil, isUp: Bool, isChange: Bool,
        script: ScriptCommand? = nil, finding: String? = nil, isAboutCheckOnly: Bool = false
    ) {
        self.service = service.toldName
        self.server = server.map { service.toldName(of: $0) }
        self.isUp = isUp
        self.isChange = isChange
        self.script = script
        self.finding = finding
        self.isAboutCheckOnly = isAboutCheckOnly
    }

    // MARK: What there is to tell

    /// A real server takes connections, or does not any more: its script and a line.
    ///
    /// - Parameter server: Its place in the virtual server.
    package static func server(_ server: Int, of service: VirtualServer, isUp: Bool) -> HealthNotice {
        let server = service.realServers[server]
        let script = isUp ? server.notifyUp : server.notifyDown
        return HealthNotice(service, server, isUp: isUp, isChange: true, script: script.value)
    }

    /// A virtual server has enough real servers, or has not any more: its script, a line and mail.
    ///
    /// - Parameters:
    ///   - sum: The weights of the real servers that live.
    ///   - atStart: Whether that is so from the beginning.
    package static func quorum(
        of service: VirtualServer, isUp: Bool, sum: Int, atStart: Bool = false
    ) -> HealthNotice {
        let (quorum, hysteresis) = (service.quorum.value, service.hysteresis.value)
        let threshold = isUp ? quorum.addingReportingOverflow(hysteresis).partialValue : quorum - hysteresis
        let what =
            atStart
            ? "Starting with quorum \(isUp ? "up" : "down")" : "\(isUp ? "Gained" : "Lost") quorum"
        return HealthNotice(
            service, isUp: isUp, isChange: true, script: (isUp ? service.quorumUp : service.quorumDown).value,
            finding: service.sendsMail.value ? "\(what) \(quorum)+\(hysteresis)=\(threshold) <= \(sum)" : nil)
    }

    /// A check of a real server succeeds now, or fails: mail only.
    ///
    /// - Parameters:
    ///   - check: Its place in the real server.
    ///   - server: The real server's place in the virtual server.
    ///   - isUp: What the check says.
    ///   - reason: Why it fails, as a phrase.
    ///   - serverIsUp: What has become of the server, which other checks may keep down.
    ///   - serverChanged: Whether it has come or gone with this check.
    package static func check(
        _ check: Int, of server: Int, in service: VirtualServer, isUp: Bool, reason: String? = nil,
        serverIsUp: Bool, serverChanged: Bool
    ) -> HealthNotice {
        let server = service.realServers[server]
        let finding = server.sendsMail.value ? server.checkers[check].finding(isUp: isUp, reason: reason) : nil
        return HealthNotice(
            service, server, isUp: serverIsUp, isChange: false, finding: finding, isAboutCheckOnly: !serverChanged)
    }

    /// The configuration does not have a real server any more that took connections: mail only.
    package static func removal(of server: Int, in service: VirtualServer) -> HealthNotice {
        farewell(server, service, "Removing")
    }

    /// The daemon ends, and with it a real server that takes connections (`omega`): mail only.
    package static func shutdown(of server: Int, in service: VirtualServer) -> HealthNotice {
        farewell(server, service, "Shutting down")
    }

    private static func farewell(_ server: Int, _ service: VirtualServer, _ finding: String) -> HealthNotice {
        let server = service.realServers[server]
        return HealthNotice(
            service, server, isUp: false, isChange: false, finding: server.sendsMail.value ? finding : nil)
    }

    // MARK: How it is told

    private var word: String { isUp ? "UP" : "DOWN" }

    /// What goes to the FIFOs, with its line feed: `RS [192.0.2.9]:tcp:80 [192.0.2.1]:tcp:80 DOWN`.
    var line: String? {
        guard isChange else { return nil }
        guard let server else { return "VS \(service) \(word)\n" }
        return "RS \(server) \(service) \(word)\n"
    }

    /// What is to be run. keepalived gives these scripts no arguments but their own.
    var calls: [ScriptCall] {
        guard let script else { return [] }
        let keyword = "\(server == nil ? "quorum" : "notify")_\(isUp ? "up" : "down")"
        return [ScriptCall("\(keyword) of \(server.map { "\($0) of \(service)" } ?? service)", script)]
    }

    var alert: Alert? {
        guard let finding else { return nil }
        let subject = server.map { "Realserver \($0) of virtual server \(service)" } ?? "Virtualserver \(service)"
        return Alert(subject: "\(subject) - \(word)", finding: finding)
    }
}

extension Checker {
    /// What keepalived's mail says of the check's result; nil for a kind that it sends no mail about.
    fileprivate func finding(isUp: Bool, reason: String?) -> String? {
        switch kind {
        case .tcp: return "TCP CHECK \(isUp ? "succeed" : "failed") on service"
        case .udp: return "UDP CHECK \(isUp ? "succeed" : "failed") on service"
        case .ping: return "ICMP CHECK \(isUp ? "succeed" : "failed") on service"
        case .dns: return "DNS_CHECK: \(isUp ? "succeeded" : "failed") on service"
        case .script: return "MISC CHECK \(isUp ? "succeeded" : "failed") on service"
        case .http: return isUp ? "CHECK succeed on service" : "CHECK failed on service : HTTP request failed"
        case .smtp:
            return isUp ? "CHECK succeed on service" : "CHECK failed on service : \(reason ?? "SMTP request failed")"
        case .bfd(let check):
            return "BFD CHECK \(check.session.value ?? "") \(isUp ? "succeeded" : "failed") on service"
        case .file: return nil
        }
    }
}
