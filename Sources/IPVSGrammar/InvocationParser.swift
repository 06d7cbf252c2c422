import Addresses
import IPVSModel
import Reporting

/// Understands one ipvsadm command line, word by word and from left to right as the C program does: an option may depend
/// on those before it.
package struct InvocationParser {
    private let lookup: any NameLookup
    private var reader: ArgumentReader
    private(set) var given = Options()

    // What the words have said so far.
    /// Unknown until a service is named: before that, no service name can be looked up.
    var transport: TransportProtocol?
    var address: IPAddress = .v4(IPv4Address(0))
    var port: UInt16 = 0
    var mark: UInt32 = 0
    var markFamily: AddressFamily?
    var scheduler = VirtualService.defaultScheduler
    var schedulerFlags: [UInt8]?
    var persistenceTimeout: UInt32 = 0
    var mask: UInt32 = 0xffff_ffff
    var maskWord: [UInt8]?
    var engine = ""
    var serverAddress: IPAddress = .v4(IPv4Address(0))
    var serverPort: UInt16 = 0
    var explicitServerPort: UInt16?
    var forwarding = ForwardingMethod.direct
    var weight: Int32 = 1
    var upperThreshold: UInt32 = 0
    var lowerThreshold: UInt32 = 0
    var tunnel = Tunnel()
    var syncDaemon = SyncDaemon(role: .master, interface: "eth0")
    var waitLimit: UInt32?
    var interval = Self.defaultInterval

    /// Seconds between two pictures of `--watch`.
    package static let defaultInterval: UInt32 = 2

    /// - Parameters:
    ///   - words: The arguments after the program's name.
    ///   - stopsAtWord: Whether `POSIXLY_CORRECT` is set.
    package static func parse(
        _ words: [[UInt8]], lookup: any NameLookup, stopsAtWord: Bool = false
    ) throws(UsageError) -> Invocation {
        var parser = InvocationParser(words, lookup: lookup, stopsAtWord: stopsAtWord)
        return try parser.parse()
    }

    private init(_ words: [[UInt8]], lookup: any NameLookup, stopsAtWord: Bool) {
        self.lookup = lookup
        reader = ArgumentReader(words, stopsAtWord: stopsAtWord)
    }

    private mutating func parse() throws(UsageError) -> Invocation {
        let verb: Verb
        switch try parseFirst() {
        case .verb(let first): verb = first
        case .help: return Invocation(command: .help)
        case .version: return Invocation(command: .version)
        }
        while let option = try nextOption() { try take(option.spelling, option.value ?? [], option.value != nil) }

        var timeouts = ConnectionTimeouts(tcp: 0, tcpFin: 0, udp: 0)
        if verb == .setTimeouts { timeouts = try parseTimeouts() }
        if let stray = reader.takeLeftover() {
            throw .usage {
                $0.append("unexpected argument ")
                $0.append(stray)
            }
        }
        let flags = try parseSchedulerFlags()
        try checkOptions(of: verb)
        return try invocation(verb, flags, timeouts)
    }

    // MARK: The verb

    private enum First {
        case verb(Verb)
        case help, version
    }

    /// The first option says what to do; whatever else stands there gets the hint.
    private mutating func parseFirst() throws(UsageError) -> First {
        let first: ArgumentReader.Reading?
        do throws(ArgumentReader.Failure) {
            first = try reader.next()
        } catch {
            throw .hint
        }
        switch first?.spelling.meaning {
        case .verb(let verb):
            if verb == .startDaemon || verb == .stopDaemon {
                guard let role = Self.role(first?.value ?? []) else {
                    throw .usage(
                        verb == .startDaemon
                            ? "illegal start-daemon parameter specified" : "illegal start_daemon specified")
                }
                syncDaemon.role = role
            }
            return .verb(verb)
        case .help: return .help
        case .version: return .version
        default: throw .hint
        }
    }

    private static func role(_ word: [UInt8]) -> SyncDaemon.Role? {
        if word.is("master") { return .master }
        return word.is("backup") ? .backup : nil
    }

    // MARK: The options

    private mutating func nextOption() throws(UsageError) -> ArgumentReader.Reading? {
        do throws(ArgumentReader.Failure) {
            return try reader.next()
        } catch {
            var text = Text()
            text.append(reader.lastWord)
            text.append(": ")
            text.append(error.text)
            throw .message(text.bytes, status: UsageError.refused)
        }
    }

    private mutating func take(_ spelling: Spelling, _ value: [UInt8], _ hasValue: Bool) throws(UsageError) {
        switch spelling.meaning {
        case .verb, .help, .version:
            let word = reader.lastWord
            throw .usage {
                $0.append("invalid option `")
                $0.append(word)
                $0.append("'")
            }
        case .ignored:
            break
        case .flag(let option):
            try mark(option)
        case .service(let kind):
            try mark(.service)
            try takeService(kind, value)
        case .forwarding(let method):
            try mark(.forwarding)
            switch method {
            case .direct: forwarding = .direct
            case .tunnel: forwarding = .tunnel
            case .masquerade: forwarding = .masquerade
            }
        case .ipv6:
            // The C program ends this message with a line of its own.
            guard mark != 0 else { throw .usage("-6 used before -f\n") }
            markFamily = .ipv6
            mask = 128
        case .value(let option):
            try mark(option)
            try take(option, value, hasValue)
        }
    }

    private mutating func mark(_ option: Option) throws(UsageError) {
        if given.contains(option) {
            throw .usage {
                $0.append("multiple '")
                $0.append(option.name)
                $0.append("' options specified")
            }
        }
        given.insert(option)
    }

    private mutating func takeService(_ kind: Spelling.ServiceKind, _ value: [UInt8]) throws(UsageError) {
        switch kind {
        case .tcp, .firewallMark: transport = .tcp
        case .udp: transport = .udp
        case .sctp: transport = .sctp
        }
        if case .firewallMark = kind {
            guard let number = parseNumber(value, in: UInt32(1)...UInt32.max) else {
                throw .usage {
                    $0.append("invalid fwmark value `")
                    $0.append(value)
                    $0.append("' specified")
                }
            }
            mark = number
            return
        }
        guard let endpoint = EndpointArgument(value, transport: transport, lookup: lookup) else {
            throw .usage("illegal virtual server address[:port] specified")
        }
        address = endpoint.address
        port = endpoint.port ?? 0
        if address.family == .ipv6 {
            mask = 128
            maskWord = nil
        }
    }

    private mutating func take(_ option: Option, _ value: [UInt8], _ hasValue: Bool) throws(UsageError) {
        switch option {
        case .scheduler:
            if !value.isEmpty { scheduler = Array(value.prefix(15)).text }
        case .persistent:
            persistenceTimeout = hasValue ? try Self.timeout(value, from: 1) : Self.defaultPersistence
        case .netmask:
            try takeMask(value)
        case .persistenceEngine:
            engine = Array(value.prefix(16)).text
        case .schedulerFlags:
            schedulerFlags = Array(value.prefix(127))
        case .realServer:
            guard let endpoint = EndpointArgument(value, transport: transport, lookup: lookup) else {
                throw .usage("illegal real server address[:port] specified")
            }
            serverAddress = endpoint.address
            serverPort = endpoint.port ?? port
            explicitServerPort = endpoint.port
        case .weight:
            weight = try Self.number(value, 0...Int32.max, else: "illegal weight specified")
        case .upperThreshold:
            upperThreshold = try Self.number(value, 0...UInt32(Int32.max), else: "illegal u_threshold specified")
        case .lowerThreshold:
            lowerThreshold = try Self.number(value, 0...UInt32(Int32.max), else: "illegal l_threshold specified")
        case .tunnelType:
            guard let type = [TunnelType.ipip, .gue, .gre].first(where: { $0.name == value.text }) else {
                throw .usage("illegal tunnel type specified")
            }
            tunnel.type = type
        case .tunnelPort:
            tunnel.port = try Self.number(value, 1...UInt16.max, else: "illegal tunnel port specified")
        case .multicastInterface:
            if !value.isEmpty { syncDaemon.interface = Array(value.prefix(15)).text }
        case .syncID:
            syncDaemon.syncID = try Self.number(value, 0...255, else: "illegal syncid specified")
        case .syncMaximumLength:
            syncDaemon.maximumLength = try Self.number(value, 1...65507, else: "illegal sync-maxlen specified")
        case .multicastGroup:
            syncDaemon.group = try Self.multicastGroup(value)
        case .multicastPort:
            syncDaemon.port = try Self.number(value, 1...UInt16.max, else: "illegal mcast-port specified")
        case .multicastTTL:
            syncDaemon.timeToLive = try Self.number(value, 1...255, else: "illegal mcast-ttl specified")
        case .wait:
            waitLimit = hasValue ? try Self.timeout(value, from: 1) : nil
        case .watch:
            if hasValue { interval = try Self.timeout(value, from: 1) }
        default:
            break
        }
    }

    /// The family known so far decides how the mask is read.
    private mutating func takeMask(_ value: [UInt8]) throws(UsageError) {
        let family = mark != 0 ? markFamily ?? .ipv4 : address.family
        if family == .ipv6 {
            guard let length = leadingNumber(value, in: UInt32(1)...128) else {
                throw .usage("illegal ipv6 netmask specified")
            }
            mask = length
            return
        }
        guard let quad = IPv4Address(classic: value[...]) ?? lookup.address(ofHost: value) else {
            throw .usage("illegal virtual server persistent mask specified")
        }
        mask = quad.value
        maskWord = value
    }

    // MARK: Values

    /// The default of `-p`, in seconds.
    private static let defaultPersistence: UInt32 = 360
    /// The longest timeout that the kernel takes: 31 days, in seconds.
    private static let longestTimeout: UInt32 = 86400 * 31

    private static func number<T: FixedWidthInteger>(
        _ value: [UInt8], _ range: ClosedRange<T>, else message: StaticString
    ) throws(UsageError) -> T {
        guard let number = parseNumber(value, in: range) else { throw .usage(message) }
        return number
    }

    private static func timeout(_ value: [UInt8], from least: UInt32) throws(UsageError) -> UInt32 {
        guard let seconds = parseNumber(value, in: least...longestTimeout) else {
            throw .usage {
                $0.append("invalid timeout value `")
                $0.append(value)
                $0.append("' specified")
            }
        }
        return seconds
    }

    private static func multicastGroup(_ value: [UInt8]) throws(UsageError) -> IPAddress {
        let isIPv6 = value.contains(UInt8(ascii: ":"))
        if isIPv6, let group = IPv6Address(value[...]), group.isMulticast { return .v6(group) }
        if !isIPv6, let group = IPv4Address(dottedQuad: value[...]), group.isMulticast { return .v4(group) }
        throw .usage {
            $0.append(isIPv6 ? "invalid IPv6 mcast-group `" : "invalid IPv4 mcast-group `")
            $0.append(value)
            $0.append("'")
        }
    }

    private mutating func parseTimeouts() throws(UsageError) -> ConnectionTimeouts {
        guard let tcp = reader.takeLeftover(), let tcpFin = reader.takeLeftover(), let udp = reader.takeLeftover()
        else { throw .usage("--set option requires 3 timeout values") }
        return ConnectionTimeouts(
            tcp: try Self.timeout(tcp, from: 0), tcpFin: try Self.timeout(tcpFin, from: 0),
            udp: try Self.timeout(udp, from: 0))
    }

    private func parseSchedulerFlags() throws(UsageError) -> VirtualService.Flags {
        var flags: VirtualService.Flags = []
        for word in (schedulerFlags ?? []).split(separator: UInt8(ascii: ",")) {
            let name = Array(word).text
            if let match = VirtualService.flag(name, scheduler: scheduler) {
                flags.insert(match)
                continue
            }
            let elsewhere = VirtualService.flag(name, scheduler: "sh") ?? VirtualService.flag(name, scheduler: "mh")
            if let elsewhere, given.contains(.patch), !given.contains(.scheduler) {
                // The scheduler is the one that the service has; only the kernel knows it.
                flags.insert(elsewhere)
                continue
            }
            throw .usage {
                $0.append(elsewhere != nil ? "incompatible scheduler flag `" : "invalid scheduler flag `")
                $0.append(word)
                $0.append("'")
            }
        }
        return flags
    }

    var schedulerFlagWords: [String] {
        (schedulerFlags ?? []).split(separator: UInt8(ascii: ",")).map { Array($0).text }
    }
}
