import Addresses
import KeepalivedConfig

/// Finds what breaks VRRP and LVS on a host, from what was read of it. Reads nothing itself.
package struct Doctor {
    let host: HostState
    let examined: ExaminedConfiguration?
    var findings: [Finding] = []
    private var checks: [String] = []

    private init(_ host: HostState, _ examined: ExaminedConfiguration?) {
        self.host = host
        self.examined = examined
    }

    /// - Parameter examined: Nil where there is no configuration; then only the host itself is examined.
    package static func examine(_ host: HostState, for examined: ExaminedConfiguration?) -> DoctorReport {
        var doctor = Doctor(host, examined)
        doctor.check("configuration") { $0.examineConfiguration() }
        doctor.check("interfaces") { $0.examineInterfaces() }
        doctor.check("addresses") { $0.examineAddresses() }
        doctor.check("wire") { $0.examineWire() }
        doctor.check("firewall") { $0.examineFirewall() }
        doctor.check("sysctls") { $0.examineSysctls() }
        doctor.check("bridges") { $0.examineBridges() }
        doctor.check("modules") { $0.examineModules() }
        doctor.check("processes") { $0.examineProcesses() }
        doctor.check("clock") { $0.examineClock() }
        doctor.check("limits") { $0.examineLimits() }
        doctor.check("files") { $0.examineFiles() }
        for sentence in host.unread {
            doctor.findings.append(Finding(.note, "not-examined", "", sentence))
        }
        return DoctorReport(
            host: host.host, file: examined?.path, findings: doctor.findings, checks: doctor.checks)
    }

    private mutating func check(_ name: String, _ body: (inout Doctor) -> Void) {
        checks.append(name)
        body(&self)
    }

    // MARK: What the checks ask for

    var configuration: Configuration? { examined?.configuration }

    var instances: [VRRPInstance] { configuration?.instances ?? [] }

    var virtualServers: [VirtualServer] { configuration?.virtualServers ?? [] }

    mutating func find(
        _ severity: Severity, _ check: String, _ subject: String = "", _ message: String, evidence: [String] = [],
        mend: [String] = [], remedies: [Remedy] = []
    ) {
        findings.append(
            Finding(severity, check, subject, message, evidence: evidence, mend: mend, remedies: remedies))
    }

    /// The interfaces of the instances, each once.
    var instanceInterfaces: [String] {
        var names: [String] = []
        for name in instances.compactMap(\.interface.value) where !names.contains(name) { names.append(name) }
        return names
    }

    /// The instances on an interface, as a phrase.
    func names(on interface: String) -> String {
        let names = instances.filter { $0.interface.value == interface }.map(\.name.value)
        let shown = names.prefix(4).joined(separator: ", ")
        return names.count > 4 ? "\(shown) and \(names.count - 4) more" : shown
    }

    /// The virtual addresses of an instance, those that are not advertised included.
    static func addresses(of instance: VRRPInstance) -> [VirtualAddress] {
        (instance.addresses + instance.excludedAddresses).map(\.value)
    }

    /// The interface that an address of an instance is meant for.
    static func interface(of address: VirtualAddress, in instance: VRRPInstance) -> String? {
        address.interface ?? instance.interface.value
    }

    /// Evidence of a sysctl.
    func evidence(_ sysctl: String) -> String {
        "/proc/sys/\(sysctl) is \(host.sysctls[sysctl] ?? "unreadable")"
    }
}
