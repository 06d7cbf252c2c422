import CNetlink
import Glibc

/// Requests that go to the kernel in one send.
package struct NetlinkBatch: ~Copyable {
    /// How many fit: `sendmsg` takes `IOV_MAX` (1024) pieces, and a failure of each must fit the receive buffer.
    package static let limit = 256

    fileprivate(set) var messages: [OpaquePointer] = []

    package init() {
        messages.reserveCapacity(Self.limit)
    }

    deinit {
        for message in messages { nlmsg_free(message) }
    }

    package var count: Int { messages.count }
    package var isFull: Bool { messages.count >= Self.limit }

    package mutating func append(_ message: consuming NetlinkMessage) throws(NetlinkError) {
        guard let completed = message.completed else {
            throw NetlinkError(operation: message.operation, code: EMSGSIZE)
        }
        nlmsg_get(completed)
        messages.append(completed)
    }

    package mutating func removeAll() {
        for message in messages { nlmsg_free(message) }
        messages.removeAll(keepingCapacity: true)
    }
}
