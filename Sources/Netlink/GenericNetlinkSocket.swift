import CLinux
import CNetlink
import Glibc

/// A generic-netlink socket of its own, closed with the value.
package struct GenericNetlinkSocket: ~Copyable {
    private let handle: OpaquePointer
    private let inbox: OpaquePointer

    /// The kernel fills a dump's datagrams up to the size that the reader offers, at most 32 KiB (netlink_recvmsg). Half
    /// of that is as fast, and half as much memory.
    private static let datagramSize = 16 * 1024
    /// A service of a dozen servers and the end of its dump come in one system call.
    private static let datagramCount: UInt32 = 2

    package init() throws(NetlinkError) {
        guard let handle = nl_socket_alloc(), let inbox = clinux_inbox_create(Self.datagramCount, Self.datagramSize)
        else { throw NetlinkError(operation: "nl_socket_alloc", code: ENOMEM) }
        errno = 0
        guard genl_connect(handle) >= 0 else {
            let code = errno
            nl_socket_free(handle)
            clinux_inbox_free(inbox)
            throw NetlinkError(operation: "genl_connect", code: code == 0 ? EPROTONOSUPPORT : code)
        }
        nl_socket_disable_auto_ack(handle)
        nl_socket_disable_msg_peek(handle)
        self.handle = handle
        self.inbox = inbox
    }

    deinit {
        nl_socket_free(handle)
        clinux_inbox_free(inbox)
    }

    /// The number of a generic-netlink family; `nil` where the kernel has none of that name.
    package func resolveFamily(_ name: String) -> Int32? {
        let number = genl_ctrl_resolve(handle, name)
        return number >= 0 ? number : nil
    }

    /// Prepares the socket for batches: room for what is sent and for an answer to each message, short answers.
    package func enlargeBuffers() {
        nl_socket_set_buffer_size(handle, 1 << 20, 1 << 20)
        var on: Int32 = 1
        setsockopt(
            nl_socket_get_fd(handle), SOL_NETLINK, NETLINK_CAP_ACK, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    // MARK: Exchanges

    /// Sends a request and waits for its acknowledgement.
    package func execute(_ message: borrowing NetlinkMessage) throws(NetlinkError) {
        let sequence = try send(message, flags: NLM_F_ACK)
        try receive(answersTo: sequence, operation: message.operation, singleAnswer: false) { _ in }
    }

    /// Sends a request that has one answer, and hands over its attributes.
    package func query(_ message: borrowing NetlinkMessage, _ body: (RawSpan) -> Void) throws(NetlinkError) {
        let sequence = try send(message, flags: 0)
        try receive(answersTo: sequence, operation: message.operation, singleAnswer: true, body)
    }

    /// Sends a request for a list, and hands over the attributes of each item as it comes.
    package func dump(_ message: borrowing NetlinkMessage, _ body: (RawSpan) -> Void) throws(NetlinkError) {
        let sequence = try send(message, flags: NLM_F_DUMP)
        try receive(answersTo: sequence, operation: message.operation, singleAnswer: false, body)
    }

    /// Sends the batch in one system call and waits until the kernel has worked through it.
    ///
    /// Only the last message asks for an acknowledgement. The kernel reports each failure anyway, so silence is
    /// success, and the last acknowledgement says that nothing more will come.
    ///
    /// - Returns: The failures, by the index of their message.
    package func execute(_ batch: inout NetlinkBatch) throws(NetlinkError) -> [(index: Int, code: Int32)] {
        let count = batch.messages.count
        guard count > 0 else { return [] }
        var vectors: [iovec] = []
        vectors.reserveCapacity(count)
        var first: UInt32 = 0
        for index in 0..<count {
            let sequence = complete(batch.messages[index], flags: index == count - 1 ? NLM_F_ACK : 0)
            if index == 0 { first = sequence }
            let header = nlmsg_hdr(batch.messages[index])
            vectors.append(iovec(iov_base: header, iov_len: header.map { Int($0.pointee.nlmsg_len) } ?? 0))
        }
        errno = 0
        if nl_send_iovec(handle, batch.messages[0], &vectors, UInt32(count)) < 0 {
            throw NetlinkError(operation: "sendmsg", code: errno == 0 ? EIO : errno, sequence: first)
        }

        var failures: [(index: Int, code: Int32)] = []
        let last = first &+ UInt32(count - 1)
        while true {
            var finished = false
            try receiveDatagrams { header, payload in
                let index = Int(header.nlmsg_seq &- first)
                guard index < count, header.nlmsg_type == NLMSG_ERROR, let code = payload.number(Int32.self) else {
                    return
                }
                if code != 0 { failures.append((index, -code)) }
                if header.nlmsg_seq == last { finished = true }
            }
            if finished { return failures }
        }
    }

    // MARK: The wire

    private func send(_ message: borrowing NetlinkMessage, flags: Int32) throws(NetlinkError) -> UInt32 {
        guard let completed = message.completed else {
            throw NetlinkError(operation: message.operation, code: EMSGSIZE)
        }
        let sequence = complete(completed, flags: flags)
        errno = 0
        if nl_send(handle, completed) < 0 {
            throw NetlinkError(operation: message.operation, code: errno == 0 ? EIO : errno, sequence: sequence)
        }
        return sequence
    }

    /// Fills in port and sequence number; returns the latter.
    private func complete(_ message: OpaquePointer, flags: Int32) -> UInt32 {
        guard let header = nlmsg_hdr(message) else { return 0 }
        header.pointee.nlmsg_flags |= UInt16(flags)
        nl_complete_msg(handle, message)
        return header.pointee.nlmsg_seq
    }

    /// Receives until the answers to `sequence` are complete.
    private func receive(
        answersTo sequence: UInt32, operation: String, singleAnswer: Bool, _ body: (RawSpan) -> Void
    ) throws(NetlinkError) {
        var finished = false
        var code: Int32 = 0
        while !finished {
            try receiveDatagrams { header, payload in
                guard header.nlmsg_seq == sequence, !finished else { return }
                switch Int32(header.nlmsg_type) {
                case NLMSG_ERROR:
                    code = -(payload.number(Int32.self) ?? -EBADMSG)
                    finished = true
                case NLMSG_DONE:
                    // A dump that failed on its way ends with the error in place of a zero.
                    code = -min(payload.number(Int32.self) ?? 0, 0)
                    finished = true
                case NLMSG_NOOP, NLMSG_OVERRUN:
                    break
                default:
                    let genericHeader = MemoryLayout<genlmsghdr>.size
                    guard payload.byteCount >= genericHeader else { return }
                    body(payload.extracting(genericHeader..<payload.byteCount))
                    if singleAnswer { finished = true }
                }
            }
        }
        if code != 0 { throw NetlinkError(operation: operation, code: code, sequence: sequence) }
    }

    /// Waits for at least one datagram and hands over each message in what has arrived.
    private func receiveDatagrams(_ body: (nlmsghdr, RawSpan) -> Void) throws(NetlinkError) {
        let received = clinux_inbox_receive(inbox, nl_socket_get_fd(handle))
        guard received > 0 else { throw NetlinkError(operation: "recvmmsg", code: received < 0 ? errno : EIO) }
        for index in 0..<UInt32(received) {
            var length = 0
            guard let bytes = clinux_inbox_datagram(inbox, index, &length) else { continue }
            Self.forEachMessage(in: RawSpan(_unsafeStart: bytes, byteCount: length), body)
        }
    }

    @inline(__always)
    private static func forEachMessage(in datagram: RawSpan, _ body: (nlmsghdr, RawSpan) -> Void) {
        let headerLength = MemoryLayout<nlmsghdr>.size
        var offset = 0
        while datagram.byteCount - offset >= headerLength {
            let header = datagram.unsafeLoadUnaligned(fromByteOffset: offset, as: nlmsghdr.self)
            let length = Int(header.nlmsg_len)
            guard length >= headerLength, length <= datagram.byteCount - offset else { return }
            body(header, datagram.extracting(offset + headerLength..<offset + length))
            offset += aligned(length)
        }
    }
}
