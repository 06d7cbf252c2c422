import Addresses
package import Diagnosis
import KeepalivedConfig
import Routing

extension HostState {
    /// Asks the kernel for interfaces and addresses, in place of what was known of them.
    package mutating func readInterfaces() {
        do throws(RoutingError) {
            let network = try KernelNetwork()
            let links = try network.links()
            let addresses = try network.addresses()
            var names: [Int32: String] = [:]
            for link in links { names[link.index] = link.name }
            interfaces = links.map { link in
                var interface = HostInterface(name: link.name)
                interface.kind = link.kind
                interface.isUp = link.isUp
                interface.hasCarrier = link.isRunning
                interface.isLoopback = link.isLoopback
                interface.isMulticastCapable = link.isMulticastCapable
                interface.mtu = link.mtu
                interface.hardwareAddress = link.hardwareType == 1 ? link.macAddress : nil
                interface.parent = link.hasForeignParent || link.parent == link.index ? nil : names[link.parent]
                interface.master = names[link.master]
                interface.group = link.group
                interface.macvlanMode = link.macvlanMode.map { "\($0)" }
                interface.addresses = addresses.filter { $0.interface == link.index }.map { address in
                    HostInterface.Address(
                        AddressPrefix(address.address, address.prefixLength), isTentative: address.isTentative,
                        isDuplicate: address.hasFailedDuplicateDetection)
                }
                return interface
            }
        } catch {
            unread.append("interfaces and addresses could not be read: \(error)")
        }
    }

    /// Reads what bridges and their ports do with multicast.
    mutating func readBridges() {
        for interface in interfaces {
            let folder = "/sys/class/net/\(interface.name)"
            let names =
                interface.kind == "bridge"
                ? ["bridge/multicast_snooping", "bridge/multicast_querier"]
                : interface.master == nil ? [] : ["brport/multicast_flood"]
            for name in names {
                if let value = SmallFile.text("\(folder)/\(name)") { bridgeSettings["\(folder)/\(name)"] = value }
            }
        }
    }
}
