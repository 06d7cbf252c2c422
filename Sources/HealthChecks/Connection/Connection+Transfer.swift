import Glibc

extension Connection {
    /// What came of reading or writing as much as is possible now.
    package enum Transfer: Hashable, Sendable {
        /// That many bytes, at least one.
        case moved(Int)
        /// Nothing for now: wait.
        case later
        /// The other side has said all that it has to say.
        case ended
        case failed(ConnectionFailure)
    }

    /// Appends what has come, at most `limit` bytes (> 0) or one datagram cut to it. An empty datagram is `.ended`.
    package func read(into bytes: inout [UInt8], atMost limit: Int) -> Transfer {
        withUnsafeTemporaryAllocation(byteCount: min(limit, Self.largestRead), alignment: 1) { room in
            let count = retrying {
                transport == .echo ? receiveEcho(room) : recv(descriptor, room.baseAddress, room.count, 0)
            }
            guard count > 0 else { return outcome(count, "recv") }
            bytes.append(contentsOf: room.prefix(count))
            return .moved(count)
        }
    }

    /// Sends as much as fits into the socket's buffer; `bytes` must not be empty.
    package func write(_ bytes: some Collection<UInt8>) -> Transfer {
        let count = bytes.withContiguousStorageIfAvailable { room in
            retrying { send(descriptor, room.baseAddress, room.count, Int32(MSG_NOSIGNAL)) }
        }
        guard let count else { return write(Array(bytes)) }
        return outcome(count, "send")
    }

    /// Others may send echo replies with our identifier too: they are as if they had not come.
    private func receiveEcho(_ room: UnsafeMutableRawBufferPointer) -> Int {
        var sender = sockaddr_in6()
        var size = socklen_t(MemoryLayout<sockaddr_in6>.size)
        let count = withUnsafeMutablePointer(to: &sender) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                recvfrom(descriptor, room.baseAddress, room.count, 0, $0, &size)
            }
        }
        if count >= 0, !path.destination.hasAddress(of: sender) {
            errno = EAGAIN
            return -1
        }
        return count
    }

    private func outcome(_ count: Int, _ operation: String) -> Transfer {
        if count > 0 { return .moved(count) }
        if count == 0 { return .ended }
        return errno == EAGAIN ? .later : .failed(failure(errno, operation))
    }

    private func retrying(_ call: () -> Int) -> Int {
        var result = call()
        while result < 0, errno == EINTR { result = call() }
        return result
    }

    /// The longest datagram.
    private static let largestRead = 0xffff
}
