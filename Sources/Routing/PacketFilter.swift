package import Addresses
import CLinux
import Glibc
import Netlink

/// Drops packets to addresses that a router has and does not accept packets for, by nftables.
///
/// A table of its own, with a set of addresses for each family and a chain that looks into them. Neighbour discovery is
/// never dropped (RFC 9568, section 6.4.3). It is made with the first address and removed with the last.
package final class PacketFilter {
    /// The table's name.
    package let table: String
    private var socket: KernelSocket
    private var dropped: Set<IPAddress> = []

    /// - Parameter table: Must not be there, and is removed if it is.
    package init(table: String) throws(RoutingError) {
        self.table = table
        socket = try RoutingError.translating("nft") { () throws(NetlinkError) in
            try KernelSocket(protocol: NETLINK_NETFILTER)
        }
    }

    package var isEmpty: Bool { dropped.isEmpty }

    /// Begins to drop packets to the addresses, all or none.
    package func drop(_ addresses: [IPAddress]) throws(RoutingError) {
        let new = Set(addresses).subtracting(dropped).sorted()
        guard !new.isEmpty else { return }
        var requests = Transaction(table)
        if dropped.isEmpty { requests.makeTable() }
        requests.elements(new, NFT_MSG_NEWSETELEM)
        try execute(&requests, "add element inet \(table)")
        dropped.formUnion(new)
    }

    /// Takes packets to the addresses again.
    package func accept(_ addresses: [IPAddress]) throws(RoutingError) {
        let old = dropped.intersection(addresses).sorted()
        guard !old.isEmpty else { return }
        if old.count == dropped.count {
            try removeTable()
            dropped = []
            return
        }
        var requests = Transaction(table)
        requests.elements(old, NFT_MSG_DELSETELEM)
        try execute(&requests, "delete element inet \(table)")
        dropped.subtract(old)
    }

    /// Removes the table with all that is in it, whoever made it.
    package func removeTable() throws(RoutingError) {
        var requests = Transaction(table)
        requests.removeTable()
        try execute(&requests, "delete table inet \(table)")
    }

    private func execute(_ transaction: inout Transaction, _ operation: String) throws(RoutingError) {
        var requests = transaction.closed
        let refused = try RoutingError.translating("nft \(operation)") { () throws(NetlinkError) in
            try socket.execute(&requests, isTransaction: true)
        }
        if let first = refused.first {
            throw RoutingError(operation: "nft \(operation)", code: first.code, message: first.message)
        }
    }
}

/// Requests of nftables that are carried out together or not at all (<linux/netfilter/nf_tables.h>). Its numbers have
/// the network's byte order.
private struct Transaction {
    private var requests = RequestBuffer()
    private let table: String

    // <linux/netfilter.h>, which does not go together with the C library's headers.
    private static let protocolInet: UInt8 = 1
    private static let localInput: UInt32 = 1
    private static let verdictDrop: UInt32 = 0
    private static let verdictAccept: UInt32 = 1
    private static let chain = "input"
    /// Before the usual filters, as keepalived's.
    private static let priority = UInt32(bitPattern: -1)

    init(_ table: String) {
        self.table = table
        begin(Int(NFNL_MSG_BATCH_BEGIN), 0, family: 0, resource: UInt16(NFNL_SUBSYS_NFTABLES))
    }

    /// The requests with the end behind them.
    var closed: RequestBuffer {
        var copy = self
        copy.begin(Int(NFNL_MSG_BATCH_END), 0, family: 0, resource: UInt16(NFNL_SUBSYS_NFTABLES))
        return copy.requests
    }

    /// struct nfgenmsg: family, version, resource.
    private mutating func begin(_ type: Int, _ flags: Int32, family: UInt8, resource: UInt16) {
        requests.begin(type: type, flags: flags)
        requests.raw(family)
        requests.raw(UInt8(0))
        requests.raw(resource.bigEndian)
    }

