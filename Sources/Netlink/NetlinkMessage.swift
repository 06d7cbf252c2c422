import CNetlink
import Glibc

/// One generic-netlink request under construction.
///
/// Writing past the capacity is remembered rather than thrown at each attribute, and refused with `EMSGSIZE` when the
/// message is sent.
package struct NetlinkMessage: ~Copyable {
    /// The request's name in errors, such as `IPVS_CMD_NEW_DEST`.
    package let operation: String
    private let handle: OpaquePointer?
    private var overflowed = false

    /// - Parameter capacity: Bytes for header and attributes together.
    package init(operation: String, family: Int32, command: Int, flags: Int32 = 0, capacity: Int = 512) {
        self.operation = operation
        handle = nlmsg_alloc_size(capacity)
        guard let handle else { return }
        // Port and sequence are the socket's to fill in; version 1 is the only one IPVS has (IPVS_GENL_VERSION).
        if genlmsg_put(handle, 0, 0, family, 0, flags, UInt8(command), 1) == nil { overflowed = true }
    }

    deinit {
        if let handle { nlmsg_free(handle) }
    }

    package mutating func put(_ type: Int, _ value: UInt8) {
        if let handle, nla_put_u8(handle, Int32(type), value) < 0 { overflowed = true }
    }

    package mutating func put(_ type: Int, _ value: UInt16) {
        if let handle, nla_put_u16(handle, Int32(type), value) < 0 { overflowed = true }
    }

    package mutating func put(_ type: Int, _ value: UInt32) {
        if let handle, nla_put_u32(handle, Int32(type), value) < 0 { overflowed = true }
    }

    package mutating func put(_ type: Int, _ value: String) {
        if let handle, nla_put_string(handle, Int32(type), value) < 0 { overflowed = true }
    }

    /// Puts the bytes of a value as they lie in memory.
    package mutating func put<T: BitwiseCopyable>(_ type: Int, bytesOf value: T) {
        guard let handle else { return }
        withUnsafeBytes(of: value) { bytes in
            if nla_put(handle, Int32(type), Int32(bytes.count), bytes.baseAddress) < 0 { overflowed = true }
        }
    }

    /// Puts a nested attribute whose content `body` writes.
    package mutating func nest(_ type: Int, _ body: (inout NetlinkMessage) -> Void) {
        guard let handle, let start = nla_nest_start(handle, Int32(type)) else {
            overflowed = true
            return
        }
        body(&self)
        nla_nest_end(handle, start)
    }

    /// The finished message; `nil` where memory or room was too small.
    var completed: OpaquePointer? { overflowed ? nil : handle }
}
