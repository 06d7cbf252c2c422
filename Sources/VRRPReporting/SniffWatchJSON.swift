import Addresses
import PacketFormats
package import Reporting
import VRRPProtocol

/// Changes and the summary of a watch, each as one JSON object on one line. Members are only ever added.
package enum SniffWatchJSON {
    /// A change: `"type":"event"`, and `event` says what.
    package static func write(_ event: SniffEvent, into text: inout Text) {
        var writer = JSONWriter()
        writer.object { writer in
            writer.key("type")
            writer.string("event" as StaticString)
            writer.key("time")
            SniffJSON.write(event.time, into: &writer)
            writer.key("event")
            switch event.change {
            case .advertises: writer.string("advertises" as StaticString)
            case .priority: writer.string("priority" as StaticString)
            case .resigned: writer.string("resigned" as StaticString)
            case .silent: writer.string("silent" as StaticString)
            case .alarm: writer.string("alarm" as StaticString)
            case .isOver: writer.string("over" as StaticString)
            }
            if case .priority(let before) = event.change {
                writer.key("before")
                writer.number(before)
            }
            write(event.router, into: &writer)
            if let sender = event.sender {
                writer.key("sender")
                write(sender, into: &writer)
            }
            switch event.change {
            case .alarm(let alarm), .isOver(let alarm): members(of: alarm, into: &writer)
            default: break
            }
        }
        text.append(writer.text.bytes)
        text.newline()
    }

    /// All that was heard: `"type":"summary"`.
    package static func write(_ watch: SniffWatch, into text: inout Text) {
        var writer = JSONWriter()
        writer.object { writer in
            writer.key("type")
            writer.string("summary" as StaticString)
            writer.key("packets")
            writer.number(watch.packets)
            writer.key("unreadable")
            writer.number(watch.unreadable)
            writer.key("notFollowed")
            writer.number(watch.ofMoreRouters)
            writer.key("routers")
            writer.array { writer in
                for router in watch.routers { write(router, into: &writer) }
            }
            writer.key("alarms")
            writer.array { writer in
                for alarm in watch.alarms {
                    writer.object { writer in
                        write(alarm.router, into: &writer)
                        members(of: alarm, into: &writer)
                        writer.key("raised")
                        SniffJSON.write(alarm.raised, into: &writer)
                        writer.key("over")
                        writer.bool(alarm.isOver)
                    }
                }
            }
            writer.key("moreAlarms")
            writer.number(watch.moreAlarms)
        }
        text.append(writer.text.bytes)
        text.newline()
    }

    private static func write(_ router: SniffedRouter, into writer: inout JSONWriter) {
        writer.object { writer in
            write(router.name, into: &writer)
            writer.key("instance")
            if let instance = router.instance { writer.string(instance) } else { writer.null() }
            writer.key("moreSenders")
            writer.bool(router.hasMoreSenders)
            writer.key("senders")
            writer.array { writer in
                for sender in router.senders { write(sender, into: &writer) }
            }
        }
    }

    private static func write(_ name: SniffedRouter.Name, into writer: inout JSONWriter) {
        writer.key("interface")
        if let interface = name.interface { writer.string(interface) } else { writer.null() }
        writer.key("vlan")
        if let vlan = name.vlan { writer.number(vlan) } else { writer.null() }
        writer.key("family")
        writer.string(name.family == .ipv4 ? "ipv4" : "ipv6" as StaticString)
        writer.key("vrid")
        writer.number(name.virtualRouterID)
    }

    private static func write(_ sender: SniffedSender, into writer: inout JSONWriter) {
        writer.object { writer in
            write(sender.name, into: &writer)
            writer.key("thisHost")
            writer.bool(sender.isOwn)
            writer.key("version")
            writer.number(sender.version)
            writer.key("state")
            writer.string(sender.state.rawValue)
            writer.key("priority")
            writer.number(sender.priority)
            writer.key("interval")
            SniffJSON.write(sender.interval, into: &writer)
            seconds("measuredInterval", sender.gaps.count > 0 ? sender.gaps.mean : nil, into: &writer)
            seconds("jitter", sender.gaps.jitter, into: &writer)
            seconds("longestInterval", sender.gaps.count > 0 ? sender.gaps.longest : nil, into: &writer)
            writer.key("packets")
            writer.number(sender.packets)
            writer.key("rejected")
            writer.number(sender.rejected)
            writer.key("ttl")
            writer.number(sender.hopLimit)
            writer.key("authentication")
            let authentication = SniffWords.authentication(sender)
            if authentication == "-" { writer.null() } else { writer.string(authentication) }
            writer.key("checksum")
            switch sender.checksum {
            case .messageOnly: writer.string("message-only" as StaticString)
            case .pseudoHeader: writer.string("pseudo-header" as StaticString)
            case nil: writer.null()
            }
            writer.key("addresses")
            writer.array { writer in
                for address in sender.addresses { writer.address(address) }
            }
        }
    }

    private static func write(_ name: SniffSenderName, into writer: inout JSONWriter) {
        writer.key("source")
        writer.address(name.address)
        writer.key("mac")
        if let mac = name.mac { writer.string(mac.description) } else { writer.null() }
    }

    private static func members(of alarm: SniffAlarm, into writer: inout JSONWriter) {
        writer.key("alarm")
        writer.string(alarm.kind.rawValue)
        writer.key("message")
        writer.string(alarm.sentence)
        writer.key("senders")
        writer.array { writer in
            for sender in alarm.senders { writer.object { write(sender, into: &$0) } }
        }
    }

    /// Seconds to the microsecond.
    private static func seconds(_ key: StaticString, _ number: Double?, into writer: inout JSONWriter) {
        writer.key(key)
        if let number, number.isFinite, number < 1e12 {
            writer.number(decimal: SniffWords.decimal(number, 6))
        } else {
            writer.null()
        }
    }
}
