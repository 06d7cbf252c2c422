import Addresses
import CLinux
import Netlink

extension RequestBuffer {
    /// A request about a rule: a `struct fib_rule_hdr` and attributes (<linux/fib_rules.h>).
    mutating func rule(_ spec: RuleSpec, type: Int, flags: Int32 = 0) {
        begin(type: type, flags: flags)
        raw(spec.family.number)
        raw(UInt8(truncatingIfNeeded: spec.destination?.length ?? 0))
        raw(UInt8(truncatingIfNeeded: spec.source?.length ?? 0))
        raw(spec.typeOfService)
        var table: UInt32 = 0
        if case .table(let number) = spec.action { table = number }
        raw(UInt8(table < 256 ? table : 0))
        raw(UInt16(0))
        raw(spec.action.number)
        raw(UInt32(spec.isInverted ? FIB_RULE_INVERT : 0))
        if let priority = spec.priority { put(FRA_PRIORITY, priority) }
        switch spec.action {
        case .table(let number): put(FRA_TABLE, number)
        case .goto(let priority): put(FRA_GOTO, priority)
        default: break
        }
        if let destination = spec.destination { put(FRA_DST, destination.address) }
        if let source = spec.source { put(FRA_SRC, source.address) }
        if let name = spec.inputInterface { put(FRA_IIFNAME, text: name) }
        if let name = spec.outputInterface { put(FRA_OIFNAME, text: name) }
        if let mark = spec.mark {
            put(FRA_FWMARK, mark)
            if let mask = spec.markMask { put(FRA_FWMASK, mask) }
        }
        if spec.realms != 0 { put(FRA_FLOW, spec.realms) }
        if let identifier = spec.tunnelID { put(FRA_TUN_ID, identifier.bigEndian) }
        if let group = spec.suppressedGroup { put(FRA_SUPPRESS_IFGROUP, group) }
        if let length = spec.suppressedPrefixLength { put(FRA_SUPPRESS_PREFIXLEN, length) }
        if spec.isL3MasterDevice { put(FRA_L3MDEV, UInt8(1)) }
        if let users = spec.users {
            attribute(FRA_UID_RANGE) {
                $0.raw(users.lowerBound)
                $0.raw(users.upperBound)
            }
        }
        if let transport = spec.transport { put(FRA_IP_PROTO, transport) }
        if let ports = spec.sourcePorts { put(FRA_SPORT_RANGE, ports) }
        if let ports = spec.destinationPorts { put(FRA_DPORT_RANGE, ports) }
        put(FRA_PROTOCOL, spec.originator)
    }

    /// struct fib_rule_port_range, in the machine's byte order.
    private mutating func put(_ type: Int, _ ports: ClosedRange<UInt16>) {
        attribute(type) {
            $0.raw(ports.lowerBound)
            $0.raw(ports.upperBound)
        }
    }
}

extension RuleSpec.Action {
    /// `FR_ACT_*`.
    var number: UInt8 {
        switch self {
        case .table: UInt8(FR_ACT_TO_TBL)
        case .goto: UInt8(FR_ACT_GOTO)
        case .nothing: UInt8(FR_ACT_NOP)
        case .blackhole: UInt8(FR_ACT_BLACKHOLE)
        case .unreachable: UInt8(FR_ACT_UNREACHABLE)
        case .prohibit: UInt8(FR_ACT_PROHIBIT)
        }
    }
}
