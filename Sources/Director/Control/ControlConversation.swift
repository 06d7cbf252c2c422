package import ControlProtocol
import Glibc
package import Reporting

/// A connection to a running daemon: a request, and the lines of the answer.
package final class ControlConversation {
    /// For whoever waits for something else too. It is readable when the next line comes, unless `hasLine`.
    package let descriptor: Int32
    private let patience: Int?
    private var input: [UInt8] = []
    /// Where the next line begins.
    private var start = 0
    /// Up to where there is no end of it.
    private var searched = 0

    /// The longest line of an answer, in octets.
    private static let longestLine = 1 << 26

    /// - Parameters:
    ///   - path: The control socket.
    ///   - patience: Seconds to wait for each piece of an answer; nil for as long as it takes.
    package init(path: String, patience: Int?) throws(ControlFailure) {
        self.patience = patience
        guard var address = LocalAddress(path) else { throw ControlFailure("\(path) is too long for a socket") }
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw ControlFailure(String(cString: strerror(errno))) }
        // Nobody waits for ever to be heard.
        var time = timeval(tv_sec: patience ?? 30, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
        if patience != nil {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
        }
        guard address.withPointer({ Glibc.connect(descriptor, $0, $1) }) == 0 else {
            switch errno {
            case ENOENT, ECONNREFUSED:
                throw ControlFailure("no daemon runs with the socket \(path)", status: 69)
            case EACCES, EPERM:
                throw ControlFailure("\(path): only root and the group vrrpctl may ask the daemon", status: 77)
            case EAGAIN: throw ControlFailure("the daemon does not take the call in \(time.tv_sec) s")
            case let error: throw ControlFailure("\(path): \(String(cString: strerror(error)))")
            }
        }
    }

    deinit {
        close(descriptor)
    }

    /// Sends a request and waits for the first line of the answer.
    ///
    /// - Parameter members: Writes what the request has besides its version and name.
    /// - Returns: The answer of a daemon that did it.
    /// - Throws: What kept it from doing so, in its words, with the whole answer.
    package func ask(
        _ request: String, _ members: (inout JSONWriter) -> Void = { _ in }
    ) throws(ControlFailure) -> JSONValue {
        try send(request, members)
        return try answer()
    }

    /// Sends a request, and does not wait for the answer. A daemon answers requests in their order.
    ///
    /// - Parameter members: Writes what the request has besides its version and name.
    package func send(
        _ request: String, _ members: (inout JSONWriter) -> Void = { _ in }
    ) throws(ControlFailure) {
        var writer = JSONWriter()
        writer.object { writer in
            writer.key("version")
            writer.number(ControlRequest.version)
            writer.key("request")
            writer.string(request)
            members(&writer)
        }
        writer.text.newline()
        try send(writer.text.bytes)
    }

    /// Waits for the first line of the answer to a request that was sent.
    ///
    /// - Returns: The answer of a daemon that did it.
    /// - Throws: What kept it from doing so, in its words, with the whole answer.
    package func answer() throws(ControlFailure) -> JSONValue {
        guard let answer = try line(), let isDone = answer["ok"]?.bool else { throw Self.notUnderstood }
        guard isDone else { throw Self.refusal(answer) }
        return answer
    }

    /// Waits for the next line of an answer that has more.
    ///
    /// - Returns: Nil after the last.
    /// - Throws: What keeps the daemon from telling the rest, in its words.
    package func next() throws(ControlFailure) -> JSONValue? {
        guard let line = try line(), case .object = line else { throw Self.notUnderstood }
        guard line["end"]?.bool == true else { return line }
        guard line["error"] == nil else { throw Self.refusal(line) }
        return nil
    }

    /// Whether a line has come already that `next` returns without waiting.
    package var hasLine: Bool { input[start...].contains(0x0a) }

    private static var notUnderstood: ControlFailure {
        ControlFailure("the daemon's answer cannot be understood; is it of another version?")
    }

    private static func refusal(_ answer: JSONValue) -> ControlFailure {
        ControlFailure(
            answer["error"]?.string ?? "the daemon refuses",
            status: answer["status"]?.integer.flatMap { Int32(exactly: $0) } ?? 1, answer: answer)
    }

    // MARK: Bytes

    private func send(_ bytes: [UInt8]) throws(ControlFailure) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count < 0 {
                if errno == EINTR { continue }
                // It has let go, and perhaps said why.
                if errno == EPIPE { return }
                throw ControlFailure("cannot ask the daemon: \(String(cString: strerror(errno)))")
            }
            rest.removeFirst(count)
        }
    }

    private func line() throws(ControlFailure) -> JSONValue? {
        while true {
            if let end = input[searched...].firstIndex(of: 0x0a) {
                let value = JSONValue(parsing: input[start..<end])
                start = end + 1
                searched = start
                return value
            }
            input.removeFirst(start)
            start = 0
            searched = input.count
            guard input.count < Self.longestLine else { throw ControlFailure("the daemon's answer has no end") }
            try receive()
        }
    }

    private func receive() throws(ControlFailure) {
        while true {
            let count = withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 1) { room in
                let count = recv(descriptor, room.baseAddress, room.count, 0)
                if count > 0 { input += room[..<count] }
                return count
            }
            if count > 0 { return }
            if count < 0, errno == EINTR { continue }
            guard count < 0, errno == EAGAIN else {
                throw ControlFailure("the daemon ended before it answered, or has let go of who asks")
            }
            throw ControlFailure("the daemon does not answer in \(patience ?? 0) s")
        }
    }
}
