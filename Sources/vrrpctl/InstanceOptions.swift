import ArgumentParser

/// An instance that is described on the command line. It becomes a configuration with one block, so that what can be
/// wrong with it is said as for any other.
struct InstanceOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Run one instance of this name, without a file.", valueName: "NAME"))
    var instance: String?

    @Option(help: ArgumentHelp("The interface that the instance is on.", valueName: "NAME"))
    var interface: String?

    @Option(help: ArgumentHelp("Its virtual router ID, 1 to 255.", valueName: "N"))
    var vrid: UInt8?

    @Option(help: ArgumentHelp("Its priority, 1 to 255 (default: 100).", valueName: "N"))
    var priority: UInt8?

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp("Its virtual address, with prefix length; may be given again.", valueName: "ADDRESS"))
    var address: [String] = []

    @Option(help: ArgumentHelp("Its VRRP version, 2 or 3 (default: 2, for IPv6 3).", valueName: "N"))
    var vrrpVersion: Int?

    @Option(help: ArgumentHelp("Seconds between its advertisements (default: 1).", valueName: "SECONDS"))
    var advertInterval: String?

    @Flag(help: "It does not take over from an active router with a lower priority.")
    var nopreempt = false

    /// What the configuration is called in messages.
    static let path = "the command line"

    var isGiven: Bool {
        instance != nil || interface != nil || vrid != nil || priority != nil || !address.isEmpty || vrrpVersion != nil
            || advertInterval != nil || nopreempt
    }

    /// - Throws: What is missing, or what could be anything but one word.
    func check() throws {
        guard instance != nil, interface != nil, vrid != nil, !address.isEmpty else {
            throw ValidationError("an instance needs --instance, --interface, --vrid and --address")
        }
        for word in [instance, interface, advertInterval].compactMap({ $0 }) + address.flatMap({ words(in: $0) }) {
            guard !word.isEmpty, word.utf8.allSatisfy({ isHarmless($0) }) else {
                throw ValidationError("\(word) cannot be written in a configuration")
            }
        }
    }

    /// An address may have what a line of `virtual_ipaddress` has: `10.0.0.3/24 label eth0:v`.
    private func words(in address: String) -> [String] {
        address.split(separator: " ").map { String($0) }
    }

    private func isHarmless(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "._:-/@+".utf8.contains(byte)
        }
    }

    var configuration: String {
        var lines = ["vrrp_instance \(instance ?? "") {", "interface \(interface ?? "")"]
        if let vrid { lines.append("virtual_router_id \(vrid)") }
        if let priority { lines.append("priority \(priority)") }
        if let vrrpVersion { lines.append("version \(vrrpVersion)") }
        if let advertInterval { lines.append("advert_int \(advertInterval)") }
        if nopreempt { lines.append("nopreempt") }
        lines.append("virtual_ipaddress {")
        lines += address
        lines += ["}", "}"]
        return lines.joined(separator: "\n") + "\n"
    }
}
