package import ControlProtocol
import Glibc
package import Reporting

/// Asks a running daemon for something, and waits for its answer.
package struct ControlClient {
    private let path: String

    /// - Parameter path: The control socket.
    package init(path: String) {
        self.path = path
    }

    /// The longest answer, in octets.
    private static let longestAnswer = 1 << 26

    /// Sends a request and waits for one line.
    ///
    /// - Parameters:
    ///   - patience: Seconds to wait for each piece of the answer.
    ///   - members: Writes what the request has besides its version and name.
    /// - Returns: The answer of a daemon that did it.
    /// - Throws: What kept it from doing so, in its words, with the whole answer; or that there is nobody to ask.
    package func ask(
        _ request: String, patience: Int = 30, _ members: (inout JSONWriter) -> Void = { _ in }
    ) throws(ControlFailure) -> JSONValue {
        let descriptor = try connect(patience)
        defer { close(descriptor) }
        var writer = JSONWriter()
        writer.object { writer in
            writer.key("version")
            writer.number(ControlRequest.version)
            writer.key("request")
            writer.string(request)
            members(&writer)
        }
        writer.text.newline()
        let bytes = writer.text.bytes
        guard send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else {
            throw ControlFailure("cannot ask the daemon: \(String(cString: strerror(errno)))")
        }
        let line = try readLine(descriptor)
        guard let answer = JSONValue(parsing: line[...]), let isDone = answer["ok"]?.bool else {
            throw ControlFailure("the daemon's answer cannot be understood; is it of another version?")
        }
        guard isDone else {
            throw ControlFailure(
                answer["error"]?.string ?? "the daemon refuses",
                status: answer["status"]?.integer.flatMap { Int32(exactly: $0) } ?? 1, answer: answer)
        }
        return answer
    }

    private func connect(_ patience: Int) throws(ControlFailure) -> Int32 {
        guard var address = LocalAddress(path) else { throw ControlFailure("\(path) is too long for a socket") }
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw ControlFailure(String(cString: strerror(errno))) }
        var time = timeval(tv_sec: patience, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(descriptor, SOL_SOCKET, option, &time, socklen_t(MemoryLayout<timeval>.size))
        }
        guard address.withPointer({ Glibc.connect(descriptor, $0, $1) }) == 0 else {
            let error = errno
            close(descriptor)
            switch error {
            case ENOENT, ECONNREFUSED:
                throw ControlFailure("no daemon runs with the socket \(path)", status: 69)
            case EACCES, EPERM: throw ControlFailure("\(path): only root may ask the daemon", status: 77)
            default: throw ControlFailure("\(path): \(String(cString: strerror(error)))")
            }
        }
        return descriptor
    }

    private func readLine(_ descriptor: Int32) throws(ControlFailure) -> [UInt8] {
        var line: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 14)
        while line.count < Self.longestAnswer {
            let count = recv(descriptor, &piece, piece.count, 0)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                throw ControlFailure(
                    count == 0 ? "the daemon ended before it answered" : "the daemon does not answer in time")
            }
            line += piece[..<count]
            if line.last == 0x0a { return line.dropLast() }
        }
        throw ControlFailure("the daemon's answer has no end")
    }
}

/// What came of asking, where it was not what was asked for.
package struct ControlFailure: Error, Hashable, Sendable {
    package var message: String
    /// The exit status that says so: 69 where there is nobody to ask, 77 without rights, otherwise the daemon's.
    package var status: Int32
    /// What the daemon said.
    package var answer: JSONValue?

    package init(_ message: String, status: Int32 = 1, answer: JSONValue? = nil) {
        self.message = message
        self.status = status
        self.answer = answer
    }
}
