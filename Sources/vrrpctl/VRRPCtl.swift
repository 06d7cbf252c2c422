import ArgumentParser
import CLinux
import Glibc
import VRRPReporting

@main
struct VRRPCtl: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vrrpctl",
        abstract: "Runs and inspects VRRP instances and an LVS director from a keepalived.conf.",
        version: "vrrpctl \(ProgramVersion.number)",
        subcommands: [
            Run.self, Status.self, Servers.self, Watch.self, Events.self, Explain.self, Failover.self, Maintenance.self,
            Priority.self, ServerCommand.self, Reload.self, Stop.self, Check.self, ShowConfig.self, ListKeywords.self,
            Doctor.self, Sniff.self, Simulate.self, Digest.self, RealServerCommand.self,
        ])

    /// Runs the command; ends with status 2 where the command line is wrong.
    static func main() {
        clinux_use_local_accounts()
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            let status = exitCode(for: error)
            let message = fullMessage(for: error)
            if !message.isEmpty {
                StandardStream.write(message + "\n", to: status.isSuccess ? STDOUT_FILENO : STDERR_FILENO)
            }
            Glibc.exit(status == .validationFailure ? CheckStatus.usage.rawValue : status.rawValue)
        }
    }
}
