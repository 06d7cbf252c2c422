import Addresses
import PacketFormats
package import Reporting
import VRRPProtocol
import VRRPSimulation

/// A timeline as one JSON document; times in seconds. Members are only ever added.
package enum TimelineJSON {
    package static func write(_ report: TimelineReport, into writer: inout JSONWriter) {
        writer.object { writer in
            writer.key("version")
            writer.number(1)
            writer.key("seed")
            writer.number(report.plan.seed)
            writer.key("duration")
            time(report.duration, into: &writer)
            writer.key("nodes")
            writer.array { writer in
                for node in report.plan.nodes { write(node, into: &writer) }
            }
            writer.key("failures")
            writer.array { writer in
                for failure in report.failures { write(failure, into: &writer) }
            }
            writer.key("transitions")
            writer.array { writer in
                for line in report.lines where line.state != nil { write(line, of: report, into: &writer) }
            }
            writer.key("events")
            writer.array { writer in
                for line in report.lines where line.state == nil { write(line, of: report, into: &writer) }
            }
            writer.key("rejections")
            writer.array { writer in writeRejections(of: report, into: &writer) }
            writer.key("addresses")
            writer.array { writer in
                for history in report.addresses { write(history, of: report, into: &writer) }
            }
            writer.key("findings")
            writer.array { writer in
                for finding in report.findings { writer.string(finding) }
            }
        }
        writer.text.newline()
    }

    private static func time(_ instant: Instant, into writer: inout JSONWriter) {
        seconds(instant.nanoseconds, into: &writer)
    }

    /// With nine decimals, as the simulation counts.
    private static func seconds(_ nanoseconds: Int64, into writer: inout JSONWriter) {
        var fraction = String(1_000_000_000 + nanoseconds.magnitude % 1_000_000_000).dropFirst()
        while fraction.count > 1, fraction.last == "0" { fraction = fraction.dropLast() }
        writer.decimal("\(nanoseconds < 0 ? "-" : "")\(nanoseconds.magnitude / 1_000_000_000).\(fraction)")
    }

    private static func write(_ node: NodePlan, into writer: inout JSONWriter) {
        writer.newline()
        writer.object { writer in
            writer.key("name")
            writer.string(node.name)
            writer.key("aliases")
            writer.array { writer in
                for alias in node.aliases { writer.string(alias) }
            }
            writer.key("instances")
            writer.array { writer in
                for router in node.routers { write(router, into: &writer) }
            }
            writer.key("sync_groups")
            writer.array { writer in
                for group in node.groups {
                    writer.object { writer in
                        writer.key("name")
                        writer.string(group.name)
                        writer.key("members")
                        writer.array { writer in
                            for member in group.members { writer.string(node.routers[member].name) }
                        }
                    }
                }
            }
        }
    }

    private static func write(_ router: RouterPlan, into writer: inout JSONWriter) {
        let configuration = router.configuration
        writer.object { writer in
            writer.key("name")
            writer.string(router.name)
            writer.key("interface")
            writer.string(router.interface)
            writer.key("address")
            if let address = configuration.primaryAddress {
                writer.string(address.description)
            } else {
                writer.null()
            }
            writer.key("version")
            writer.number(configuration.version.rawValue)
            writer.key("vrid")
            writer.number(configuration.virtualRouterID)
            writer.key("priority")
            writer.number(configuration.priority)
            writer.key("advert_int")
            seconds(configuration.advertisementInterval.nanoseconds, into: &writer)
            writer.key("preempt")
            writer.bool(configuration.preempts)
            writer.key("unicast_peers")
            writer.array { writer in
                for peer in router.peers { writer.string(peer.description) }
            }
            writer.key("addresses")
            writer.array { writer in
                for address in configuration.heldAddresses { writer.string(address.description) }
            }
        }
    }

    private static func write(_ failure: Failure, into writer: inout JSONWriter) {
        writer.newline()
        writer.object { writer in
            writer.key("what")
            writer.string(failure.text)
            writer.key("from")
            time(failure.from, into: &writer)
            writer.key("until")
            if let until = failure.until { time(until, into: &writer) } else { writer.null() }
            writer.key("text")
            writer.string(failure.beginning)
        }
    }

    private static func write(_ line: TimelineLine, of report: TimelineReport, into writer: inout JSONWriter) {
        writer.newline()
        writer.object { writer in
            writer.key("time")
            time(line.time, into: &writer)
            writer.key("node")
            string(line.node.map { report.plan.nodes[$0].name }, into: &writer)
            writer.key(line.isGroup ? "sync_group" : "instance")
            string(line.instance, into: &writer)
            if let state = line.state {
                writer.key("from")
                string(line.before.map { "\($0)" }, into: &writer)
                writer.key("to")
                writer.string("\(state)")
            }
            if let priority = line.priority {
                writer.key("priority")
                writer.number(priority)
            }
            writer.key("cause")
            writer.string(line.cause)
            writer.key("text")
            writer.string(line.text)
        }
    }

    private static func string(_ text: String?, into writer: inout JSONWriter) {
        if let text { writer.string(text) } else { writer.null() }
    }

    private static func writeRejections(of report: TimelineReport, into writer: inout JSONWriter) {
        for (packet, count) in report.record.rejections {
            writer.newline()
            writer.object { writer in
                writer.key("node")
                writer.string(report.plan.nodes[packet.node].name)
                writer.key("instance")
                writer.string(report.plan.nodes[packet.node].routers[packet.router].name)
                writer.key("sender")
                writer.string(report.plan.nodes[packet.sender].name)
                writer.key("reason")
                writer.string(packet.reason.rawValue)
                writer.key("count")
                writer.number(count)
            }
        }
    }

    private static func write(_ history: AddressHistory, of report: TimelineReport, into writer: inout JSONWriter) {
        writer.newline()
        writer.object { writer in
            writer.key("address")
            writer.string(history.address.description)
            writer.key("owners")
            write(history.stretches.filter { !$0.nodes.isEmpty }, of: report, into: &writer)
            writer.key("absences")
            write(history.absences, of: report, into: &writer)
            writer.key("overlaps")
            write(history.overlaps, of: report, into: &writer)
            writer.key("away_seconds")
            seconds(history.absences.map(\.length).reduce(0, &+), into: &writer)
            writer.key("overlap_seconds")
            seconds(history.overlaps.map(\.length).reduce(0, &+), into: &writer)
        }
    }

    private static func write(
        _ stretches: [AddressHistory.Stretch], of report: TimelineReport, into writer: inout JSONWriter
    ) {
        writer.array { writer in
            for stretch in stretches {
                writer.object { writer in
                    writer.key("from")
                    time(stretch.from, into: &writer)
                    writer.key("until")
                    time(stretch.until, into: &writer)
                    writer.key("nodes")
                    writer.array { writer in
                        for node in stretch.nodes { writer.string(report.plan.nodes[node].name) }
                    }
                }
            }
        }
    }
}