    private mutating func begin(_ message: nf_tables_msg_types, _ flags: Int32 = 0) {
        begin(
            Int(NFNL_SUBSYS_NFTABLES) << 8 | Int(message.rawValue), flags, family: Self.protocolInet, resource: 0)
    }

    mutating func removeTable() {
        begin(NFT_MSG_DELTABLE)
        requests.put(Int(NFTA_TABLE_NAME.rawValue), text: table)
    }

    mutating func makeTable() {
        // Without NLM_F_EXCL it is no error that it is there, so that what a crash left can be removed first.
        begin(NFT_MSG_NEWTABLE, NLM_F_CREATE)
        requests.put(Int(NFTA_TABLE_NAME.rawValue), text: table)
        removeTable()
        begin(NFT_MSG_NEWTABLE, NLM_F_CREATE)
        requests.put(Int(NFTA_TABLE_NAME.rawValue), text: table)

        begin(NFT_MSG_NEWCHAIN, NLM_F_CREATE)
        requests.put(Int(NFTA_CHAIN_TABLE.rawValue), text: table)
        requests.put(Int(NFTA_CHAIN_NAME.rawValue), text: Self.chain)
        requests.nest(Int(NFTA_CHAIN_HOOK.rawValue)) {
            $0.put(Int(NFTA_HOOK_HOOKNUM.rawValue), Self.localInput.bigEndian)
            $0.put(Int(NFTA_HOOK_PRIORITY.rawValue), Self.priority.bigEndian)
        }
        requests.put(Int(NFTA_CHAIN_TYPE.rawValue), text: "filter")

        for family in [AddressFamily.ipv4, .ipv6] {
            begin(NFT_MSG_NEWSET, NLM_F_CREATE)
            requests.put(Int(NFTA_SET_TABLE.rawValue), text: table)
            requests.put(Int(NFTA_SET_NAME.rawValue), text: family.setName)
            requests.put(Int(NFTA_SET_FLAGS.rawValue), UInt32(0))
            // nft's numbers of its types ipv4_addr and ipv6_addr, with which it lists the set.
            requests.put(Int(NFTA_SET_KEY_TYPE.rawValue), UInt32(family == .ipv4 ? 7 : 8).bigEndian)
            requests.put(Int(NFTA_SET_KEY_LEN.rawValue), UInt32(family.bits / 8).bigEndian)
            requests.put(Int(NFTA_SET_ID.rawValue), UInt32(family.rawValue).bigEndian)
        }
        rule { expressions in
            expressions.meta(NFT_META_L4PROTO)
            expressions.compare(NFT_CMP_EQ, [58])
            expressions.payload(NFT_PAYLOAD_TRANSPORT_HEADER, offset: 0, length: 1)
            // Router solicitation to redirect.
            expressions.compare(NFT_CMP_GTE, [133])
            expressions.compare(NFT_CMP_LTE, [137])
            expressions.verdict(Self.verdictAccept)
        }
        for family in [AddressFamily.ipv4, .ipv6] {
            rule { expressions in
                expressions.meta(NFT_META_NFPROTO)
                expressions.compare(NFT_CMP_EQ, [family.number])
                expressions.payload(
                    NFT_PAYLOAD_NETWORK_HEADER, offset: family == .ipv4 ? 16 : 24, length: UInt32(family.bits / 8))
                expressions.lookup(family)
                expressions.verdict(Self.verdictDrop)
            }
        }
    }

    mutating func elements(_ addresses: [IPAddress], _ message: nf_tables_msg_types) {
        for family in [AddressFamily.ipv4, .ipv6] {
            let own = addresses.filter { $0.family == family }
            // An attribute has no more than 64 KiB.
            for start in stride(from: 0, to: own.count, by: 1000) {
                begin(message, message == NFT_MSG_NEWSETELEM ? NLM_F_CREATE : 0)
                requests.put(Int(NFTA_SET_ELEM_LIST_TABLE.rawValue), text: table)
                requests.put(Int(NFTA_SET_ELEM_LIST_SET.rawValue), text: family.setName)
                requests.nest(Int(NFTA_SET_ELEM_LIST_ELEMENTS.rawValue)) { list in
                    for address in own[start..<min(start + 1000, own.count)] {
                        list.nest(Int(NFTA_LIST_ELEM.rawValue)) { element in
                            element.nest(Int(NFTA_SET_ELEM_KEY.rawValue)) {
                                $0.put(Int(NFTA_DATA_VALUE.rawValue), address)
                            }
                        }
                    }
                }
            }
        }
    }

