import Addresses
import KeepalivedConfig
import Routing

extension RuleSpec {
    /// The preference of a rule that has none written, as keepalived has it.
    private static let standardPriority: UInt32 = 16384

    /// What a line of a configuration asks for.
    init(_ line: RoutingRule, _ names: NameResolution) throws(ConfigurationFault) {
        self.init(family: line.family, action: .nothing)
        switch line.action {
        case .table(let word): action = .table(try names.table(word))
        case .goto(let priority): action = .goto(UInt32(clamping: priority))
        case .blackhole: action = .blackhole
        case .unreachable: action = .unreachable
        case .prohibit: action = .prohibit
        case .nothing: action = .nothing
        case nil:
            // The table is that of the VRF.
            guard line.isL3MasterDevice else { throw ConfigurationFault("the rule says nothing about what to do") }
            action = .table(0)
        }
        priority = line.preference.map { UInt32(clamping: $0) } ?? Self.standardPriority
        isInverted = line.isInverted
        source = line.source.map { NetworkPrefix($0.address, $0.length) }
        destination = line.destination.map { NetworkPrefix($0.address, $0.length) }
        inputInterface = line.inputInterface
        outputInterface = line.outputInterface
        mark = line.mark?.value
        markMask = line.mark?.mask
        typeOfService = UInt8(clamping: line.typeOfService ?? 0)
        if let text = line.realms { realms = try names.realms(text) }
        users = line.users.map { UInt32(clamping: $0.lowerBound)...UInt32(clamping: $0.upperBound) }
        isL3MasterDevice = line.isL3MasterDevice
        if let word = line.transport { transport = try names.transport(word) }
        sourcePorts = line.sourcePorts.map { UInt16(clamping: $0.lowerBound)...UInt16(clamping: $0.upperBound) }
        destinationPorts = line.destinationPorts.map {
            UInt16(clamping: $0.lowerBound)...UInt16(clamping: $0.upperBound)
        }
        suppressedPrefixLength = line.suppressedPrefixLength.map { UInt32(clamping: $0) }
        if let word = line.suppressedGroup { suppressedGroup = try names.group(word) }
        tunnelID = line.tunnelID.map { UInt64(clamping: $0) }
        if let word = line.protocolName { originator = try names.originator(word) }
    }
}
