import CLinux
import Glibc

/// A request that the kernel refused.
package struct RefusedRequest: Hashable, Sendable {
    /// Which one of its batch.
    package var index: Int
    /// The errno, positive.
    package var code: Int32
    /// The kernel's own sentence (`NLMSGERR_ATTR_MSG`); empty where it gave none.
    package var message: String
}

/// The header of a message from the kernel.
package struct MessageHeader: Sendable {
    package var type: Int
    package var flags: Int32
    package var sequence: UInt32
}

/// A netlink socket of any protocol but the generic one, closed with the value.
package struct KernelSocket: ~Copyable {
    package let descriptor: Int32
    private let room: UnsafeMutableRawBufferPointer
    private let isBlocking: Bool
    private var nextSequence: UInt32 = 1

    /// The kernel fills the datagrams of a dump up to the size that the reader offers, at most 32 KiB
    /// (netlink_recvmsg).
    private static let datagramSize = 32 * 1024
    /// No answer takes this long; a daemon must not wait for ever for one that was lost.
    private static let patience = timeval(tv_sec: 5, tv_usec: 0)

    /// - Parameters:
    ///   - kind: `NETLINK_ROUTE`, `NETLINK_NETFILTER` ….
    ///   - receiveBuffer: In bytes: room for an answer to each request of a batch, or for a burst of events.
    ///   - isBlocking: False for a socket that an event loop watches.
    package init(
        protocol kind: Int32, groups: UInt32 = 0, receiveBuffer: Int = 2 << 20, isBlocking: Bool = true
    ) throws(NetlinkError) {
        let type = Int32(SOCK_RAW.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | (isBlocking ? 0 : O_NONBLOCK)
        let descriptor = socket(AF_NETLINK, type, kind)
        guard descriptor >= 0 else { throw NetlinkError(operation: "socket", code: errno) }
        var address = sockaddr_nl()
        address.nl_family = sa_family_t(AF_NETLINK)
        address.nl_groups = groups
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_nl>.size))
            }
        }
        guard bound == 0 else {
            let code = errno
            close(descriptor)
            throw NetlinkError(operation: "bind", code: code)
        }
        self.descriptor = descriptor
        self.isBlocking = isBlocking
        room = .allocate(byteCount: Self.datagramSize, alignment: 8)
        // The forced form needs CAP_NET_ADMIN; without it the system's limit holds.
        Self.set(descriptor, SOL_SOCKET, SO_RCVBUF, Int32(clamping: receiveBuffer))
        Self.set(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, Int32(clamping: receiveBuffer))
        Self.set(descriptor, SOL_SOCKET, SO_SNDBUF, 1 << 20)
        Self.set(descriptor, SOL_SOCKET, SO_SNDBUFFORCE, 1 << 20)
        Self.set(descriptor, SOL_NETLINK, NETLINK_CAP_ACK, 1)
        Self.set(descriptor, SOL_NETLINK, NETLINK_EXT_ACK, 1)
        var patience = Self.patience
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit {
        close(descriptor)
        room.deallocate()
    }

    @discardableResult
    private static func set(_ descriptor: Int32, _ level: Int32, _ option: Int32, _ value: Int32) -> Int32 {
        var value = value
        return setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
    }

    /// Hears of one more group of events (`RTNLGRP_*`).
    package func join(group: Int) throws(NetlinkError) {
        guard Self.set(descriptor, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, Int32(group)) == 0 else {
            throw NetlinkError(operation: "NETLINK_ADD_MEMBERSHIP", code: errno)
        }
    }

    // MARK: Exchanges

    /// Sends the requests in one system call and waits until the kernel has worked through them.
    ///
    /// - Parameter isTransaction: Whether they stand between a beginning and an end of their own, as nftables' do, of
    ///   which old kernels do not acknowledge the end.
    /// - Returns: Those that it refused.
    package mutating func execute(
        _ requests: inout RequestBuffer, isTransaction: Bool = false
    ) throws(NetlinkError) -> [RefusedRequest] {
        guard requests.count > 0 else { return [] }
        let first = nextSequence
        nextSequence &+= UInt32(requests.count)
        let lastIndex = requests.count - (isTransaction ? 2 : 1)
        requests.seal(from: first, acknowledged: lastIndex)
        try send(requests)
        let last = first &+ UInt32(lastIndex)
        let count = UInt32(requests.count)
        var refused: [RefusedRequest] = []
        var isFinished = false
        while !isFinished {
            _ = try receive { header, payload in
                guard header.type == Int(NLMSG_ERROR), header.sequence &- first < count else { return }
                let code = -(payload.number(Int32.self) ?? -EBADMSG)
                if code != 0 {
                    let message = Self.sentence(header, payload)
                    refused.append(
                        RefusedRequest(index: Int(header.sequence &- first), code: code, message: message))
                }
                // A transaction whose beginning is refused has no more answers.
                if header.sequence == last || (isTransaction && header.sequence == first) { isFinished = true }
            }
        }
        return refused
    }

    /// Sends one request for a list and hands over each item.
    ///
    /// - Throws: `EINTR` where the list changed while it was read and may be incomplete.
    package mutating func dump(
        _ request: inout RequestBuffer, _ body: (MessageHeader, RawSpan) -> Void
    ) throws(NetlinkError) {
        let sequence = nextSequence
        nextSequence &+= 1
        request.seal(from: sequence, acknowledged: nil)
        try send(request)
        var isFinished = false
        var code: Int32 = 0
        while !isFinished {
            _ = try receive { header, payload in
                guard header.sequence == sequence else { return }
                if header.flags & NLM_F_DUMP_INTR != 0 { code = EINTR }
                switch header.type {
                case Int(NLMSG_ERROR):
                    code = -(payload.number(Int32.self) ?? -EBADMSG)
                    isFinished = true
                case Int(NLMSG_DONE):
                    // A dump that failed on its way ends with the error in place of a zero.
                    let end = -min(payload.number(Int32.self) ?? 0, 0)
                    if end != 0 { code = end }
                    isFinished = true
                case Int(NLMSG_NOOP): break
                default:
                    body(header, payload)
                    // What is asked for alone comes without an end.
                    if header.flags & NLM_F_MULTI == 0 { isFinished = true }
                }
            }
        }
        if code != 0 { throw NetlinkError(operation: "dump", code: code, sequence: sequence) }
    }

    /// Sends what is sealed already.
    package func send(_ requests: RequestBuffer) throws(NetlinkError) {
        let sent = requests.bytes.withUnsafeBytes { bytes in
            var result: Int
            repeat {
                result = Glibc.send(descriptor, bytes.baseAddress, bytes.count, 0)
            } while result < 0 && errno == EINTR
            return result
        }
        if sent < 0 { throw NetlinkError(operation: "send", code: errno) }
    }

    /// Takes one datagram and hands over each message in it.
    ///
    /// - Returns: False where none has arrived and the socket does not wait.
    package func receive(_ body: (MessageHeader, RawSpan) -> Void) throws(NetlinkError) -> Bool {
        var sender = sockaddr_nl()
        var size = socklen_t(MemoryLayout<sockaddr_nl>.size)
        let length = withUnsafeMutablePointer(to: &sender) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                var result: Int
                repeat {
                    result = recvfrom(
                        descriptor, room.baseAddress, room.count, Int32(MSG_TRUNC), address, &size)
                } while result < 0 && errno == EINTR
                return result
            }
        }
        if length < 0 {
            let code = errno
            if code == EAGAIN, !isBlocking { return false }
            throw NetlinkError(operation: "receive", code: code == EAGAIN ? ETIMEDOUT : code)
        }
        // Another process may write to this socket; only the kernel is believed.
        guard sender.nl_pid == 0 else { return true }
        guard length <= room.count else { throw NetlinkError(operation: "receive", code: EMSGSIZE) }
        guard let base = room.baseAddress else { return true }
        Self.forEachMessage(in: RawSpan(_unsafeStart: UnsafeRawPointer(base), byteCount: length), body)
        return true
    }

    /// Hands over the messages of a datagram; a malformed rest is left unread.
    package static func forEachMessage(in datagram: RawSpan, _ body: (MessageHeader, RawSpan) -> Void) {
        let headerLength = 16
        var offset = 0
        while datagram.byteCount - offset >= headerLength {
            let header = datagram.extracting(offset..<offset + headerLength)
            let length = Int(header.unsafeLoadUnaligned(as: UInt32.self))
            guard length >= headerLength, length <= datagram.byteCount - offset else { return }
            body(
                MessageHeader(
                    type: Int(header.unsafeLoadUnaligned(fromByteOffset: 4, as: UInt16.self)),
                    flags: Int32(header.unsafeLoadUnaligned(fromByteOffset: 6, as: UInt16.self)),
                    sequence: header.unsafeLoadUnaligned(fromByteOffset: 8, as: UInt32.self)),
                datagram.extracting(offset + headerLength..<offset + length))
            offset += aligned(length)
        }
    }

    /// The kernel's sentence behind a refusal: attributes behind the error's number and the refused header.
    private static func sentence(_ header: MessageHeader, _ payload: RawSpan) -> String {
        guard header.flags & NLM_F_ACK_TLVS != 0 else { return "" }
        // Without NLM_F_CAPPED the whole refused message is quoted.
        let quoted =
            header.flags & NLM_F_CAPPED != 0 || payload.byteCount < 8
            ? 16 : Int(payload.unsafeLoadUnaligned(fromByteOffset: 4, as: UInt32.self))
        let start = 4 + aligned(quoted)
        guard start < payload.byteCount else { return "" }
        var text = ""
        forEachAttribute(in: payload.extracting(start..<payload.byteCount)) { type, value in
            if type == Int(NLMSGERR_ATTR_MSG.rawValue) { text = value.text }
        }
        return text
    }
}
