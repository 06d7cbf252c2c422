/// A check of a real server.
package struct Checker: Hashable, Sendable {
    package indirect enum Kind: Hashable, Sendable {
        case tcp
        case ping
        /// HTTP_GET, or SSL_GET with TLS.
        case http(HTTPCheck, tls: Bool)
        case smtp(SMTPCheck)
        case dns(DNSCheck)
        case udp(UDPCheck)
        case script(ScriptCheck)
        case file(FileCheck)
        case bfd(BFDCheck)
    }

    package var kind: Kind
    package var place: Setting<Bool>
    package var isAlpha = Setting(false)
    package var logsAllFailures = Setting(false)
    private var sharedConnection: Shared<CheckConnection>
    private var sharedTiming: Shared<CheckTiming>

    private static let standardConnection = Shared(CheckConnection())
    private static let standardTiming = Shared(CheckTiming())

    package init(_ kind: Kind, at span: SourceSpan) {
        self.kind = kind
        place = Setting(true, .file(span))
        sharedConnection = Self.standardConnection
        sharedTiming = Self.standardTiming
    }

    package var connection: CheckConnection {
        get { sharedConnection.value }
        _modify { yield &sharedConnection.value }
    }

    package var timing: CheckTiming {
        get { sharedTiming.value }
        _modify { yield &sharedTiming.value }
    }

    /// The keyword that opens its block.
    package var keyword: String {
        switch kind {
        case .tcp: "TCP_CHECK"
        case .ping: "PING_CHECK"
        case .http(_, let tls): tls ? "SSL_GET" : "HTTP_GET"
        case .smtp: "SMTP_CHECK"
        case .dns: "DNS_CHECK"
        case .udp: "UDP_CHECK"
        case .script: "MISC_CHECK"
        case .file: "FILE_CHECK"
        case .bfd: "BFD_CHECK"
        }
    }
}
