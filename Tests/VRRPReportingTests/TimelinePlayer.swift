import KeepalivedConfig
import PacketFormats
import Reporting
import VRRPAssembly
import VRRPProtocol
import VRRPReporting
import VRRPSimulation

/// Plays configurations as `vrrpctl simulate` does.
enum TimelinePlayer {
    static func report(
        _ files: [String], fail: [String] = [], duration: String? = nil
    ) throws -> TimelineReport {
        let hosts = SimulatedHost.all(
            files.enumerated().map { index, text in
                let tree = ConfigurationReader.read(text: text, as: "lb\(index + 1).conf")
                return ("lb\(index + 1).conf", Configuration.understand(tree).configuration)
            })
        let plan = SimulationPlan(of: hosts, digests: NoDigests())
        var failures: [Failure] = []
        for text in fail { failures.append(try FailureReader.read(text, for: plan)) }
        let end = duration.flatMap { SimulationTime.parse($0[...]) } ?? TimelineReport.duration(for: plan, failures)
        return TimelineReport(plan, failures: failures, duration: end)
    }

    /// From the headline `Timeline` on: who, when and why.
    static func text(_ files: [String], fail: [String] = [], duration: String? = nil) throws -> String {
        let text = TimelineText.text(try report(files, fail: fail, duration: duration))
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.drop { !$0.hasPrefix("Timeline") }.joined(separator: "\n")
    }

    static func json(_ report: TimelineReport) -> String {
        var writer = JSONWriter()
        TimelineJSON.write(report, into: &writer)
        return writer.text.withBytes { String(decoding: $0, as: UTF8.self) }
    }
}

/// A node of a usual pair.
func pairNode(
    priority: Int, instance: String = "", password: String = "1111", interval: String = "1", vrid: Int = 50,
    addresses: String = "10.0.0.3", global: String = ""
) -> String {
    """
    \(global)
    vrrp_instance VI_1 {
        interface eth0
        virtual_router_id \(vrid)
        priority \(priority)
        advert_int \(interval)
        \(instance)
        authentication {
            auth_type PASS
            auth_pass \(password)
        }
        virtual_ipaddress {
            \(addresses)
        }
    }
    """
}
