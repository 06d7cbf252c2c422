/// The family of an address.
public enum AddressFamily: UInt8, Hashable, Sendable, Comparable {
    case ipv4 = 4
    case ipv6 = 6

    public static func < (left: AddressFamily, right: AddressFamily) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// An IPv4 or IPv6 address. IPv4 sorts before IPv6.
public enum IPAddress: Hashable, Sendable {
    case v4(IPv4Address)
    case v6(IPv6Address)

    public var family: AddressFamily {
        switch self {
        case .v4: .ipv4
        case .v6: .ipv6
        }
    }

    /// Whether every bit is zero: 0.0.0.0 or `::`.
    public var isUnspecified: Bool {
        switch self {
        case .v4(let address): address.value == 0
        case .v6(let address): address.isUnspecified
        }
    }

    /// Appends the bare text form, without brackets.
    public func write(into text: inout [UInt8]) {
        switch self {
        case .v4(let address): address.write(into: &text)
        case .v6(let address): address.write(into: &text)
        }
    }
}

extension IPAddress: Comparable {
    public static func < (left: IPAddress, right: IPAddress) -> Bool {
        switch (left, right) {
        case (.v4(let a), .v4(let b)): a < b
        case (.v6(let a), .v6(let b)): a < b
        case (.v4, .v6): true
        case (.v6, .v4): false
        }
    }
}

extension IPAddress: CustomStringConvertible {
    public var description: String {
        var text: [UInt8] = []
        write(into: &text)
        return String(decoding: text, as: UTF8.self)
    }
}
