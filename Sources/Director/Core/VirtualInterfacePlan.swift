import Addresses
import KeepalivedConfig
import PacketFormats
import Routing
import VRRPProtocol

/// The interface with a virtual router's own MAC address, or the ipvlan, that an instance asks for.
struct VirtualInterfacePlan {
    var spec: VirtualInterfaceSpec
    var settings: [SysctlSetting]
    /// Nil for an ipvlan, which has its parent's.
    var hardwareAddress: MACAddress?

    /// Nil where the instance runs on its interface itself.
    ///
    /// - Parameter name: What the interface is called.
    init?(_ instance: VRRPInstance, on parent: NetworkInterface, named name: String?) {
        guard let name, let vrid = instance.virtualRouterID.value.flatMap({ UInt8(exactly: $0) }) else { return nil }
        let recipe = VirtualMACInterface(family: instance.family, virtualRouterID: vrid)
        if let virtual = instance.virtualMAC.value {
            let octets = virtual.address.map { $0.count == 5 ? $0 + [vrid] : $0 }
            let hardware =
                octets.map { MACAddress($0.reduce(0) { $0 << 8 | UInt64($1) }) } ?? recipe.hardwareAddress
            spec = VirtualInterfaceSpec(name: name, parent: parent.index, kind: .macvlan(.private, hardware))
            spec.group = virtual.group.flatMap { UInt32(exactly: $0) }
            hardwareAddress = hardware
        } else if let virtual = instance.ipvlan.value {
            let mode: VirtualInterfaceSpec.IPVLANMode =
                switch virtual.mode {
                case .bridge: .bridge
                case .isolated: .private
                case .vepa: .vepa
                }
            spec = VirtualInterfaceSpec(name: name, parent: parent.index, kind: .ipvlan(mode))
        } else {
            return nil
        }
        spec.addressGenerationMode = 1
        settings = recipe.settings.map { setting in
            let interface =
                switch setting.place {
                case .virtualInterface: name
                case .parent: parent.name
                case .host: "all"
                }
            return SysctlSetting(Sysctl(setting.family, interface, setting.name), setting.value)
        }
    }

    /// What the virtual interfaces are called, by the instance: as configured, or `vmac_prefix`, a dot and the VRID; a
    /// number follows where that is taken, as by the IPv6 router beside the IPv4 one.
    static func names(in configuration: Configuration) -> [String: String] {
        var names: [String: String] = [:]
        var taken: Set<String> = []
        let wanting = configuration.instances.filter { $0.virtualMAC.value != nil || $0.ipvlan.value != nil }
        for instance in wanting {
            guard let name = instance.virtualMAC.value?.interface ?? instance.ipvlan.value?.interface else { continue }
            names[instance.name.value] = name
            taken.insert(name)
        }
        for instance in wanting where names[instance.name.value] == nil {
            guard let vrid = instance.virtualRouterID.value else { continue }
            let prefix = configuration.global.vmacPrefix.value
            let usual = "\(prefix).\(vrid)"
            var name = usual
            if taken.contains(name) { name = "\(prefix)\(instance.family == .ipv4 ? 4 : 6).\(vrid)" }
            var number = 1
            while taken.contains(name) {
                name = "\(usual).\(number)"
                number += 1
            }
            names[instance.name.value] = name
            taken.insert(name)
        }
        return names
    }
}
