package import Addresses
import Glibc
import Routing

/// This host as a real server: looks at it, and carries plans out or leaves it as it was.
package final class RealServerHost {
    private let network: KernelNetwork
    private let file: RealServerFile

    /// - Throws: Status 73 where the folder of the state file cannot be made.
    package init() throws(RealServerError) {
        do throws(RoutingError) {
            network = try KernelNetwork()
        } catch {
            throw RealServerError("\(error)")
        }
        file = try RealServerFile()
    }

    /// What was done here before.
    package func record() throws(RealServerError) -> RealServerRecord { try file.read() }

    // MARK: What there is

    package func facts() throws(RealServerError) -> RealServerFacts {
        var facts = RealServerFacts()
        do throws(RoutingError) {
            let interfaces = Set(
                RealServerMethod.allCases.flatMap { [$0.interface(.ipv4), $0.interface(.ipv6)] })
            var names: [Int32: String] = [:]
            for link in try network.links() {
                names[link.index] = link.name
                if interfaces.contains(link.name) { facts.links[link.name] = link.isUp }
            }
            for address in try network.addresses() {
                guard let name = names[address.interface] else { continue }
                facts.addresses[address.address, default: [:]][name] = address.label
            }
        } catch {
            throw RealServerError("\(error)")
        }
        for method in RealServerMethod.allCases {
            for setting in method.settings(.ipv4) {
                for sysctl in [setting.sysctl, setting.zeroWhere].compactMap(\.self) {
                    facts.sysctls[sysctl] = try? sysctl.read()
                }
            }
        }
        return facts
    }

    // MARK: Changes

    /// Does what makes the host a real server, or nothing.
    ///
    /// - Returns: What was done.
    /// - Throws: After everything was taken back; the message says what failed.
    package func up(
        _ addresses: [IPAddress], _ method: RealServerMethod
    ) throws(RealServerError) -> RealServerPlan {
        try file.lock()
        let before = try file.read()
        var loaded: [RealServerStep] = []
        var plan = try RealServerPlan.up(addresses, method, try facts(), before)
        // The settings of an interface can be read only when it is there.
        for step in plan.steps {
            guard case .loadModule(let name) = step else { continue }
            try load(name)
            loaded.append(step)
        }
        if !loaded.isEmpty {
            plan = try RealServerPlan.up(addresses, method, try facts(), before)
            for step in plan.steps {
                guard case .loadModule(let name) = step else { continue }
                throw RealServerError(
                    "the module \(name) is loaded, but its interface is not in this network namespace "
                        + "(net.core.fb_tunnels_only_for_init_net)")
            }
        }
        try carryOut(plan, before)
        return plan.after(loaded)
    }

    /// Undoes it, or nothing.
    ///
    /// - Returns: What was done.
    package func down(_ addresses: [IPAddress]) throws(RealServerError) -> RealServerPlan {
        try file.lock()
        let before = try file.read()
        let plan = RealServerPlan.down(addresses, try facts(), before)
        try carryOut(plan, before)
        return plan
    }

    /// What is about to be done is on the file before the first step: if this process is killed, the next one undoes
    /// what there is of it.
    private func carryOut(_ plan: RealServerPlan, _ before: RealServerRecord) throws(RealServerError) {
        guard !plan.steps.isEmpty || plan.record != before else { return }
        try file.write(before.union(plan.record))
        var done: [RealServerStep] = []
        for step in plan.steps {
            do throws(RealServerError) {
                try take(step)
                done.append(step)
            } catch {
                var left: [String] = []
                for inverse in done.reversed().compactMap(\.inverse) {
                    do throws(RealServerError) {
                        try take(inverse)
                    } catch {
                        left.append(error.description)
                    }
                }
                if left.isEmpty { try? file.write(before) }
                throw RealServerError(
                    error.description
                        + (left.isEmpty
                            ? "; nothing is changed"
                            : "; not all could be taken back: \(left.joined(separator: ", "))"),
                    status: error.status)
            }
        }
        try file.write(plan.record)
    }

    private func take(_ step: RealServerStep) throws(RealServerError) {
        switch step {
        case .loadModule(let name): try load(name)
        case .setLink(let name, let isUp): try apply(to: name) { .setLink($0, isUp: isUp) }
        case .write(let sysctl, let value, _):
            do throws(RoutingError) {
                try sysctl.write(value)
            } catch {
                throw Self.failure(error)
            }
        case .add(let address, let interface, let label):
            try apply(to: interface) { .addAddress(Self.spec(address, $0, label)) }
        case .remove(let address, let interface, let label):
            try apply(to: interface) { .removeAddress(Self.spec(address, $0, label)) }
        }
    }

    private func apply(
        to interface: String, _ change: (Int32) -> KernelChange
    ) throws(RealServerError) {
        let link: Link?
        do throws(RoutingError) {
            link = try network.link(named: interface)
        } catch {
            throw Self.failure(error)
        }
        guard let link else { throw RealServerError("the interface \(interface) is missing") }
        if let error = network.apply([change(link.index)])[0] { throw Self.failure(error) }
    }

    private static func spec(_ address: IPAddress, _ interface: Int32, _ label: String?) -> AddressSpec {
        var spec = AddressSpec(
            interface: interface, address: address, prefixLength: address.family == .ipv4 ? 32 : 128)
        spec.label = label
        // Others have the address as well: that is the purpose.
        if address.family == .ipv6 { spec.flags = .noDuplicateDetection }
        // It is not the daemon's.
        spec.originator = 0
        return spec
    }

    private func load(_ module: String) throws(RealServerError) {
        var child: pid_t = 0
        let words = ["/sbin/modprobe", "--", module]
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
        arguments.append(nil)
        defer { for argument in arguments { free(argument) } }
        var status: Int32 = 0
        guard posix_spawn(&child, words[0], nil, nil, &arguments, environ) == 0 else {
            throw RealServerError("/sbin/modprobe \(module) cannot be started: \(String(cString: strerror(errno)))")
        }
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        guard status == 0 else {
            throw RealServerError("modprobe \(module) failed: the tunnel needs that kernel module; nothing is changed")
        }
    }

    private static func failure(_ error: RoutingError) -> RealServerError {
        let isDenied = error.code == EPERM || error.code == EACCES
        return RealServerError("\(error)", status: isDenied ? 77 : 1)
    }
}
