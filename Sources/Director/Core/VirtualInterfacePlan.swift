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
    init?(_ instance: VRRPInstance, on parent: NetworkInterface, named name: String) {
        guard let vrid = instance.virtualRouterID.value.flatMap({ UInt8(exactly: $0) }) else { return nil }
        if let virtual = instance.virtualMAC.value {
            let octets = virtual.address.map { $0.count == 5 ? $0 + [vrid] : $0 }
            self.init(
                macvlan: name, on: parent, instance.family, vrid,
                address: octets.map { MACAddress($0.reduce(0) { $0 << 8 | UInt64($1) }) })
            spec.group = virtual.group.flatMap { UInt32(exactly: $0) }
        } else if let virtual = instance.ipvlan.value {
            let mode: VirtualInterfaceSpec.IPVLANMode =
                switch virtual.mode {
                case .bridge: .bridge
                case .isolated: .private
                case .vepa: .vepa
                }
            self.init(macvlan: name, on: parent, instance.family, vrid, address: nil)
            spec.kind = .ipvlan(mode)
            hardwareAddress = nil
        } else {
            return nil
        }
    }

    /// The interface for addresses of the instance that are on another one than its own.
    init?(addressesOf instance: VRRPInstance, on parent: NetworkInterface, named name: String) {
        guard let vrid = instance.virtualRouterID.value.flatMap({ UInt8(exactly: $0) }) else { return nil }
        self.init(macvlan: name, on: parent, instance.family, vrid, address: nil)
    }

    /// - Parameter address: Nil for the virtual router's own.
    private init(
        macvlan name: String, on parent: NetworkInterface, _ family: AddressFamily, _ vrid: UInt8, address: MACAddress?
    ) {
        let recipe = VirtualMACInterface(family: family, virtualRouterID: vrid)
        let hardware = address ?? recipe.hardwareAddress
        spec = VirtualInterfaceSpec(name: name, parent: parent.index, kind: .macvlan(.private, hardware))
        spec.addressGenerationMode = 1
        hardwareAddress = hardware
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

    /// The interfaces, besides its own virtual one, on which addresses of the instance want the virtual MAC.
    static func otherInterfaces(of instance: VRRPInstance) -> [String] {
        var names: [String] = []
        for address in (instance.addresses + instance.excludedAddresses).map(\.value) {
            let named = address.interface
            let isElsewhere = named != nil && named != instance.interface.value
            guard address.flags.contains(.usesVMAC) || instance.addressesUseVMAC.value && isElsewhere,
                let name = named ?? instance.interface.value
            else { continue }
            let isOwn = !isElsewhere && instance.virtualMAC.value != nil
            if !isOwn, !names.contains(name) { names.append(name) }
        }
        return names
    }

    /// What the virtual interfaces are called: as configured, or `vmac_prefix`, a dot and the VRID; a number follows
    /// where that is taken, as by the IPv6 router beside the IPv4 one.
    ///
    /// - Returns: By the instance and the interface that it is on top of, which is empty for the instance's own.
    static func names(in configuration: Configuration) -> [String: [String: String]] {
        var names: [String: [String: String]] = [:]
        var taken: Set<String> = []
        let global = configuration.global
        let wanting = configuration.instances.filter { $0.virtualMAC.value != nil || $0.ipvlan.value != nil }
        for instance in wanting {
            guard let name = instance.virtualMAC.value?.interface ?? instance.ipvlan.value?.interface else { continue }
            names[instance.name.value, default: [:]][""] = name
            taken.insert(name)
        }
        func choose(_ prefix: String, _ instance: VRRPInstance) -> String? {
            guard let vrid = instance.virtualRouterID.value else { return nil }
            let usual = "\(prefix).\(vrid)"
            var name = usual
            if taken.contains(name) { name = "\(prefix)\(instance.family == .ipv4 ? 4 : 6).\(vrid)" }
            var number = 1
            while taken.contains(name) {
                name = "\(usual).\(number)"
                number += 1
            }
            taken.insert(name)
            return name
        }
        for instance in wanting where names[instance.name.value] == nil {
            names[instance.name.value, default: [:]][""] = choose(global.vmacPrefix.value, instance)
        }
        for instance in configuration.instances {
            for interface in otherInterfaces(of: instance) {
                names[instance.name.value, default: [:]][interface] = choose(
                    global.vmacAddressPrefix.value ?? global.vmacPrefix.value, instance)
            }
        }
        return names
    }
}
