import Glibc
import Reactor

/// A mail server on a loop, which answers as a test says and keeps what it is told.
final class MailServerDouble {
    private let loop: EventLoop
    private var listener: Int32 = -1
    private(set) var port = 0
    private(set) var connections = 0
    /// Every line but those of letters.
    private(set) var commands: [String] = []
    /// The letters that it has taken, each with its lines between LF.
    private(set) var letters: [String] = []
    /// The answer to a command, without its end; nil for none at all, and an empty one for the end of the connection.
    var answer: (String) -> String? = { MailServerDouble.usual($0) }
    private var open: [Int32: Talk] = [:]

    private struct Talk {
        var unread: [UInt8] = []
        /// Nil outside of a letter.
        var letter: [String]?
    }

    init(_ loop: EventLoop) throws {
        self.loop = loop
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue), 0)
        try listen()
    }

    deinit { stop() }

    static func usual(_ command: String) -> String? {
        switch command.prefix(4) {
        case "": "220 double"
        case "DATA": "354 go on"
        case "QUIT": "221 bye"
        default: "250 ok"
        }
    }

    private func listen() throws {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        address.sin_port = UInt16(port).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        var one: Int32 = 1
        setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, socklen_t(MemoryLayout<Int32>.size))
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, size) == 0 && Glibc.listen(listener, 16) == 0
                    ? getsockname(listener, $0, &size) : -1
            }
        }
        guard result == 0 else { throw ReactorError("listen", code: errno) }
        port = Int(UInt16(bigEndian: address.sin_port))
        try loop.watch(listener) { [unowned self] in accept() }
    }

    /// Nobody is there any more; the port is kept for `resume`.
    func stop() {
        for descriptor in open.keys { drop(descriptor) }
        guard listener >= 0 else { return }
        loop.unwatch(listener)
        close(listener)
        listener = -1
    }

    func resume() throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue), 0)
        try listen()
    }

    private func accept() {
        let descriptor = Glibc.accept(listener, nil, nil)
        guard descriptor >= 0 else { return }
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        connections += 1
        open[descriptor] = Talk()
        try? loop.watch(descriptor) { [unowned self] in read(descriptor) }
        say(answer(""), to: descriptor)
    }

    private func read(_ descriptor: Int32) {
        var room = [UInt8](repeating: 0, count: 1 << 16)
        let count = Glibc.read(descriptor, &room, room.count)
        guard count > 0, var talk = open[descriptor] else { return drop(descriptor) }
        talk.unread += room[..<count]
        open[descriptor] = talk
        while var talk = open[descriptor], let end = talk.unread.firstIndex(of: 10) {
            let line = String(decoding: talk.unread[..<end].filter { $0 != 13 }, as: UTF8.self)
            talk.unread.removeSubrange(...end)
            open[descriptor] = talk
            take(line, from: descriptor)
        }
    }

    private func take(_ line: String, from descriptor: Int32) {
        if var letter = open[descriptor]?.letter {
            guard line == "." else {
                letter.append(line)
                open[descriptor]?.letter = letter
                return
            }
            open[descriptor]?.letter = nil
            let reply = answer(".")
            if reply?.hasPrefix("250") == true { letters.append(letter.joined(separator: "\n")) }
            return say(reply, to: descriptor)
        }
        commands.append(line)
        let reply = answer(line)
        if reply?.hasPrefix("354") == true { open[descriptor]?.letter = [] }
        say(reply, to: descriptor)
    }

    private func say(_ reply: String?, to descriptor: Int32) {
        guard let reply else { return }
        if reply.isEmpty { return drop(descriptor) }
        let bytes = Array("\(reply)\r\n".utf8)
        _ = send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    private func drop(_ descriptor: Int32) {
        guard open.removeValue(forKey: descriptor) != nil else { return }
        loop.unwatch(descriptor)
        close(descriptor)
    }
}
