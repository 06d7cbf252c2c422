package import ControlProtocol
import Reporting

extension ControlClient {
    /// How often a report is asked for anew where a reload cuts it short.
    private static let attempts = 3

    /// The whole of `status`, or what is about one instance.
    package func status(instance: String? = nil, patience: Int? = 30) throws(ControlFailure) -> StatusReport {
        var report: StatusReport?
        try stream(
            "status", patience: patience,
            { writer in
                guard let instance else { return }
                writer.key("instance")
                writer.string(instance)
            },
            first: { json throws(ControlFailure) in report = try Self.value(of: json) },
            each: { json throws(ControlFailure) in
                report?.instances.append(try Self.value(InstanceLine.self, of: json).instance)
                return true
            })
        guard let report else { throw ControlFailure("the daemon's answer is empty") }
        return report
    }

    /// The whole of `servers`, or what is about one virtual server.
    package func servers(service: String? = nil, patience: Int? = 30) throws(ControlFailure) -> ServersReport {
        var attempt = 1
        while true {
            do throws(ControlFailure) {
                return try serversOnce(service, patience)
            } catch  where error.status == ControlRefusal.cutShort.status && attempt < Self.attempts {
                attempt += 1
            }
        }
    }

    private func serversOnce(_ service: String?, _ patience: Int?) throws(ControlFailure) -> ServersReport {
        var report: ServersReport?
        try stream(
            "servers", patience: patience,
            { writer in
                guard let service else { return }
                writer.key("service")
                writer.string(service)
            },
            first: { json throws(ControlFailure) in report = try Self.value(of: json) },
            each: { json throws(ControlFailure) in
                let line = try Self.value(ServersLine.self, of: json)
                if let service = line.service { report?.services.append(service) }
                if let server = line.server, let last = report?.services.indices.last {
                    report?.services[last].servers.append(server)
                }
                return true
            })
        guard let report else { throw ControlFailure("the daemon's answer is empty") }
        return report
    }
}
