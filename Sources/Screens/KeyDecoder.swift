/// Makes keys of what a terminal sends (ECMA-48's control sequences as xterm, VT220 and the Linux console use them,
/// and UTF-8), however the bytes are cut into reads.
package struct KeyDecoder: Sendable {
    private var state = State.ground

    private enum State: Hashable {
        case ground
        case escape
        /// After `ESC [`: the bytes before the final one, as far as they can have a meaning.
        case sequence([UInt8])
        /// After `ESC O`.
        case single
        /// After `ESC [ [`: a function key of the Linux console.
        case consoleFunction
        /// Within a character of several bytes.
        case character(UInt32, missing: Int)
    }

    /// Parameters longer than this mean nothing; they are passed over to their end.
    private static let longestParameters = 16

    package init() {}

    /// Whether something has begun whose meaning depends on what comes next, and be it nothing: the key Escape sends
    /// the byte that other keys begin with.
    package var isUndecided: Bool { state != .ground }

    /// - Returns: The keys that are complete.
    package mutating func take(_ bytes: some Sequence<UInt8>) -> [Key] {
        var keys: [Key] = []
        for byte in bytes { take(byte, &keys) }
        return keys
    }

    /// Nothing has come for a while.
    ///
    /// - Returns: The key Escape, if that is what was begun.
    package mutating func finish() -> [Key] {
        defer { state = .ground }
        switch state {
        case .ground: return []
        case .escape: return [.escape]
        default: return [.unknown]
        }
    }

    private mutating func take(_ byte: UInt8, _ keys: inout [Key]) {
        switch state {
        case .ground: begin(byte, &keys)
        case .escape:
            state = .ground
            switch byte {
            case UInt8(ascii: "["): state = .sequence([])
            case UInt8(ascii: "O"): state = .single
            default:
                // Escape, and then a key that came so soon after it that both are one read.
                keys.append(.escape)
                begin(byte, &keys)
            }
        case .single:
            state = .ground
            keys.append(Self.key(final: byte))
        case .consoleFunction:
            state = .ground
            keys.append(.unknown)
        case .sequence(var parameters):
            switch byte {
            case UInt8(ascii: "[") where parameters.isEmpty: state = .consoleFunction
            case 0x20...0x3f:
                if parameters.count <= Self.longestParameters { parameters.append(byte) }
                state = .sequence(parameters)
            case 0x40...0x7e:
                state = .ground
                keys.append(Self.key(parameters, final: byte))
            default:
                state = .ground
                keys.append(.unknown)
                begin(byte, &keys)
            }
        case .character(let value, let missing):
            state = .ground
            guard byte & 0xc0 == 0x80 else {
                keys.append(.unknown)
                begin(byte, &keys)
                return
            }
            let value = value << 6 | UInt32(byte & 0x3f)
            if missing > 1 {
                state = .character(value, missing: missing - 1)
            } else {
                keys.append(Unicode.Scalar(value).map { value < 0xa0 ? .unknown : .character($0) } ?? .unknown)
            }
        }
    }

    private mutating func begin(_ byte: UInt8, _ keys: inout [Key]) {
        switch byte {
        case 0x1b: state = .escape
        case 0x09: keys.append(.tab)
        case 0x0a, 0x0d: keys.append(.enter)
        case 0x08, 0x7f: keys.append(.backspace)
        case 0x01...0x1a: keys.append(.control(Unicode.Scalar(byte | 0x60)))
        case 0x20...0x7e: keys.append(.character(Unicode.Scalar(byte)))
        case 0xc2...0xdf: state = .character(UInt32(byte & 0x1f), missing: 1)
        case 0xe0...0xef: state = .character(UInt32(byte & 0x0f), missing: 2)
        case 0xf0...0xf4: state = .character(UInt32(byte & 0x07), missing: 3)
        default: keys.append(.unknown)
        }
    }

    private static func key(_ parameters: [UInt8], final byte: UInt8) -> Key {
        if parameters.count > longestParameters { return .unknown }
        switch byte {
        case UInt8(ascii: "~"): return key(numbered: parameters)
        // A mouse, and not the keypad's Enter.
        case UInt8(ascii: "M"): return .unknown
        default: return key(final: byte)
        }
    }

    private static func key(final byte: UInt8) -> Key {
        switch byte {
        case UInt8(ascii: "A"): .up
        case UInt8(ascii: "B"): .down
        case UInt8(ascii: "C"): .right
        case UInt8(ascii: "D"): .left
        case UInt8(ascii: "F"): .end
        case UInt8(ascii: "H"): .home
        case UInt8(ascii: "M"): .enter
        case UInt8(ascii: "Z"): .backTab
        default: .unknown
        }
    }

    /// `ESC [ 5 ~`, and `ESC [ 5 ; 2 ~` with Shift.
    private static func key(numbered parameters: [UInt8]) -> Key {
        switch String(decoding: parameters.prefix { $0 != UInt8(ascii: ";") }, as: UTF8.self) {
        case "1", "7": .home
        case "3": .delete
        case "4", "8": .end
        case "5": .pageUp
        case "6": .pageDown
        default: .unknown
        }
    }
}
