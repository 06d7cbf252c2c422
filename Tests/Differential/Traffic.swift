import Glibc

/// Packets sent from this machine to a virtual service, so that there are connections and counters to list.
///
///     listen ADDRESS                 takes TCP connections and datagrams, as a real server does
///     tcp SOURCE DESTINATION         opens a connection and keeps it (with `close`: closes it at once)
///     udp SOURCE DESTINATION         sends a datagram
///     freeze                         waits until the counters are complete, then stops the kernel from changing them
///
/// An address is `10.0.0.1:80` or `[2001:db8::1]:80`. Settings may follow: `mark=N` (the packets' firewall mark),
/// `call-id=TEXT` and `call-id-length=N` (the datagram is a SIP request with that Call-ID), `size=N` (bytes in each
/// datagram), `count=N` (datagrams).
struct Traffic {
    enum Kind: String {
        case listen
        case tcp
        case udp
        case freeze
    }

    var kind: Kind
    var source = ""
    var destination = ""
    var mark: Int32 = 0
    var callID: String?
    var size = 1
    var count = 1
    var closes = false

    init(_ text: Substring) throws(CaseFileError) {
        let words = text.split(separator: " ").map(String.init)
        guard let kind = Kind(rawValue: words.first ?? "") else {
            throw CaseFileError(message: "no traffic is called: \(text)")
        }
        self.kind = kind
        var addresses: [String] = []
        for word in words.dropFirst() {
            let (name, value) = Substring(word.map { $0 == "=" ? " " : $0 }).cutAtBlank()
            switch name {
            case "mark": mark = Int32(value) ?? 0
            case "call-id": callID = String(value)
            case "call-id-length": callID = String(repeating: "a", count: Int(value) ?? 0)
            case "size": size = Int(value) ?? 1
            case "count": count = Int(value) ?? 1
            case "close": closes = true
            default: addresses.append(word)
            }
        }
        guard addresses.count == (kind == .freeze ? 0 : kind == .listen ? 1 : 2) else {
            throw CaseFileError(message: "not the addresses that this traffic needs: \(text)")
        }
        source = addresses.first ?? ""
        destination = addresses.last ?? ""
    }

    /// What the datagram says.
    fileprivate var payload: Bytes {
        guard let callID else { return Bytes(repeating: UInt8(ascii: "x"), count: size) }
        return Bytes("INVITE sip:a@example.com SIP/2.0\r\nCall-ID: \(callID)\r\n\r\n".utf8)
    }
}

/// Sends traffic and holds the sockets that keep its connections open.
final class TrafficSource {
    private var sockets: [Int32] = []

    deinit { for socket in sockets { close(socket) } }

    /// Sends it; on a repetition only what adds to counters without a new connection.
    func send(_ traffic: Traffic, repetition: Bool, kernel: Kernel) throws {
        switch traffic.kind {
        case .listen where !repetition:
            let socket = try open(SOCK_STREAM, at: traffic.source, mark: 0)
            sockets += [socket, try open(SOCK_DGRAM, at: traffic.source, mark: 0)]
            guard Glibc.listen(socket, 64) == 0 else { throw failure("listen at", traffic.source) }
        case .tcp where !repetition:
            let socket = try open(SOCK_STREAM, at: traffic.source, mark: traffic.mark)
            let connected = try withSocketAddress(traffic.destination) { Glibc.connect(socket, $0, $1) }
            guard connected == 0 else { throw failure("connect to", traffic.destination) }
            if traffic.closes {
                close(socket)
            } else {
                sockets.append(socket)
            }
        case .udp:
            let socket = try open(SOCK_DGRAM, at: traffic.source, mark: traffic.mark)
            defer { close(socket) }
            let payload = traffic.payload
            for _ in 0..<traffic.count {
                let sent = try withSocketAddress(traffic.destination) {
                    sendto(socket, payload, payload.count, 0, $0, $1)
                }
                guard sent == payload.count else { throw failure("send to", traffic.destination) }
            }
        case .freeze: try freeze(kernel)
        default: break
        }
    }

    private func open(
        _ type: __socket_type, at address: String, mark: Int32
    ) throws(RunnerError) -> Int32 {
        let family = address.hasPrefix("[") ? AF_INET6 : AF_INET
        let socket = Glibc.socket(family, Int32(type.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { throw failure("open a socket for", address) }
        var on: Int32 = 1
        setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
        var mark = mark
        setsockopt(socket, SOL_SOCKET, SO_MARK, &mark, socklen_t(MemoryLayout<Int32>.size))
        guard try withSocketAddress(address, { bind(socket, $0, $1) }) == 0 else {
            throw failure("use address", address)
        }
        return socket
    }

    /// The kernel brings counters and rates up to date every two seconds: once they have stood still for longer than
    /// that, they are complete.
    private func freeze(_ kernel: Kernel) throws {
        let path = "/proc/sys/net/ipv4/vs/run_estimation"
        try setEstimation("1", path)
        var counters: [String] = []
        var unchanged = 0
        for _ in 0..<200 {
            usleep(100_000)
            let table = try kernel.table()
            unchanged = table.counters == counters ? unchanged + 1 : 0
            counters = table.counters
            if table.hasRates && unchanged > 22 { return try setEstimation("0", path) }
        }
        throw RunnerError(message: "the kernel's counters do not settle within 20 s")
    }

    private func setEstimation(_ value: String, _ path: String) throws(RunnerError) {
        let descriptor = Glibc.open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0, write(descriptor, value, 1) == 1 else { throw failure("write", path) }
        close(descriptor)
    }
}

private func withSocketAddress<Result>(
    _ text: String, _ body: (UnsafePointer<sockaddr>?, socklen_t) -> Result
) throws(RunnerError) -> Result {
    guard let colon = text.lastIndex(of: ":") else { throw RunnerError(message: "no port in \(text)") }
    let host = text[..<colon].filter { $0 != "[" && $0 != "]" }
    var hints = addrinfo()
    hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var found: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host, String(text[text.index(after: colon)...]), &hints, &found) == 0, let found else {
        throw RunnerError(message: "not an address: \(text)")
    }
    defer { freeaddrinfo(found) }
    return body(found.pointee.ai_addr, found.pointee.ai_addrlen)
}
