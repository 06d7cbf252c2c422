import Glibc

/// The kernel's virtual server table, read and written over generic netlink by the least code that does it.
///
/// The suite judges two programs by what they leave in the kernel, so it looks there itself: it borrows nothing from
/// either of them.
final class Kernel {
    private let socket: Int32
    private var family: UInt16 = 16
    private var sequence: UInt32 = 0
    private var buffer = Bytes(repeating: 0, count: 1 << 17)

    init() throws(KernelError) {
        socket = Glibc.socket(AF_NETLINK, Int32(SOCK_RAW.rawValue), 16)
        guard socket >= 0 else { throw KernelError(operation: "open a netlink socket", number: errno) }
        var patience = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        // CTRL_CMD_GETFAMILY with CTRL_ATTR_FAMILY_NAME; the answer has the family's number in CTRL_ATTR_FAMILY_ID.
        let answer = try ask(3, version: 2, payload: Attribute(2, Bytes("IPVS\0".utf8)).encoded)
        guard let number = answer.first?.first(1)?.number else {
            throw KernelError(operation: "find IPVS", number: ENOENT)
        }
        family = UInt16(number)
    }

    deinit { close(socket) }

    /// The whole table.
    func table() throws(KernelError) -> KernelTable {
        var table = KernelTable()
        for message in try ask(.getService, dump: true) {
            guard let service = message.first(1) else { continue }
            var entry = KernelTable.Service(attributes: service.nested)
            let query = Attribute(1, entry.identity.flatMap(\.encoded)).encoded
            for message in try ask(.getServer, dump: true, payload: query) {
                if let server = message.first(2) { entry.servers.append(server.nested) }
            }
            table.services.append(entry)
        }
        table.timeouts = try ask(.getConfiguration).first ?? []
        table.daemons = try ask(.getDaemon, dump: true).compactMap { $0.first(3)?.nested }
        return table
    }

    /// Makes the table equal to one that was read before.
    func install(_ table: KernelTable) throws(KernelError) {
        try clear()
        // The kernel lists what was added last first.
        for service in table.services.reversed() {
            try ask(.newService, payload: Attribute(1, service.settings.flatMap(\.encoded)).encoded)
            let identity = Attribute(1, service.identity.flatMap(\.encoded)).encoded
            for server in service.serverSettings.reversed() {
                try ask(.newServer, payload: identity + Attribute(2, server.flatMap(\.encoded)).encoded)
            }
        }
        try ask(.setConfiguration, payload: table.timeouts.flatMap(\.encoded))
        for daemon in table.daemons {
            try ask(.newDaemon, payload: Attribute(3, daemon.flatMap(\.encoded)).encoded)
        }
    }

    /// Removes every service and stops the synchronisation daemons.
    func clear() throws(KernelError) {
        try ask(.flush)
        for daemon in try ask(.getDaemon, dump: true).compactMap({ $0.first(3)?.nested }) {
            // The kernel does not acknowledge that a daemon was stopped before its thread first ran, so nothing is
            // waited for. An error would still come, and be the next request's.
            let state = daemon.filter { $0.type == 1 }
            try ask(.deleteDaemon, acknowledged: false, payload: Attribute(3, state.flatMap(\.encoded)).encoded)
        }
    }

    private enum Command: UInt8 {
        case newService = 1
        case getService = 4
        case newServer = 5
        case getServer = 8
        case newDaemon = 9
        case deleteDaemon = 10
        case getDaemon = 11
        case setConfiguration = 12
        case getConfiguration = 13
        case flush = 17
    }

    @discardableResult
    private func ask(
        _ command: Command, dump: Bool = false, acknowledged: Bool = true, payload: Bytes = []
    ) throws(KernelError) -> [[Attribute]] {
        try ask(command.rawValue, version: 1, dump: dump, acknowledged: acknowledged, payload: payload)
    }

    /// Sends one request; the attributes of each message of the answer.
    private func ask(
        _ command: UInt8, version: UInt8, dump: Bool = false, acknowledged: Bool = true, payload: Bytes
    ) throws(KernelError) -> [[Attribute]] {
        sequence += 1
        // NLM_F_REQUEST with NLM_F_DUMP or NLM_F_ACK.
        let flags: UInt16 = dump ? 0x301 : acknowledged ? 0x5 : 0x1
        var request = bytes(UInt32(20 + payload.count)) + bytes(family) + bytes(flags)
        request += bytes(sequence) + bytes(UInt32(0)) + [command, version, 0, 0] + payload
        guard send(socket, request, request.count, 0) == request.count else {
            throw KernelError(operation: "send to the kernel", number: errno)
        }
        var answer: [[Attribute]] = []
        guard dump || acknowledged else { return answer }
        while true {
            let count = recv(socket, &buffer, buffer.count, 0)
            guard count > 0 else { throw KernelError(operation: "hear from the kernel", number: errno) }
            var rest = buffer[..<count]
            while rest.count >= 16 {
                let length = Int(value(rest.prefix(4)))
                let type = value(rest.dropFirst(4).prefix(2))
                let body = rest.dropFirst(16).prefix(length - 16)
                rest = rest.dropFirst((length + 3) & ~3)
                switch type {
                case 3: return answer
                case 2:
                    let number = Int32(bitPattern: value(body.prefix(4)))
                    guard number != 0 else { return answer }
                    throw KernelError(operation: "IPVS command \(command)", number: -number)
                default: answer.append(attributes(of: body.dropFirst(4)))
                }
            }
        }
    }
}

/// What could not be done with the kernel.
struct KernelError: Error {
    var operation: String
    var number: Int32

    var message: String { "cannot \(operation): \(String(cString: strerror(number)))" }
}

/// A netlink attribute.
struct Attribute: Equatable {
    var type: UInt16
    var payload: Bytes

    init(_ type: UInt16, _ payload: Bytes) {
        self.type = type
        self.payload = payload
    }

    /// The payload as a number in the machine's byte order.
    var number: UInt32 { value(payload.prefix(4)) }

    /// The payload as the attributes that it nests.
    var nested: [Attribute] { attributes(of: payload[...]) }

    /// With its header, padded.
    var encoded: Bytes {
        let padding = Bytes(repeating: 0, count: (4 - payload.count % 4) % 4)
        return bytes(UInt16(4 + payload.count)) + bytes(type) + payload + padding
    }
}

extension [Attribute] {
    func first(_ type: UInt16) -> Attribute? { first { $0.type == type } }
}

private func attributes(of body: ArraySlice<UInt8>) -> [Attribute] {
    var found: [Attribute] = []
    var rest = body
    while rest.count >= 4 {
        let length = Int(value(rest.prefix(2)))
        guard length >= 4, length <= rest.count else { break }
        // The two high bits say "nested" and "network byte order".
        let type = UInt16(value(rest.dropFirst(2).prefix(2))) & 0x3fff
        found.append(Attribute(type, Bytes(rest.dropFirst(4).prefix(length - 4))))
        rest = rest.dropFirst((length + 3) & ~3)
    }
    return found
}

private func bytes<Number: FixedWidthInteger>(_ number: Number) -> Bytes {
    withUnsafeBytes(of: number) { Bytes($0) }
}

/// At most four bytes as a number in the machine's byte order.
private func value<Some: Collection<UInt8>>(_ bytes: Some) -> UInt32 {
    var number: UInt32 = 0
    withUnsafeMutableBytes(of: &number) { $0.copyBytes(from: bytes) }
    return number
}
