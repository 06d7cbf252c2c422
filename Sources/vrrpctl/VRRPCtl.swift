import ArgumentParser

@main
struct VRRPCtl: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vrrpctl",
        abstract: "Runs and inspects VRRP instances and an LVS director from a keepalived.conf.")
}
