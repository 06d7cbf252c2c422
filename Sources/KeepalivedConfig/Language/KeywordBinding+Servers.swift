import Addresses
import IPVSModel

extension KeywordBinding {
    /// - Parameter lowest: the fewest retries that may be written.
    static func timing(
        _ path: any WritableKeyPath<Block, CheckTiming> & Sendable, retryFrom lowest: Int, standard: String? = nil
    ) -> [KeywordBinding] {
        func seconds(
            _ name: String, _ part: any WritableKeyPath<CheckTiming, Setting<Duration>> & Sendable, from least: Int,
            standard: String?, _ summary: String
        ) -> KeywordBinding {
            custom(
                name, .seconds(least...KeywordLimits.long), standard: standard, unit: "seconds", summary
            ) { block, statement, interpreter in
                guard let value = interpreter.seconds(statement, least...KeywordLimits.long) else { return }
                block[keyPath: path][keyPath: part] = Setting(value, .file(statement.valueSpan))
            } show: { block, list in
                let setting = block[keyPath: path][keyPath: part]
                list.add(ShownSetting(name, .seconds(setting.value), setting.origin))
            }
        }
        return [
            seconds("delay_loop", \.delayLoop, from: 1, standard: standard, "From one check to the next."),
            seconds(
                "connect_timeout", \.connectTimeout, from: 1, standard: standard, "How long a connection may take."),
            custom(
                "retry", .integer(lowest...0xffff_ffff), standard: standard ?? "1; DNS_CHECK 3, MISC_CHECK 0",
                "How many more checks a living server may fail."
            ) { block, statement, interpreter in
                guard
                    let value = interpreter.integer(
                        statement, lowest...0xffff_ffff, zero: lowest > 0 ? lowest : nil)
                else { return }
                block[keyPath: path].retries = Setting(value, .file(statement.valueSpan))
            } show: { block, list in
                let setting = block[keyPath: path].retries
                list.add(ShownSetting("retry", .integer(setting.value), setting.origin))
            },
            seconds(
                "delay_before_retry", \.delayBeforeRetry, from: 1,
                standard: standard ?? "1; HTTP_GET and SSL_GET 3, DNS_CHECK delay_loop",
                "From a failed check to the next."),
            seconds(
                "warmup", \.warmup, from: 0, standard: standard ?? "delay_loop",
                "The first check is made at a random time before this."),
        ]
    }

    static func forwarding(
        _ name: String, _ path: any WritableKeyPath<Block, Setting<Forwarding>> & Sendable, standard: String,
        _ summary: String
    ) -> KeywordBinding {
        custom(
            name, .words(Interpreter.forwardingForm), standard: standard, maximumWords: 6, summary
        ) { block, statement, interpreter in
            guard let value = interpreter.forwarding(statement) else { return }
            block[keyPath: path] = Setting(value, .file(statement.valueSpan))
        } show: { block, list in
            let setting = block[keyPath: path]
            list.add(ShownSetting(name, .words(Interpreter.words(setting.value)), setting.origin))
        }
    }
}

extension KeywordBinding where Block == VirtualServer {
    static func schedulerFlag(_ name: String, _ flag: VirtualService.Flags) -> KeywordBinding {
        let summary =
            switch flag {
            case .onePacket: "Schedule each datagram by itself."
            case .hashed: "The kernel's own flag; it sets it by itself."
            default: "A flag of the scheduler."
            }
        // lvs_sched may come after it, so which scheduler it is for counts when all has been read.
        let scheduler: Scheduler? = name.hasPrefix("sh-") ? .sh : name.hasPrefix("mh-") ? .mh : nil
        return custom(name, .flag, standard: "no", summary) { block, statement, interpreter in
            guard let value = interpreter.flag(statement) else { return }
            if let scheduler {
                var flags = block.flagsOfSchedulers[scheduler] ?? Setting([])
                if value { flags.value.insert(flag) } else { flags.value.remove(flag) }
                flags.origin = .file(statement.valueSpan)
                block.flagsOfSchedulers[scheduler] = flags
                return
            }
            if value { block.flags.value.insert(flag) } else { block.flags.value.remove(flag) }
            block.flags.origin = .file(statement.valueSpan)
        } show: { block, list in
            // Each flag has one name of the three that are shown.
            guard !name.hasPrefix("sh-"), !name.hasPrefix("mh-") else { return }
            let isSet = block.flags.value.contains(flag)
            list.add(ShownSetting(name, .flag(isSet), isSet ? block.flags.origin : .standard))
        }
    }
}

extension Interpreter {
    static let forwardingForm = "NAT|DR|TUN [type ipip|gue port NUMBER|gre] [nocsum|csum|remcsum]"

    mutating func forwarding(_ statement: Statement) -> Forwarding? {
        let methods = Forwarding.Method.allCases.map(\.rawValue)
        guard let word = choice(statement, methods), let method = Forwarding.Method(rawValue: word) else { return nil }
        var forwarding = Forwarding()
        forwarding.method = method
        var reader = WordReader(statement)
        reader.index = 2
        while let option = reader.next() {
            switch option.text {
            case "type" where method == .tunnel:
                guard let word = reader.value(of: option, "ipip|gue|gre", &self),
                    let name = choice(word, of: option, Forwarding.TunnelType.allCases.map(\.rawValue)),
                    let type = Forwarding.TunnelType(rawValue: name)
                else { return forwarding }
                forwarding.tunnel = type
            case "port" where method == .tunnel:
                forwarding.tunnelPort = reader.integer(of: option, 1...65535, &self)
            default:
                if method == .tunnel, let checksum = Forwarding.TunnelChecksum(rawValue: option.text) {
                    forwarding.tunnelChecksum = checksum
                } else {
                    unknownOption(option, of: statement, ["type", "port", "nocsum", "csum", "remcsum"])
                }
            }
        }
        if forwarding.tunnel == .gre, forwarding.tunnelChecksum == .remote {
            error("contradiction", "a gre tunnel has no remcsum", at: statement.keyword, expected: "csum or nocsum")
            forwarding.tunnelChecksum = .none
        }
        if forwarding.tunnel == .gue, forwarding.tunnelPort == nil {
            error(
                "missing-argument", "a gue tunnel needs a port", at: statement.keyword, expected: "type gue port NUMBER"
            )
        }
        return forwarding
    }

    static func words(_ forwarding: Forwarding) -> [String] {
        guard forwarding.method == .tunnel else { return [forwarding.method.rawValue] }
        return [forwarding.method.rawValue, "type", forwarding.tunnel.rawValue]
            + (forwarding.tunnelPort.map { ["port", String($0)] } ?? []) + [forwarding.tunnelChecksum.rawValue]
    }

    /// `ADDRESS [PORT]`
    mutating func endpoint(_ statement: Statement) -> ServerEndpoint? {
        guard let word = first(statement, "ADDRESS [PORT]"), let address = address(word) else { return nil }
        guard statement.arguments.count > 1 else { return ServerEndpoint(address: address) }
        guard let port = integer(statement.arguments[1], of: statement.keyword, 0...65535) else { return nil }
        return ServerEndpoint(address: address, port: port)
    }

    static func words(_ endpoint: ServerEndpoint) -> [String] {
        [endpoint.address.description] + (endpoint.port.map { [String($0)] } ?? [])
    }

    /// An IPv4 netmask or an IPv6 prefix length.
    static func isMask(_ text: String) -> Bool {
        if let address = address(text) {
            guard case .v4(let mask) = address else { return false }
            return mask.value != 0 && prefixLength(mask.value) != nil
        }
        guard let length = decimal(text) else { return false }
        return (1...128).contains(length)
    }
}