    private mutating func rule(_ body: (inout RequestBuffer) -> Void) {
        begin(NFT_MSG_NEWRULE, NLM_F_CREATE | NLM_F_APPEND)
        requests.put(Int(NFTA_RULE_TABLE.rawValue), text: table)
        requests.put(Int(NFTA_RULE_CHAIN.rawValue), text: Self.chain)
        requests.nest(Int(NFTA_RULE_EXPRESSIONS.rawValue), body)
    }
}

extension AddressFamily {
    fileprivate var setName: String { self == .ipv4 ? "ipv4" : "ipv6" }
}

/// The expressions of a rule; all work on the first register.
extension RequestBuffer {
    private mutating func expression(_ name: String, _ body: (inout RequestBuffer) -> Void) {
        nest(Int(NFTA_LIST_ELEM.rawValue)) {
            $0.put(Int(NFTA_EXPR_NAME.rawValue), text: name)
            $0.nest(Int(NFTA_EXPR_DATA.rawValue), body)
        }
    }

    private static var register: UInt32 { UInt32(NFT_REG_1.rawValue).bigEndian }

    fileprivate mutating func meta(_ key: nft_meta_keys) {
        expression("meta") {
            $0.put(Int(NFTA_META_DREG.rawValue), Self.register)
            $0.put(Int(NFTA_META_KEY.rawValue), UInt32(key.rawValue).bigEndian)
        }
    }

    fileprivate mutating func payload(_ base: nft_payload_bases, offset: UInt32, length: UInt32) {
        expression("payload") {
            $0.put(Int(NFTA_PAYLOAD_DREG.rawValue), Self.register)
            $0.put(Int(NFTA_PAYLOAD_BASE.rawValue), UInt32(base.rawValue).bigEndian)
            $0.put(Int(NFTA_PAYLOAD_OFFSET.rawValue), offset.bigEndian)
            $0.put(Int(NFTA_PAYLOAD_LEN.rawValue), length.bigEndian)
        }
    }

    fileprivate mutating func compare(_ operation: nft_cmp_ops, _ value: [UInt8]) {
        expression("cmp") {
            $0.put(Int(NFTA_CMP_SREG.rawValue), Self.register)
            $0.put(Int(NFTA_CMP_OP.rawValue), UInt32(operation.rawValue).bigEndian)
            $0.nest(Int(NFTA_CMP_DATA.rawValue)) { $0.put(Int(NFTA_DATA_VALUE.rawValue), value) }
        }
    }

    fileprivate mutating func lookup(_ family: AddressFamily) {
        expression("lookup") {
            $0.put(Int(NFTA_LOOKUP_SET.rawValue), text: family.setName)
            $0.put(Int(NFTA_LOOKUP_SREG.rawValue), Self.register)
            $0.put(Int(NFTA_LOOKUP_SET_ID.rawValue), UInt32(family.rawValue).bigEndian)
        }
    }

    fileprivate mutating func verdict(_ code: UInt32) {
        expression("immediate") {
            $0.put(Int(NFTA_IMMEDIATE_DREG.rawValue), UInt32(NFT_REG_VERDICT.rawValue).bigEndian)
            $0.nest(Int(NFTA_IMMEDIATE_DATA.rawValue)) {
                $0.nest(Int(NFTA_DATA_VERDICT.rawValue)) { $0.put(Int(NFTA_VERDICT_CODE.rawValue), code.bigEndian) }
            }
        }
    }
}
