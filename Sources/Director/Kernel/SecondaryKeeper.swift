import Addresses
import Routing

/// Keeps the kernel from removing addresses that nobody asked it to remove.
///
/// With the first IPv4 address of a network on an interface (the primary) the kernel removes all others of that network,
/// unless `promote_secondaries` is set. Where an address of ours came first, an interface's own ones would go with it.
struct SecondaryKeeper {
    /// The settings to be made while the addresses are removed; empty where nothing is in danger.
    let settings: [Sysctl]

    /// - Parameters:
    ///   - removed: What will be removed, in the order of that.
    ///   - there: What is on an interface now.
    init(removing removed: [AddressSpec], there: (Int32) -> [InterfaceAddress], name: (Int32) -> String?) {
        var settings: [Sysctl] = []
        for (interface, specs) in Dictionary(grouping: removed, by: \.interface) {
            let going = Set(specs.map(\.address))
            let wide = specs.filter { $0.address.family == .ipv4 && $0.prefixLength < 32 && $0.peer == nil }
            guard !wide.isEmpty, let name = name(interface) else { continue }
            let present = there(interface)
            let staying = present.filter { $0.isSecondary && !going.contains($0.address) }
            let isInDanger = staying.contains { secondary in
                wide.contains { spec in
                    spec.prefixLength == secondary.prefixLength
                        && spec.address.isInNetwork(of: secondary.address, spec.prefixLength)
                        && present.contains { $0.isSame(as: spec) && !$0.isSecondary }
                }
            }
            if isInDanger { settings.append(Sysctl(.ipv4, name, "promote_secondaries")) }
        }
        self.settings = settings
    }

    /// Runs `body` with the settings made, and puts them back.
    ///
    /// - Parameter remember: Told of a setting that is about to be made and its old value; returns what to call when it
    ///   is put back.
    func during<T>(_ remember: (Sysctl, Int) -> () -> Void = { _, _ in {} }, _ body: () -> T) -> T {
        var undo: [() -> Void] = []
        for sysctl in settings {
            // Where it cannot be read or set, the kernel does as it does.
            guard let old = try? sysctl.read(), old == 0 else { continue }
            let forget = remember(sysctl, old)
            undo.append {
                try? sysctl.write(old)
                forget()
            }
            try? sysctl.write(1)
        }
        defer { for step in undo { step() } }
        return body()
    }
}

extension IPAddress {
    /// Whether both are IPv4 addresses of the same network.
    fileprivate func isInNetwork(of other: IPAddress, _ length: Int) -> Bool {
        guard case .v4(let left) = self, case .v4(let right) = other else { return false }
        return length <= 0 || (left.value ^ right.value) >> UInt32(32 - min(length, 32)) == 0
    }
}
