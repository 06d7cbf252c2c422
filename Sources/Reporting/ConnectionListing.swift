package import IPVSModel

/// `ipvsadm -L -c`, in the columns of ipvsadm 1.31.
package struct ConnectionListing {
    /// Whether persistence-engine data is shown.
    package var withEngine: Bool
    package var names: any EndpointNames

    package init(withEngine: Bool, names: any EndpointNames) {
        self.withEngine = withEngine
        self.names = names
    }

    package func writeTitles(into text: inout Text) {
        text.append("IPVS connection entries\n")
        text.append("pro expire state       source             virtual            destination")
        if withEngine { text.append("        pe name          pe_data") }
        text.newline()
    }

    package func write(_ entry: ConnectionEntry, into text: inout Text) {
        text.left(3) { $0.append(entry.transport) }
        text.append(byte: UInt8(ascii: " "))
        text.left(6) { Self.writeTime(entry.expires, into: &$0) }
        text.append(byte: UInt8(ascii: " "))
        text.left(11) { $0.append(entry.state) }
        text.append(byte: UInt8(ascii: " "))
        let transport = entry.protocolNumber
        text.left(18) { names.write(entry.client, transport, into: &$0) }
        text.append(byte: UInt8(ascii: " "))
        text.left(18) { names.write(entry.virtual, transport, into: &$0) }
        text.append(byte: UInt8(ascii: " "))
        if withEngine, !entry.engine.isEmpty {
            text.left(16) { names.write(entry.destination, transport, into: &$0) }
            text.append(byte: UInt8(ascii: " "))
            text.left(18) { $0.appendPrintable(entry.engine) }
            text.append(byte: UInt8(ascii: " "))
            text.appendPrintable(entry.engineData)
        } else {
            names.write(entry.destination, transport, into: &text)
        }
        text.newline()
    }

    private static func writeTime(_ seconds: UInt32, into text: inout Text) {
        for (index, part) in [seconds / 60, seconds % 60].enumerated() {
            if index > 0 { text.append(byte: UInt8(ascii: ":")) }
            if part < 10 { text.append(byte: UInt8(ascii: "0")) }
            text.append(part)
        }
    }
}

extension Text {
    /// Appends bytes of any origin: what could steer a terminal becomes `?`.
    package mutating func appendPrintable(_ bytes: [UInt8]) {
        for byte in bytes { append(byte: byte >= 0x20 && byte < 0x7f ? byte : UInt8(ascii: "?")) }
    }
}
