import Addresses
import CLinux
import Netlink

extension KernelChange {
    /// The change as the kernel takes it: a netlink message. Of what takes several messages, the first.
    package var request: [UInt8] {
        var buffer = RequestBuffer()
        buffer.append(self)
        buffer.seal(from: 0, acknowledged: nil)
        let end = buffer.starts.count > 1 ? buffer.starts[1] : buffer.bytes.count
        return Array(buffer.bytes[..<end])
    }

    /// The removal of an address, a route or a rule that `request` was made of. Nil for everything else.
    package init?(request: [UInt8]) {
        var change: KernelChange?
        request.withUnsafeBytes { bytes in
            KernelSocket.forEachMessage(in: RawSpan(_unsafeBytes: bytes)) { header, payload in
                switch header.type {
                case RTM_DELADDR: change = InterfaceAddress(payload).map { .removeAddress(AddressSpec($0)) }
                case RTM_DELROUTE: change = RouteSpec(payload).map { .removeRoute($0) }
                case RTM_DELRULE: change = RuleSpec(payload).map { .removeRule($0) }
                default: break
                }
            }
        }
        guard let change else { return nil }
        self = change
    }
}

extension AddressSpec {
    /// The spec by which this address can be removed.
    package init(_ address: InterfaceAddress) {
        self.init(interface: address.interface, address: address.address, prefixLength: address.prefixLength)
        if let other = address.peer { peer = NetworkPrefix(other, address.prefixLength) }
        if !address.label.isEmpty { label = address.label }
        scope = address.scope
        flags = Flags(rawValue: address.flags)
    }
}
