import Addresses
import CLinux
import Netlink

extension RuleSpec {
    /// Decodes a message of the kernel about a rule: struct fib_rule_hdr and attributes. Nil for other families and
    /// for actions that have no name here.
    init?(_ message: RawSpan) {
        guard let number = message.number(UInt8.self), let family = AddressFamily(number: number),
            let destinationLength = message.number(UInt8.self, at: 1),
            let sourceLength = message.number(UInt8.self, at: 2),
            let typeOfService = message.number(UInt8.self, at: 3), let table = message.number(UInt8.self, at: 4),
            let action = message.number(UInt8.self, at: 7), let flags = message.number(UInt32.self, at: 8)
        else { return nil }
        self.init(family: family, action: .nothing)
        self.typeOfService = typeOfService
        isInverted = flags & UInt32(FIB_RULE_INVERT) != 0
        originator = 0
        // Where the kernel tells none, the first rule of all.
        priority = 0
        var table32 = UInt32(table)
        var target: UInt32 = 0
        forEachAttribute(in: message.extracting(12..<message.byteCount)) { type, value in
            switch type {
            case FRA_PRIORITY: priority = value.number()
            case FRA_TABLE: table32 = value.number() ?? table32
            case FRA_GOTO: target = value.number() ?? 0
            case FRA_DST: destination = value.address(family).map { NetworkPrefix($0, Int(destinationLength)) }
            case FRA_SRC: source = value.address(family).map { NetworkPrefix($0, Int(sourceLength)) }
            case FRA_IIFNAME: inputInterface = value.text
            case FRA_OIFNAME: outputInterface = value.text
            case FRA_FWMARK: mark = value.number()
            case FRA_FWMASK: markMask = value.number()
            case FRA_FLOW: realms = value.number() ?? 0
            case FRA_TUN_ID: tunnelID = value.number(UInt64.self).map(UInt64.init(bigEndian:))
            // All bits set stand for no suppression.
            case FRA_SUPPRESS_IFGROUP: suppressedGroup = value.number().flatMap { $0 == .max ? nil : $0 }
            case FRA_SUPPRESS_PREFIXLEN: suppressedPrefixLength = value.number().flatMap { $0 == .max ? nil : $0 }
            case FRA_L3MDEV: isL3MasterDevice = value.number(UInt8.self) == 1
            case FRA_UID_RANGE: users = value.range(UInt32.self)
            case FRA_PROTOCOL: originator = value.number() ?? 0
            case FRA_IP_PROTO: transport = value.number()
            case FRA_SPORT_RANGE: sourcePorts = value.range(UInt16.self)
            case FRA_DPORT_RANGE: destinationPorts = value.range(UInt16.self)
            default: break
            }
        }
        if markMask == .max { markMask = nil }
        switch Int(action) {
        case FR_ACT_TO_TBL: self.action = .table(table32)
        case FR_ACT_GOTO: self.action = .goto(target)
        case FR_ACT_NOP: self.action = .nothing
        case FR_ACT_BLACKHOLE: self.action = .blackhole
        case FR_ACT_UNREACHABLE: self.action = .unreachable
        case FR_ACT_PROHIBIT: self.action = .prohibit
        default: return nil
        }
    }
}

extension RawSpan {
    fileprivate func range<T: FixedWidthInteger & BitwiseCopyable>(_: T.Type) -> ClosedRange<T>? {
        guard let first = number(T.self), let last = number(T.self, at: MemoryLayout<T>.size), first <= last else {
            return nil
        }
        return first...last
    }
}
