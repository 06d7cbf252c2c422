import Addresses

extension Interpreter {
    /// `[[name] INTERFACE] [MAC] [netlink_notify_msg] [group NUMBER]`
    mutating func virtualMAC(_ statement: Statement, into instance: inout VRRPInstance) {
        var vmac = VirtualMAC()
        var reader = WordReader(statement)
        reader.index = 1
        while let word = reader.next() {
            switch word.text {
            case "name": vmac.interface = reader.interface(of: word, &self)
            case "netlink_notify_msg": vmac.notifiesByNetlink = true
            case "group": vmac.group = reader.integer(of: word, 0...KeywordLimits.count, &self)
            default:
                if let bytes = Self.macAddress(word.text) {
                    vmac.address = bytes
                } else if vmac.interface == nil {
                    vmac.interface = interface(word)
                } else {
                    unknownOption(word, of: statement, ["name", "netlink_notify_msg", "group"])
                }
            }
        }
        instance.virtualMAC = Setting(vmac, .file(statement.valueSpan))
    }

    static func words(_ vmac: VirtualMAC) -> [String] {
        var words: [String] = []
        if let interface = vmac.interface { words += ["name", interface] }
        if let address = vmac.address { words.append(address.map(hexadecimal).joined(separator: ":")) }
        if vmac.notifiesByNetlink { words.append("netlink_notify_msg") }
        if let group = vmac.group { words += ["group", String(group)] }
        return words
    }

    /// `[[name] INTERFACE] [ADDRESS] [bridge|private|vepa]`
    mutating func ipvlan(_ statement: Statement, into instance: inout VRRPInstance) {
        var ipvlan = IPVLAN()
        var reader = WordReader(statement)
        reader.index = 1
        while let word = reader.next() {
            if word.text == "name" {
                ipvlan.interface = reader.interface(of: word, &self)
            } else if let mode = IPVLAN.Mode(rawValue: word.text) {
                ipvlan.mode = mode
            } else if let address = Self.address(String(word.text.prefix { $0 != "/" })) {
                ipvlan.address = address
            } else if ipvlan.interface == nil {
                ipvlan.interface = interface(word)
            } else {
                unknownOption(word, of: statement, ["name", "bridge", "private", "vepa"])
            }
        }
        instance.ipvlan = Setting(ipvlan, .file(statement.valueSpan))
    }

    static func words(_ ipvlan: IPVLAN) -> [String] {
        (ipvlan.interface.map { ["name", $0] } ?? []) + (ipvlan.address.map { [$0.description] } ?? [])
            + [ipvlan.mode.rawValue]
    }

    /// Six bytes, or five that the VRID follows.
    static func macAddress(_ text: String) -> [UInt8]? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 5 || parts.count == 6 else { return nil }
        var bytes: [UInt8] = []
        for part in parts {
            guard (1...2).contains(part.utf8.count), let byte = UInt8(part, radix: 16) else { return nil }
            bytes.append(byte)
        }
        return bytes
    }

    static func hexadecimal(_ byte: UInt8) -> String {
        let text = String(byte, radix: 16)
        return text.utf8.count < 2 ? "0" + text : text
    }
}
