/// What the worker and its guardian tell each other; all but `noted` comes from the worker. Several go in one datagram.
enum GuardianMessage: Hashable, Sendable {
    /// An instance's will, in place of the one before; nil for none.
    case will(instance: String, Will?)
    /// The network namespace that the worker has entered, as a path.
    case namespace(String)
    /// Everything runs.
    case ready
    /// A new configuration is being taken up; `ready` follows.
    case reloading
    /// The worker was told to end, and does.
    case stopping
    /// The worker ends in good order, with that status: nothing is left to be done for it.
    case ended(Int32)
    /// The worker's loop turns.
    case alive
    /// The guardian has logged this, a line in JSON: the history is to have it too.
    case noted([UInt8])
}

extension GuardianMessage {
    private static let willNumber: UInt8 = 1
    private static let namespaceNumber: UInt8 = 2
    private static let readyNumber: UInt8 = 3
    private static let reloadingNumber: UInt8 = 4
    private static let stoppingNumber: UInt8 = 5
    private static let endedNumber: UInt8 = 6
    private static let aliveNumber: UInt8 = 7
    private static let noWillNumber: UInt8 = 8
    private static let notedNumber: UInt8 = 9

    /// A kind, the length of what follows in four octets, and that.
    func write(into bytes: inout [UInt8]) {
        let start = bytes.count
        bytes += [0, 0, 0, 0, 0]
        switch self {
        case .will(let instance, let will?):
            bytes[start] = Self.willNumber
            bytes.append(counted: instance.utf8)
            for packet in will.packets {
                bytes.append(number: UInt32(bitPattern: packet.interface))
                bytes.append(counted: packet.bytes)
            }
        case .will(let instance, nil):
            bytes[start] = Self.noWillNumber
            bytes.append(counted: instance.utf8)
        case .namespace(let path):
            bytes[start] = Self.namespaceNumber
            bytes += path.utf8
        case .ready: bytes[start] = Self.readyNumber
        case .reloading: bytes[start] = Self.reloadingNumber
        case .stopping: bytes[start] = Self.stoppingNumber
        case .ended(let status):
            bytes[start] = Self.endedNumber
            bytes.append(number: UInt32(bitPattern: status))
        case .alive: bytes[start] = Self.aliveNumber
        case .noted(let line):
            bytes[start] = Self.notedNumber
            bytes += line
        }
        let length = UInt32(truncatingIfNeeded: bytes.count - start - 5)
        for index in 0..<4 { bytes[start + 1 + index] = UInt8(truncatingIfNeeded: length >> (8 * UInt32(index))) }
    }

    /// The messages of a datagram.
    ///
    /// - Returns: Nil if it is not what `write(into:)` makes: then nothing in it can be trusted.
    static func read(_ bytes: ArraySlice<UInt8>) -> [GuardianMessage]? {
        var rest = bytes
        var messages: [GuardianMessage] = []
        while let kind = rest.popFirst() {
            guard var body = rest.takeCounted(), let message = read(kind, &body), body.isEmpty else { return nil }
            messages.append(message)
        }
        return messages
    }

    private static func read(_ kind: UInt8, _ body: inout ArraySlice<UInt8>) -> GuardianMessage? {
        switch kind {
        case willNumber, noWillNumber:
            guard let name = body.takeCounted() else { return nil }
            let instance = String(decoding: name, as: UTF8.self)
            guard kind == willNumber else { return .will(instance: instance, nil) }
            var will = Will(packets: [])
            while !body.isEmpty {
                guard let interface = body.takeNumber(), let packet = body.takeCounted() else { return nil }
                will.packets.append(.init(interface: Int32(bitPattern: interface), bytes: Array(packet)))
            }
            return .will(instance: instance, will)
        case namespaceNumber:
            defer { body = body.suffix(0) }
            return .namespace(String(decoding: body, as: UTF8.self))
        case readyNumber: return .ready
        case reloadingNumber: return .reloading
        case stoppingNumber: return .stopping
        case endedNumber: return body.takeNumber().map { .ended(Int32(bitPattern: $0)) }
        case aliveNumber: return .alive
        case notedNumber:
            defer { body = body.suffix(0) }
            return .noted(Array(body))
        default: return nil
        }
    }
}

extension [UInt8] {
    fileprivate mutating func append(number: UInt32) {
        for shift in [0, 8, 16, 24] as [UInt32] { append(UInt8(truncatingIfNeeded: number >> shift)) }
    }

    fileprivate mutating func append(counted bytes: some Collection<UInt8>) {
        append(number: UInt32(truncatingIfNeeded: bytes.count))
        append(contentsOf: bytes)
    }
}

extension ArraySlice<UInt8> {
    fileprivate mutating func takeNumber() -> UInt32? {
        guard count >= 4 else { return nil }
        let number = prefix(4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
        removeFirst(4)
        return number
    }

    fileprivate mutating func takeCounted() -> ArraySlice<UInt8>? {
        guard let length = takeNumber(), length <= count else { return nil }
        defer { removeFirst(Int(length)) }
        return prefix(Int(length))
    }
}
