import Addresses
import PacketFormats
import VRRPProtocol

/// Reads the text form of a trace. The actions are kept as they are written, since they are only compared.
package struct TraceReader {
    package struct Fault: Error, Hashable, Sendable {
        package var line: Int
        package var message: String
    }

    private var words: [Substring] = []
    private var line = 0
    private var machines: [Trace.Machine] = []
    private var groups: [Trace.Group] = []
    private var entries: [Trace.Entry] = []

    package static func read(_ text: String) throws(Fault) -> Trace {
        var reader = TraceReader()
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            reader.line += 1
            if line.isEmpty || line.first == "#" { continue }
            try reader.read(line)
        }
        return Trace(machines: reader.machines, groups: reader.groups, entries: reader.entries)
    }

    private mutating func read(_ text: Substring) throws(Fault) {
        words = text.split(separator: " ")
        if text.first == " " {
            guard !entries.isEmpty else { throw fault("an action before the first event") }
            entries[entries.count - 1].outputs.append(String(text))
            return
        }
        switch words.first {
        case "vrrp-trace":
            words.removeFirst()
            guard try number() == 1 else { throw fault("this version of traces is not known") }
        case "router":
            words.removeFirst()
            let node = try number()
            let router = try number()
            let name = try word()
            machines.append(Trace.Machine(node: node, router: router, name: name, configuration: try configuration()))
        case "group":
            words.removeFirst()
            let node = try number()
            let group = try number()
            let name = try word()
            try expect("members")
            var members: [Int] = []
            for member in try word().split(separator: ",") {
                guard let member = Int(member) else { throw fault("expected the members' numbers") }
                members.append(member)
            }
            groups.append(Trace.Group(node: node, group: group, name: name, members: members))
        default:
            let time = Instant(nanoseconds: Int64(try number()))
            let node = try number()
            entries.append(Trace.Entry(time: time, node: node, input: try input(), outputs: []))
        }
    }

    private func fault(_ message: String) -> Fault { Fault(line: line, message: message) }

    private mutating func word() throws(Fault) -> String {
        guard !words.isEmpty else { throw fault("the line ends too early") }
        return String(words.removeFirst())
    }

    private mutating func number() throws(Fault) -> Int {
        let word = try word()
        guard let number = Int(word) else { throw fault("expected a number and found \(word)") }
        return number
    }

    private mutating func byte() throws(Fault) -> UInt8 {
        let number = try number()
        guard let byte = UInt8(exactly: number) else { throw fault("\(number) is not from 0 to 255") }
        return byte
    }

    private mutating func expect(_ expected: String) throws(Fault) {
        let word = try word()
        guard word == expected else { throw fault("expected \(expected) and found \(word)") }
    }

    private mutating func address() throws(Fault) -> IPAddress? {
        let word = try word()
        if word == "none" { return nil }
        guard let address = IPAddress(parsing: word) else { throw fault("\(word) is no address") }
        return address
    }

    private mutating func addresses() throws(Fault) -> [IPAddress] {
        let word = try word()
        if word == "none" { return [] }
        var addresses: [IPAddress] = []
        for part in word.split(separator: ",") {
            guard let address = IPAddress(parsing: String(part)) else { throw fault("\(part) is no address") }
            addresses.append(address)
        }
        return addresses
    }

    private mutating func configuration() throws(Fault) -> VirtualRouter.Configuration {
        try expect("version")
        guard let version = ProtocolVersion(rawValue: try byte()) else { throw fault("expected version 2 or 3") }
        try expect("vrid")
        let vrid = try byte()
        try expect("address")
        let address = try address()
        try expect("family")
        guard let family = AddressFamily(rawValue: try byte()) else { throw fault("expected family 4 or 6") }
        var configuration = VirtualRouter.Configuration(
            version: version, virtualRouterID: vrid, family: family, primaryAddress: address, virtualAddresses: [])
        try expect("priority")
        configuration.priority = try byte()
        try expect("interval")
        configuration.advertisementInterval = .nanoseconds(try number())
        try expect("preempt")
        configuration.preempts = try word() == "yes"
        try expect("delay")
        configuration.preemptDelay = .nanoseconds(try number())
        try expect("startup")
        configuration.startupDelay = .nanoseconds(try number())
        try expect("missed")
        configuration.policy.activeDownAdvertisements = try number()
        try expect("answer")
        guard let answer = VirtualRouter.Policy.AnswerToLoser(rawValue: try byte()) else {
            throw fault("expected 0, 1 or 2 for the answer to a loser")
        }
        configuration.policy.answerToLoser = answer
        try expect("accept")
        configuration.policy.accepts = try word() == "yes"
        try expect("addresses")
        configuration.virtualAddresses = try addresses()
        try expect("excluded")
        configuration.excludedAddresses = try addresses()
        return configuration
    }

    private mutating func input() throws(Fault) -> Trace.Input {
        switch try word() {
        case "start": return .start
        case "router":
            let router = try number()
            return .router(router, try event(named: try word()))
        case "group":
            let group = try number()
            return .group(group, try groupEvent())
        case let other: throw fault("expected start, router or group and found \(other)")
        }
    }

    private mutating func groupEvent() throws(Fault) -> SyncGroup.Event {
        let name = try word()
        if name == "member" {
            let place = try number()
            return .member(place, try event(named: try word()))
        }
        switch try event(named: name) {
        case .startup: return .startup
        case .shutdown: return .shutdown
        case .timeReached: return .timeReached
        case .faulted(let cause): return .faulted(cause)
        case .recovered(let cause): return .recovered(cause)
        case .priorityAdjusted(let sum): return .priorityAdjusted(by: sum)
        case .standBack(let standsBack): return .standBack(standsBack)
        default: throw fault("a group is not told \(name)")
        }
    }

    private mutating func event(named name: String) throws(Fault) -> VirtualRouter.Event {
        switch name {
        case "startup": return .startup
        case "shutdown": return .shutdown
        case "time": return .timeReached
        case "hear":
            guard let source = try address() else { throw fault("an advertisement has a source") }
            let priority = try byte()
            return .advertisement(
                HeardAdvertisement(source: source, priority: priority, interval: .nanoseconds(try number())))
        case "fault": return .faulted(try cause())
        case "recover": return .recovered(try cause())
        case "adjust": return .priorityAdjusted(by: try number())
        case "address": return .primaryAddressChanged(try address())
        case "lost":
            guard let address = try address() else { throw fault("expected the address that is lost") }
            return .addressLost(address)
        case "configure": return .reconfigured(try configuration())
        case "stand-back": return .standBack(try number() != 0)
        case "take-over": return .groupTakesOver
        case "step-down": return .groupStepsDown(member: try word())
        default: throw fault("\(name) is no event")
        }
    }

    private mutating func cause() throws(Fault) -> FaultCause {
        guard let kind = FaultCause.Kind(rawValue: try byte()) else { throw fault("no such kind of fault") }
        let name = try word()
        return FaultCause(kind, name: name == "-" ? "" : name)
    }
}
