/// One way to write an option or a verb on the command line. This table is the only list of them: the parser, the
/// completions' test and the man page's test read it.
package struct Spelling: Sendable {
    package enum Value: Sendable {
        case none, required
        /// Taken from the next word only if that does not start with `-`.
        case optional
    }

    /// What a spelling stands for.
    package enum Meaning: Sendable {
        case verb(Verb)
        case help, version
        case flag(Option)
        case value(Option)
        case service(ServiceKind)
        case forwarding(Forwarding)
        case ipv6
        /// Accepted for old scripts.
        case ignored
    }

    package enum ServiceKind: Sendable {
        case tcp, udp, sctp, firewallMark
    }

    package enum Forwarding: Sendable {
        case direct, tunnel, masquerade
    }

    package let long: StaticString
    package let short: Unicode.Scalar?
    package let value: Value
    package let meaning: Meaning

    private init(_ long: StaticString, _ short: Unicode.Scalar?, _ value: Value, _ meaning: Meaning) {
        self.long = long
        self.short = short
        self.value = value
        self.meaning = meaning
    }

    package static let all: [Spelling] = [
        Spelling("add-service", "A", .none, .verb(.addService)),
        Spelling("edit-service", "E", .none, .verb(.editService)),
        Spelling("delete-service", "D", .none, .verb(.deleteService)),
        Spelling("clear", "C", .none, .verb(.flush)),
        Spelling("list", "L", .none, .verb(.list)),
        Spelling("list", "l", .none, .verb(.list)),
        Spelling("zero", "Z", .none, .verb(.zero)),
        Spelling("add-server", "a", .none, .verb(.addServer)),
        Spelling("edit-server", "e", .none, .verb(.editServer)),
        Spelling("delete-server", "d", .none, .verb(.deleteServer)),
        Spelling("set", nil, .none, .verb(.setTimeouts)),
        Spelling("start-daemon", nil, .required, .verb(.startDaemon)),
        Spelling("stop-daemon", nil, .required, .verb(.stopDaemon)),
        Spelling("restore", "R", .none, .verb(.restore)),
        Spelling("save", "S", .none, .verb(.save)),
        Spelling("help", "h", .none, .help),
        Spelling("version", "v", .none, .version),

        Spelling("tcp-service", "t", .required, .service(.tcp)),
        Spelling("udp-service", "u", .required, .service(.udp)),
        Spelling("sctp-service", nil, .required, .service(.sctp)),
        Spelling("fwmark-service", "f", .required, .service(.firewallMark)),
        Spelling("ipv6", "6", .none, .ipv6),
        Spelling("scheduler", "s", .required, .value(.scheduler)),
        Spelling("persistent", "p", .optional, .value(.persistent)),
        Spelling("netmask", "M", .required, .value(.netmask)),
        Spelling("pe", nil, .required, .value(.persistenceEngine)),
        Spelling("ops", "o", .none, .flag(.onePacket)),
        Spelling("sched-flags", "b", .required, .value(.schedulerFlags)),

        Spelling("real-server", "r", .required, .value(.realServer)),
        Spelling("gatewaying", "g", .none, .forwarding(.direct)),
        Spelling("ipip", "i", .none, .forwarding(.tunnel)),
        Spelling("masquerading", "m", .none, .forwarding(.masquerade)),
        Spelling("weight", "w", .required, .value(.weight)),
        Spelling("u-threshold", "x", .required, .value(.upperThreshold)),
        Spelling("l-threshold", "y", .required, .value(.lowerThreshold)),
        Spelling("tun-type", nil, .required, .value(.tunnelType)),
        Spelling("tun-port", nil, .required, .value(.tunnelPort)),
        Spelling("tun-nocsum", nil, .none, .flag(.tunnelNoChecksum)),
        Spelling("tun-csum", nil, .none, .flag(.tunnelChecksum)),
        Spelling("tun-remcsum", nil, .none, .flag(.tunnelRemoteChecksum)),

        Spelling("numeric", "n", .none, .flag(.numeric)),
        Spelling("connection", "c", .none, .flag(.connection)),
        Spelling("timeout", nil, .none, .flag(.timeout)),
        Spelling("daemon", nil, .none, .flag(.daemon)),
        Spelling("stats", nil, .none, .flag(.statistics)),
        Spelling("rate", nil, .none, .flag(.rate)),
        Spelling("thresholds", nil, .none, .flag(.thresholds)),
        Spelling("persistent-conn", nil, .none, .flag(.persistentConnections)),
        Spelling("tun-info", nil, .none, .flag(.tunnelInformation)),
        Spelling("nosort", nil, .none, .flag(.noSort)),
        Spelling("sort", nil, .none, .ignored),
        Spelling("exact", "X", .none, .flag(.exact)),

        Spelling("mcast-interface", nil, .required, .value(.multicastInterface)),
        Spelling("syncid", nil, .required, .value(.syncID)),
        Spelling("sync-maxlen", nil, .required, .value(.syncMaximumLength)),
        Spelling("mcast-group", nil, .required, .value(.multicastGroup)),
        Spelling("mcast-port", nil, .required, .value(.multicastPort)),
        Spelling("mcast-ttl", nil, .required, .value(.multicastTTL)),

        // Beyond ipvsadm 1.31: long spellings only.
        Spelling("json", nil, .none, .flag(.json)),
        Spelling("replace", nil, .none, .flag(.replace)),
        Spelling("dry-run", nil, .none, .flag(.dryRun)),
        Spelling("check", nil, .none, .flag(.check)),
        Spelling("patch", nil, .none, .flag(.patch)),
        Spelling("wait", nil, .optional, .value(.wait)),
        Spelling("watch", nil, .optional, .value(.watch)),
    ]

    // The table is short, and a program that starts for one command line would spend longer on building an index.

    static func short(_ letter: UInt8) -> Spelling? {
        for spelling in all where spelling.short?.value == UInt32(letter) { return spelling }
        return nil
    }

    static func long(_ word: ArraySlice<UInt8>) -> Spelling? {
        for spelling in all where spelling.long.utf8CodeUnitCount == word.count {
            if spelling.long.withUTF8Buffer({ $0.elementsEqual(word) }) { return spelling }
        }
        return nil
    }
}
