import KeepalivedConfig

extension Doctor {
    /// Descriptors that a director needs besides those of its checks and instances.
    private static let ownDescriptors = 64

    mutating func examineLimits() {
        guard let limit = host.descriptorLimit else { return }
        let checks = virtualServers.reduce(0) { total, service in
            total + service.realServers.reduce(0) { $0 + $1.checkers.count }
        }
        let needed = UInt64(checks + instances.count * 2 + Self.ownDescriptors)
        guard needed > limit else { return }
        find(
            .warning, "few-descriptors", "",
            "\(checks) checks and \(instances.count) instances may need \(needed) descriptors at once, "
                + "and \(limit) are allowed",
            evidence: [
                "/proc/\(host.directorRuns == true ? "PID of the director" : "self")/limits: Max open files \(limit)"
            ],
            mend: ["LimitNOFILE=\(needed * 2) in the unit of the director"])
    }
}
