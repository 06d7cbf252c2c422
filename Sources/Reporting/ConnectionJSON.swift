package import IPVSModel

/// Connections as JSON, one a line; the schema is in ipvsadm(8).
package struct ConnectionJSON: ~Copyable {
    package var writer = JSONWriter()

    package init() {}

    package mutating func begin() {
        writer.open("{")
        writer.key("connections")
        writer.open("[")
    }

    package mutating func write(_ entry: ConnectionEntry) {
        writer.newline()
        writer.open("{")
        writer.key("protocol")
        if let name = entry.protocolNumber?.name { writer.string(name) } else { writer.null() }
        writer.key("expires")
        writer.number(entry.expires)
        writer.key("state")
        writer.string(entry.state)
        writer.key("source")
        write(entry.client)
        writer.key("virtual")
        if entry.firewallMark == nil { write(entry.virtual) } else { writer.null() }
        writer.key("fwmark")
        if let mark = entry.firewallMark { writer.number(mark) } else { writer.null() }
        writer.key("destination")
        write(entry.destination)
        writer.key("template")
        writer.bool(entry.isTemplate)
        writer.key("persistence")
        if entry.engine.isEmpty {
            writer.null()
        } else {
            writer.object {
                $0.key("engine")
                $0.string(entry.engine)
                $0.key("data")
                $0.string(entry.engineData)
            }
        }
        writer.close("}")
    }

    package mutating func end() {
        writer.text.newline()
        writer.close("]")
        writer.close("}")
        writer.text.newline()
    }

    private mutating func write(_ endpoint: RealServer.Endpoint) {
        writer.object {
            $0.key("address")
            $0.address(endpoint.address)
            $0.key("port")
            $0.number(endpoint.port)
        }
    }
}
