import Addresses
import IPVSModel
import Reporting

/// `-L --timeout` and `-L --daemon`.
enum SmallListings {
    static func write(_ timeouts: ConnectionTimeouts, asJSON: Bool, _ output: inout Output) {
        if asJSON {
            writeJSON(&output) {
                $0.key("timeouts")
                $0.object {
                    $0.key("tcp")
                    $0.number(timeouts.tcp)
                    $0.key("tcp_fin")
                    $0.number(timeouts.tcpFin)
                    $0.key("udp")
                    $0.number(timeouts.udp)
                }
            }
            return
        }
        var text = Text()
        text.append("Timeout (tcp tcpfin udp): ")
        text.append(timeouts.tcp)
        text.append(" ")
        text.append(timeouts.tcpFin)
        text.append(" ")
        text.append(timeouts.udp)
        text.newline()
        output.flush(&text)
    }

    static func write(_ daemons: [SyncDaemon], asJSON: Bool, _ output: inout Output) {
        if asJSON {
            writeJSON(&output) {
                $0.key("daemons")
                $0.array { for daemon in daemons { write(daemon, into: &$0) } }
            }
            return
        }
        var text = Text()
        for daemon in daemons { write(daemon, into: &text) }
        output.flush(&text)
    }

    private static func writeJSON(_ output: inout Output, _ body: (inout JSONWriter) -> Void) {
        var json = JSONWriter()
        json.object(body)
        json.text.newline()
        output.flush(&json.text)
    }

    private static func write(_ daemon: SyncDaemon, into text: inout Text) {
        text.append(daemon.role == .master ? "master" : "backup")
        text.append(" sync daemon (mcast=")
        text.append(daemon.interface)
        text.append(", syncid=")
        text.append(daemon.syncID)
        if let length = daemon.maximumLength, length != 0 {
            text.append(", maxlen=")
            text.append(length)
        }
        if let group = daemon.group, !group.isUnspecified {
            text.append(", group=")
            text.append(group)
        }
        if let port = daemon.port, port != 0 {
            text.append(", port=")
            text.append(port)
        }
        if let timeToLive = daemon.timeToLive, timeToLive != 0 {
            text.append(", ttl=")
            text.append(timeToLive)
        }
        text.append(")\n")
    }

    private static func write(_ daemon: SyncDaemon, into json: inout JSONWriter) {
        json.object {
            $0.key("state")
            $0.string(daemon.role == .master ? "master" : "backup")
            $0.key("interface")
            $0.string(daemon.interface)
            $0.key("syncid")
            $0.number(daemon.syncID)
            $0.key("maxlen")
            $0.number(daemon.maximumLength)
            $0.key("group")
            if let group = daemon.group { $0.address(group) } else { $0.null() }
            $0.key("port")
            $0.number(daemon.port)
            $0.key("ttl")
            $0.number(daemon.timeToLive)
        }
    }
}

extension JSONWriter {
    fileprivate mutating func number(_ value: (some BinaryInteger)?) {
        if let value { number(value) } else { null() }
    }
}
