import Addresses
import IPVSModel
import Reporting

/// What goes together: options with their command, and with each other.
extension InvocationParser {
    func checkOptions(of verb: Verb) throws(UsageError) {
        var exclusive: Option?
        for option in Option.allCases {
            let use = option.use(with: verb)
            guard given.contains(option) else {
                if use == .required {
                    throw .usage {
                        $0.append("You need to supply the '")
                        $0.append(option.name)
                        $0.append("' option for the '")
                        $0.append(verb.name)
                        $0.append("' command")
                    }
                }
                continue
            }
            if use == .illegal || option == .realServer && verb == .list && !given.contains(.connection) {
                throw .usage {
                    $0.append("Illegal '")
                    $0.append(option.name)
                    $0.append("' option with the '")
                    $0.append(verb.name)
                    $0.append("' command")
                }
            }
            if use == .exclusive {
                // A service narrows the listing of connections; the C program has no such thing.
                if let exclusive, !(exclusive == .connection && option == .service) {
                    throw Self.conflict(option, exclusive, verb)
                }
                exclusive = option
            }
        }
        try checkOwnOptions(of: verb)
    }

    private func checkOwnOptions(of verb: Verb) throws(UsageError) {
        if given.contains(.dryRun), !given.contains(.replace) {
            throw .usage("The option 'dry-run' needs the 'replace' option")
        }
        if given.contains(.dryRun), given.contains(.check) { throw Self.conflict(.check, .dryRun, verb) }
        if given.contains(.watch) {
            for option in [Option.connection, .timeout, .daemon, .json] where given.contains(option) {
                throw Self.conflict(.watch, option, verb)
            }
        }
        if given.contains(.wait), verb == .editServer, !given.contains(.weight) || weight != 0 {
            throw .usage("The option 'wait' needs the option 'weight' to be 0 with the 'edit-server' command")
        }
    }

    private static func conflict(_ later: Option, _ earlier: Option, _ verb: Verb) -> UsageError {
        .usage {
            $0.append("The option '")
            $0.append(later.name)
            $0.append("' conflicts with the '")
            $0.append(earlier.name)
            $0.append("' option in the '")
            $0.append(verb.name)
            $0.append("' command")
        }
    }

    func checkTunnel() throws(UsageError) {
        let options: [Option] = [.tunnelPort, .tunnelNoChecksum, .tunnelChecksum, .tunnelRemoteChecksum]
        if forwarding != .tunnel {
            if given.contains(.tunnelType) || options.contains(where: given.contains) {
                throw .usage("Tunnel options conflict with forward method")
            }
            return
        }
        let name = tunnel.type.name ?? ""
        var checksum: Option?
        for option in options {
            let isPort = option == .tunnelPort
            guard given.contains(option) else {
                if isPort, tunnel.type == .gue {
                    throw .usage {
                        $0.append("You need to supply the 'tun-port' option for the '")
                        $0.append(name)
                        $0.append("' tunnel type")
                    }
                }
                continue
            }
            let isLegal =
                switch tunnel.type {
                case .gue: true
                case .gre: option == .tunnelNoChecksum || option == .tunnelChecksum
                default: false
                }
            guard isLegal else {
                throw .usage {
                    $0.append("Illegal '")
                    $0.append(option.name)
                    $0.append("' option with the '")
                    $0.append(name)
                    $0.append("' tunnel type")
                }
            }
            if isPort { continue }
            if let checksum {
                throw .usage {
                    $0.append("The option '")
                    $0.append(option.name)
                    $0.append("' conflicts with the '")
                    $0.append(checksum.name)
                    $0.append("' option in the '")
                    $0.append(name)
                    $0.append("' tunnel type")
                }
            }
            checksum = option
        }
    }
}
