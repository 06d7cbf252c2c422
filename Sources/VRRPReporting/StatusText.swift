package import ControlProtocol
package import Reporting

/// What `vrrpctl status` shows to people: the node, a row for each virtual router, and the sync groups.
package struct StatusText {
    private let report: StatusReport
    private let time: ShownTime

    /// Addresses that are named in a row; more are counted.
    private static let mostAddresses = 2

    /// - Parameter offset: How many seconds the clock on the wall is ahead of UTC at a time.
    package init(_ report: StatusReport, offset: @escaping (Timestamp) -> Int) {
        self.report = report
        time = ShownTime(now: report.node.now, offset: offset)
    }

    package func write(into text: inout Text) {
        let node = report.node
        text.append(ShownText.harmless("\(node.routerID): vrrpctl \(node.programVersion) runs \(node.file)"))
        text.append(", process \(node.pid), since \(time.since(node.startedAt))\n")
        if let order = node.maintenance {
            text.append("maintenance \(StatusWords.term(of: order, time)): this node gives way to others\n")
        }
        if report.instances.isEmpty {
            text.append("it has no virtual router\n")
        } else {
            text.newline()
            writeInstances(into: &text)
        }
        guard !report.groups.isEmpty else { return }
        text.newline()
        var table = AlignedTable([("SYNC GROUP", .left), ("STATE", .left), ("MEMBERS", .left)])
        for group in report.groups {
            table.add([group.name, group.state, group.members.joined(separator: ", ")])
        }
        table.write(into: &text)
    }

    private func writeInstances(into text: inout Text) {
        var table = AlignedTable([
            ("INSTANCE", .left), ("STATE", .left), ("SINCE", .left), ("INTERFACE", .left), ("VRID", .right),
            ("PRIORITY", .right), ("ACTIVE ROUTER", .left), ("ADDRESSES", .left), ("LAST CHANGE", .left),
        ])
        for instance in report.instances {
            table.add([
                instance.name, instance.state, instance.since.map(time.since) ?? "-",
                instance.interface.isEmpty ? "-" : instance.interface, "\(instance.virtualRouterID)",
                "\(instance.effectivePriority)/\(instance.configuredPriority)", activeRouter(of: instance),
                Self.addresses(of: instance), Self.lastChange(of: instance),
            ])
        }
        table.write(into: &text)
    }

    private func activeRouter(of instance: InstanceReport) -> String {
        guard let active = instance.activeRouter else { return "-" }
        return active.isThis ? "this one" : "\(active.address) (\(active.priority))"
    }

    static func addresses(of instance: InstanceReport) -> String {
        if instance.held.isEmpty { return instance.state == "active" && !instance.addresses.isEmpty ? "none" : "-" }
        guard instance.held.count == instance.addresses.count else {
            return "\(instance.held.count) of \(instance.addresses.count)"
        }
        guard instance.held.count > mostAddresses else { return instance.held.joined(separator: " ") }
        return "all \(instance.held.count)"
    }

    /// Orders come first: they are why it is not as the configuration says.
    private static func lastChange(of instance: InstanceReport) -> String {
        let orders = instance.steering.map { "[\(StatusWords.order($0))] " }.joined()
        guard let last = instance.lastTransition else { return orders + "none yet" }
        return "\(orders)\(last.from) → \(last.to): \(last.text)"
    }
}
