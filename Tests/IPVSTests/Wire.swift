/// Generic-netlink messages as bytes, read by rules of their own: stricter than the program's reader, which skips what it
/// does not know.
struct Wire {
    var bytes: [UInt8]

    /// The bytes of a fixture: hexadecimal, with remarks after `;`.
    init(_ fixture: String) {
        let digits = fixture.split(separator: "\n").flatMap { line in
            line.prefix { $0 != ";" }.compactMap(\.hexDigitValue)
        }
        bytes = stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// `IPVS_CMD_*`.
    var command: UInt8 { bytes[0] }

    /// The attributes behind the generic-netlink header.
    var attributes: [UInt8] { Array(bytes.dropFirst(4)) }

    struct Fault: Error {
        var text: String
    }

    /// Each attribute's path, such as `SERVICE.PORT`, and its payload in hexadecimal.
    func fields() throws -> [String: String] {
        var fields: [String: String] = [:]
        try Self.read(bytes[4...], Names.top, "", &fields)
        return fields
    }

    private static func read(
        _ bytes: ArraySlice<UInt8>, _ names: [UInt16: Names.Attribute], _ path: String, _ fields: inout [String: String]
    ) throws {
        var rest = bytes
        while !rest.isEmpty {
            guard rest.count >= 4 else { throw Fault(text: "\(path): \(rest.count) bytes left over") }
            let start = rest.startIndex
            let length = Int(rest[start]) | Int(rest[start + 1]) << 8
            let type = UInt16(rest[start + 2]) | UInt16(rest[start + 3]) << 8
            guard length >= 4, length <= rest.count else { throw Fault(text: "\(path): length \(length)") }
            guard let attribute = names[type & 0x3fff] else { throw Fault(text: "\(path): type \(type)") }
            let payload = rest[(start + 4)..<(start + length)]
            let name = path + attribute.name
            switch attribute {
            case .value:
                guard fields[name] == nil else { throw Fault(text: "\(name) twice") }
                fields[name] = payload.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            case .nest(_, let inner):
                try read(payload, inner, name + ".", &fields)
            }
            let end = min((length + 3) & ~3, rest.count)
            guard rest[(start + length)..<(start + end)].allSatisfy({ $0 == 0 }) else {
                throw Fault(text: "\(name): filled up with other than zeros")
            }
            rest = rest.dropFirst(end)
        }
    }

    /// The numbers of linux/ip_vs.h, written out once more.
    private enum Names {
        enum Attribute {
            case value(String)
            case nest(String, [UInt16: Attribute])

            var name: String {
                switch self {
                case .value(let name), .nest(let name, _): name
                }
            }
        }

        static let top: [UInt16: Attribute] = [
            1: .nest("SERVICE", service), 2: .nest("DEST", server), 3: .nest("DAEMON", daemon),
            4: .value("TIMEOUT_TCP"), 5: .value("TIMEOUT_TCP_FIN"), 6: .value("TIMEOUT_UDP"),
        ]
        static let service: [UInt16: Attribute] = [
            1: .value("AF"), 2: .value("PROTOCOL"), 3: .value("ADDR"), 4: .value("PORT"), 5: .value("FWMARK"),
            6: .value("SCHED_NAME"), 7: .value("FLAGS"), 8: .value("TIMEOUT"), 9: .value("NETMASK"),
            11: .value("PE_NAME"),
        ]
        static let server: [UInt16: Attribute] = [
            1: .value("ADDR"), 2: .value("PORT"), 3: .value("FWD_METHOD"), 4: .value("WEIGHT"), 5: .value("U_THRESH"),
            6: .value("L_THRESH"), 11: .value("ADDR_FAMILY"), 13: .value("TUN_TYPE"), 14: .value("TUN_PORT"),
            15: .value("TUN_FLAGS"),
        ]
        static let daemon: [UInt16: Attribute] = [
            1: .value("STATE"), 2: .value("MCAST_IFN"), 3: .value("SYNC_ID"), 4: .value("SYNC_MAXLEN"),
            5: .value("MCAST_GROUP"), 6: .value("MCAST_GROUP6"), 7: .value("MCAST_PORT"), 8: .value("MCAST_TTL"),
        ]
    }
}
