import IPVS
import KeepalivedConfig

extension Worker {
    /// Says what becomes of the configuration's virtual servers. VRRP runs on in any case.
    func sayWhoDrivesVirtualServers(of configuration: Configuration) {
        let count = configuration.virtualServers.count
        guard count > 0 else { return }
        let servers = "\(count) virtual \(count == 1 ? "server" : "servers")"
        do throws(IPVSError) {
            _ = try VirtualServerTable()
            log.warning(
                "\(plan.file) has \(servers); this daemon drives no table, and leaves that to ipvsadm",
                event: "virtual-servers", ["count": "\(count)"])
        } catch {
            log.warning(
                "\(plan.file) has \(servers), but this kernel has no IP Virtual Server (is the module ip_vs there?); "
                    + "the virtual routers run without it",
                event: "no-ipvs", ["count": "\(count)"])
        }
    }
}
