import Addresses
import KeepalivedConfig

extension Doctor {
    mutating func examineModules() {
        for (module, reason) in neededModules {
            let evidence = ["\(host.modules.folder)/modules.dep and modules.builtin, /proc/modules, /sys/module"]
            switch host.modules.state(module) {
            case .present: break
            case .loadable:
                // The kernel loads it by itself when it is asked for what is in it.
                find(
                    .note, "module-not-loaded", module, "\(reason); it is not loaded yet, and can be",
                    evidence: evidence, remedies: [.loadModule(module)])
            case .missing:
                if host.modules.isLoadingDisabled, host.modules.loadable.contains(module) {
                    find(
                        .error, "module-missing", module,
                        "\(reason); it is not loaded, and this kernel loads none until the next boot",
                        evidence: ["/proc/sys/kernel/modules_disabled is 1"], mend: ["reboot"])
                } else {
                    find(
                        .error, "module-missing", module, "\(reason), and this kernel does not have it",
                        evidence: evidence,
                        mend: ["install the modules of this kernel, or boot a kernel that has \(module)"])
                }
            case .unknown:
                find(
                    .note, "module-unknown", module,
                    "\(reason); this kernel does not say whether it has it",
                    evidence: ["\(host.modules.folder): no modules.dep and no modules.builtin"])
            }
        }
    }

    /// Each with why it is needed.
    private var neededModules: [(module: String, reason: String)] {
        var needed: [(String, String)] = []
        func need(_ module: String, _ reason: String) {
            if !needed.contains(where: { $0.0 == module }) { needed.append((module, reason)) }
        }
        if !virtualServers.isEmpty { need("ip_vs", "virtual servers need ip_vs") }
        for service in virtualServers {
            let scheduler = service.scheduler.value.rawValue
            need("ip_vs_\(scheduler)", "lb_algo \(scheduler) needs ip_vs_\(scheduler)")
            if service.persistenceEngine.value == .sip {
                need("ip_vs_pe_sip", "persistence_engine sip needs ip_vs_pe_sip")
            }
            if case .address(_, let port) = service.identity.value, port == 21, service.transport.value == .tcp,
                service.realServers.contains(where: { $0.forwarding.value.method == .masquerade })
            {
                need("ip_vs_ftp", "a virtual server for FTP with lb_kind NAT needs ip_vs_ftp")
            }
        }
        for instance in instances {
            if instance.virtualMAC.value != nil { need("macvlan", "use_vmac needs macvlan") }
            if instance.ipvlan.value != nil { need("ipvlan", "use_ipvlan needs ipvlan") }
            if !instance.accepts.value || instance.isStrict.value { need("nf_tables", "no_accept needs nf_tables") }
        }
        return needed
    }
}
